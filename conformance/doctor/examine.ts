import type { Hello } from '../protocol/message.ts'
import type { SubjectCommand } from '../runner/subject.ts'
import { Examiner, isBroken, type Outcome } from './examiner.ts'
import type { Finding } from './finding.ts'
import { checkPromises, hear } from './hello.ts'
import { lastRungs } from './last-rungs.ts'
import type { MistakeName } from './mistakes.ts'
import { rungsOfWays } from './rungs.ts'
import { type Way, waysOf } from './ways.ts'

/** What the ladder found, rung by rung; where it breaks early, the rungs above are not there. */
export type Examination = {
  readonly hello: Hello | undefined
  readonly findings: readonly Finding[]
}

function finding(rung: string, outcome: Outcome, way?: Way): Finding {
  const what = way === undefined ? { rung } : { rung, request: way.request }
  return isBroken(outcome) ? { ...what, status: 'broken', ...outcome } : { ...what, ...outcome }
}

/**
 * Climbs the ladder of what an adapter has to get right, from saying hello to ending when told. A
 * rung that breaks ends the ladder where those above would mean nothing. The manner is looked at, and
 * not whether pickles are right: that is the suite's.
 *
 * @param patienceMs how long a line may take, once it has said hello
 */
export async function examine(
  subject: SubjectCommand,
  options: { readonly patienceMs: number; readonly onFinding?: (finding: Finding) => void },
): Promise<Examination> {
  const findings: Finding[] = []
  const tell = (one: Finding): void => {
    findings.push(one)
    options.onFinding?.(one)
  }
  const examiner = new Examiner(subject, options.patienceMs)
  try {
    const { hello, outcome } = await hear(examiner)
    tell(finding('says hello', outcome))
    if (hello === undefined) return { hello, findings }
    const promises = checkPromises(hello)
    tell(finding('says what can be asked of it', promises))
    if (isBroken(promises)) return { hello, findings }
    let ways = waysOf(hello)
    const isMade = (mistake: MistakeName): boolean =>
      findings.some((one) => one.status === 'broken' && one.mistake === mistake)
    for (const { rung, bears, unless, climb } of rungsOfWays) {
      for (const way of ways) {
        if (unless !== undefined && isMade(unless)) continue
        const outcome = await climb(examiner, way, hello)
        tell(finding(rung, outcome, way))
        if (isBroken(outcome) && bears) ways = ways.filter((one) => one !== way)
      }
    }
    for (const { rung, climb } of lastRungs) tell(finding(rung, await climb(examiner)))
    return { hello, findings }
  } finally {
    await examiner.end()
  }
}
