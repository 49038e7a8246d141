import type { Isolation } from '../../reports/index.ts'

/**
 * Asks the questions in this order in a fresh process, and gives how the last of them failed then:
 * its signature, empty when it passed.
 */
export type AskAfresh<Q> = (questions: readonly Q[]) => Promise<string>

/**
 * What asking a failing question again says of the failure: first alone; where it passes then, after
 * all that was asked before it; and where it fails again there, after ever fewer of those, until one
 * is left that makes it fail.
 *
 * @param before what was asked before it in the same process, in order
 * @param signature how it failed
 * @param isSearched whether to look for the one that makes it fail, which takes many processes
 */
export async function isolate<Q>(
  question: Q,
  before: readonly Q[],
  signature: string,
  ask: AskAfresh<Q>,
  {
    isSearched,
    nameOf,
  }: { readonly isSearched: boolean; readonly nameOf: (question: Q) => string },
): Promise<Isolation> {
  const alone = await ask([question])
  if (alone === signature) return { kind: 'alike' }
  if (alone !== '') return { kind: 'otherwise', signature: alone }
  const failsAfter = async (others: readonly Q[]): Promise<boolean> =>
    (await ask([...others, question])) !== ''
  if (!(await failsAfter(before))) return { kind: 'not-again' }
  if (!isSearched) return { kind: 'in-company' }
  // It fails after all from `fails` on, and passes after all from `passes` on.
  let fails = 0
  let passes = before.length
  while (passes - fails > 1) {
    const middle = Math.floor((fails + passes) / 2)
    if (await failsAfter(before.slice(middle))) fails = middle
    else passes = middle
  }
  const one = before.slice(fails, fails + 1)
  const [guilty] = one
  return guilty !== undefined && (await failsAfter(one))
    ? { kind: 'after', case: nameOf(guilty) }
    : { kind: 'in-company' }
}
