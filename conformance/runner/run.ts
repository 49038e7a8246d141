import type { RecordSubject, StaleEntry } from '../../reports/index.ts'
import type { Death } from './conversation.ts'
import { citedClauses, plan } from './plan.ts'
import type { Run, RunSubject } from './run-settings.ts'
import { type Started, startSubject } from './seat.ts'
import type { SubjectCommand } from './subject.ts'
import { SubjectRun, verdictOfDeath } from './subject-run.ts'

export type RunEnd = {
  readonly stale: readonly StaleEntry[]
  /** False when the run was interrupted. */
  readonly isComplete: boolean
}

/** Works through a list, so many at once. */
async function eachAtOnce<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items]
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
}

function recordSubject(subject: SubjectCommand, met: Started | Death): RecordSubject {
  const { id } = subject
  if (!('hello' in met)) return { id, refused: verdictOfDeath(met) }
  const { protocol: _, ...profile } = met.hello
  return { id, profile }
}

/**
 * Asks every subject the chosen cases and judges each answer twice, telling each verdict as it is
 * known. Rejects only for a mistake of ours; whatever subjects do is in the lines.
 */
export async function run(run: Run): Promise<RunEnd> {
  const planned = plan(run.suite, run.choice, run.protocols)
  const met = new Map<RunSubject, Started | Death>()
  await eachAtOnce(run.subjects, run.atOnce, async (one) => {
    met.set(one, await startSubject(one.subject, run.signal))
  })
  run.onStart({
    suite: run.suite.hash,
    clauses: citedClauses(planned),
    subjects: run.subjects.flatMap((one) => {
      const started = met.get(one)
      return started === undefined ? [] : [recordSubject(one.subject, started)]
    }),
  })
  const isWhole = run.protocols.length === 0 && run.suite.cases.every((one) => run.choice(one.case))
  const stale: StaleEntry[] = []
  await eachAtOnce([...met], run.atOnce, async ([one, started]) => {
    const isHeard = 'hello' in started
    const subjectRun = new SubjectRun(run, planned, one, isHeard ? started.hello : undefined)
    if (run.signal.aborted) {
      if (isHeard) await started.seat.conversation.abandon()
      return
    }
    if (!isHeard) {
      subjectRun.refuse(started)
      return
    }
    await subjectRun.ask(started, started.hello)
    if (!run.signal.aborted) stale.push(...subjectRun.stale(isWhole))
  })
  return { stale, isComplete: !run.signal.aborted }
}
