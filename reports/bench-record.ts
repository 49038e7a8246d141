/**
 * The bench record, version 1: what one run of the benchmarks measured, as one JSON document.
 *
 * `parse-bench-record.ts` reads it. The accepted baseline of a machine has the same form.
 */

import type { Machine } from './record.ts'

/** The version of the format, the value of the field `bench`. */
export const benchVersion = 1 as const

export const benchOperations = ['dump', 'load'] as const

export type BenchOperation = (typeof benchOperations)[number]

/** A point with the interval it is known to lie in: `low <= value <= high`. */
export type Interval = {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** One engine of one subject; the engine is null where a subject has no engines of its own. */
export type BenchEngine = { readonly subject: string; readonly engine: string | null }

export type BenchRow = BenchEngine & {
  readonly workload: string
  readonly operation: BenchOperation
  readonly protocol: number
  /** Nanoseconds per call over `samples` samples: the median, and the interval it lies in. */
  readonly nsPerCall: {
    readonly samples: number
    readonly median: number
    readonly low: number
    readonly high: number
  }
  /**
   * Time here divided by the time of the baseline's engine for the same workload, operation and
   * protocol, so 2 is twice as slow; null where the baseline has no such row.
   */
  readonly ratioToBaseline: Interval | null
  /** The length of the pickle. */
  readonly bytes?: number
  /** How the time grows with the size: 1 where twice as much takes twice as long. */
  readonly growthExponent?: number
}

export type BenchRecord = {
  readonly bench: typeof benchVersion
  /** The version of picklespec. */
  readonly picklespec: string
  /** When the run began, ISO 8601 in UTC. */
  readonly started: string
  readonly machine: Machine
  /** Whose times the ratios are to; it has rows of its own, with a ratio of 1. */
  readonly baseline: BenchEngine
  readonly rows: readonly BenchRow[]
  /** The ratio of an engine to itself, measured in the same run: what is within it says nothing. */
  readonly noise: { readonly aaRatioLow: number; readonly aaRatioHigh: number }
  /** For people: what was left out, what was unusual. */
  readonly notes: readonly string[]
}

/** The document as it stands in the file, newline included. */
export function formatBenchRecord(record: BenchRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`
}
