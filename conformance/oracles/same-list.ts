import type { Verdict } from '../../reports/index.ts'
import { firstDifference } from './compare-pickles.ts'

/** Passes when two lists of texts, such as the labels of a memo, are equal; `what` names them. */
export function sameList(
  expected: readonly string[],
  seen: readonly string[],
  what: string,
  step: number,
): Verdict {
  const at = firstDifference(expected, seen)
  if (at === undefined) return { kind: 'passed' }
  const wanted = expected[at] ?? 'no more'
  const found = seen[at] ?? 'no more'
  return {
    kind: 'failed',
    because: `the ${what} part at ${at}: found ${found}, wanted ${wanted}`,
    difference: {
      kind: 'outcome',
      step,
      at: what,
      expected: `${wanted} at ${at}`,
      seen: `${found} at ${at}`,
    },
  }
}
