import { type Loss, nameOf } from '../arms.ts'
import type { Change } from '../compare.ts'
import type { Here } from '../measure.ts'
import type { Question } from '../questions.ts'
import type { Results } from '../results.ts'
import { megabytesPerSecond } from '../table.ts'

const named = ({ workload, operation }: Question) => ({ workload: workload.name, operation })

/** What `--json` prints; times are in ns per call. */
export function asJson(told: {
  readonly results: Results
  readonly here: ReadonlyMap<Question, Here>
  readonly ratioHere: number | null
  readonly losses: readonly Loss[]
  readonly changes: readonly Change[]
  readonly beyond: readonly Change[]
  readonly written: readonly string[]
}): object {
  const { baseline, results, noise, summary, againstPure } = told.results
  return {
    summary,
    against: nameOf(baseline),
    noise,
    againstPure: againstPure && {
      pure: nameOf(againstPure.pure),
      ratios: againstPure.ratios.map(({ question, ratio }) => ({ ...named(question), ratio })),
    },
    results: results.map((result) => {
      const { arm, question, bytes, ns, ratio, growth } = result
      const who = { subject: arm.subject.id, engine: arm.engine }
      const what = { ...named(question), protocol: question.protocol, bytes }
      return { ...who, ...what, ns, megabytesPerSecond: megabytesPerSecond(result), ratio, growth }
    }),
    inThisProcess: {
      ratio: told.ratioHere,
      workloads: [...told.here].map(([question, { ns, calls }]) => {
        return { ...named(question), ns, calls }
      }),
    },
    losses: told.losses,
    changes: told.changes.map(({ row: { subject, engine, workload, operation }, change, by }) => {
      return { subject, engine, workload, operation, change, by }
    }),
    beyondGate: told.beyond.map(({ row: { subject, engine, workload, operation } }) => {
      return { subject, engine, workload, operation }
    }),
    written: told.written,
  }
}
