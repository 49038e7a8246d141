import { type BenchRecord, type BenchRow, benchVersion, type Machine } from '../reports/index.ts'
import { type Loss, nameOf } from './arms.ts'
import type { Result, Results } from './results.ts'

/** A loss as one sentence. */
export function describeLoss({ subject, engine, workload, because }: Loss): string {
  const who = engine === null ? subject : `${subject} ${engine}`
  return workload === null ? `${who}: ${because}` : `${who}, ${workload}: ${because}`
}

function rowOf({ arm, question, bytes, ns, ratio, growth }: Result): BenchRow {
  return {
    subject: arm.subject.id,
    engine: arm.engine,
    workload: question.workload.name,
    operation: question.operation,
    protocol: question.protocol,
    nsPerCall: { samples: ns.samples, median: ns.value, low: ns.low, high: ns.high },
    ratioToBaseline: ratio,
    bytes,
    ...(growth === null ? {} : { growthExponent: growth }),
  }
}

/** The record of a run; what was not timed stands in its notes. */
export function recordOf(
  { baseline, results, noise }: Results,
  run: {
    readonly picklespec: string
    readonly started: string
    readonly machine: Machine
    readonly rounds: number
    readonly losses: readonly Loss[]
  },
): BenchRecord {
  return {
    bench: benchVersion,
    picklespec: run.picklespec,
    started: run.started,
    machine: run.machine,
    baseline: { subject: baseline.subject.id, engine: baseline.engine },
    rows: results.map(rowOf),
    noise: { aaRatioLow: noise.low, aaRatioHigh: noise.high },
    notes: [
      `${run.rounds} rounds of fresh processes; ${nameOf(baseline)} was timed twice in each.`,
      ...run.losses.map((loss) => `Not timed: ${describeLoss(loss)}.`),
    ],
  }
}
