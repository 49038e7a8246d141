import type { BenchEngine, BenchRecord, BenchRow, Interval } from '../reports/index.ts'

/** How a row changed: time now divided by time then, so 1.05 is 5 % slower. */
export type Change = {
  readonly row: BenchRow
  readonly change: Interval
  /** What was divided: ratios to the same engine in both runs, or times on the same machine. */
  readonly by: 'ratio' | 'time'
}

const sameEngine = (a: BenchEngine, b: BenchEngine): boolean =>
  a.subject === b.subject && a.engine === b.engine

const sameRow = (a: BenchRow, b: BenchRow): boolean =>
  sameEngine(a, b) &&
  a.workload === b.workload &&
  a.operation === b.operation &&
  a.protocol === b.protocol

function sameMachine(now: BenchRecord, then: BenchRecord): boolean {
  const [a, b] = [now.machine, then.machine]
  return a.cpu === b.cpu && a.cores === b.cores && a.os === b.os && a.node === b.node
}

/**
 * The quotient of two values that are known independently of each other, with its interval: the
 * distances of both to their bounds, as logarithms, add up like the sides of a right triangle.
 */
export function quotient(now: Interval, then: Interval): Interval {
  const down = Math.hypot(Math.log(now.value / now.low), Math.log(then.high / then.value))
  const up = Math.hypot(Math.log(now.high / now.value), Math.log(then.value / then.low))
  const value = now.value / then.value
  return { value, low: value * Math.exp(-down), high: value * Math.exp(up) }
}

const timeOf = ({ nsPerCall: { median, low, high } }: BenchRow): Interval => ({
  value: median,
  low,
  high,
})

/**
 * What changed since a record was made, row by row, for the rows that both have.
 *
 * Where both runs have the same baseline engine its times cancel out, and with them much of what
 * differs between the runs. Else times are divided, if the machine is the same. The baseline engine
 * has no ratio but to itself, and is left out.
 */
export function changesSince(then: BenchRecord, now: BenchRecord): readonly Change[] {
  const isByRatio = sameEngine(then.baseline, now.baseline)
  if (!isByRatio && !sameMachine(now, then)) return []
  return now.rows.flatMap((row): Change[] => {
    const before = then.rows.find((one) => sameRow(one, row))
    if (before === undefined) return []
    if (!isByRatio) {
      return [{ row, change: quotient(timeOf(row), timeOf(before)), by: 'time' }]
    }
    const [ratioNow, ratioThen] = [row.ratioToBaseline, before.ratioToBaseline]
    if (ratioNow === null || ratioThen === null || sameEngine(row, now.baseline)) return []
    return [{ row, change: quotient(ratioNow, ratioThen), by: 'ratio' }]
  })
}

/**
 * Reads how much slower is still accepted, such as `5%`, as a fraction; undefined when it is not a
 * percentage.
 */
export function parseGate(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?) ?%$/.exec(text.trim())
  return found === null ? undefined : Number(found[1]) / 100
}

/** The changes that are slower than the gate for sure: by the lower bound, never by the point. */
export function beyondGate(changes: readonly Change[], gate: number): readonly Change[] {
  return changes.filter(({ change }) => change.low > 1 + gate)
}
