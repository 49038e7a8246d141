import { linearRegression, median, quantileSorted, sampleWithReplacement } from 'simple-statistics'
import type { Interval } from '../reports/index.ts'
import type { Random } from './random.ts'

/** Nanoseconds per call: the samples of each process, one process a round. */
export type Samples = readonly (readonly number[])[]

/** How often an interval draws anew. */
const replicates = 1000

/** What an interval holds, of all that was drawn. */
const confidence = 0.95

/** A value, the interval it lies in, and the draws that the interval was read from, in order. */
export type Drawn = Interval & { readonly draws: readonly number[] }

function drawn(value: number, draw: () => number): Drawn {
  const draws = Array.from({ length: replicates }, draw).sort((a, b) => a - b)
  const { low, high } = rangeOf(draws)
  // Few processes may leave the value itself beside what was drawn.
  return { value, low: Math.min(low, value), high: Math.max(high, value), draws }
}

/** What 95 % of sorted numbers lie in, the rest being left out evenly at both ends. */
export function rangeOf(sorted: readonly number[]): {
  readonly low: number
  readonly high: number
} {
  const rest = (1 - confidence) / 2
  const numbers = [...sorted]
  return { low: quantileSorted(numbers, rest), high: quantileSorted(numbers, 1 - rest) }
}

const again = <T>(items: readonly T[], random: Random): T[] =>
  sampleWithReplacement([...items], items.length, () => random.real())

/**
 * The median time over all samples, in ns, with a 95 % bootstrap interval: processes are drawn
 * anew, and in each its samples.
 *
 * @throws {RangeError} without samples
 */
export function medianTime(samples: Samples, random: Random): Drawn {
  if (samples.flat().length === 0) throw new RangeError('found no samples, wanted one or more')
  return drawn(median(samples.flat()), () =>
    median(again(samples, random).flatMap((process) => again(process, random))),
  )
}

/**
 * How much longer the one takes than the other, with a 95 % bootstrap interval.
 *
 * Round by round the medians are divided, so that what slows down the whole machine for a while
 * cancels out; the value is the median of these ratios. Rounds are drawn anew, and in each the
 * samples of both.
 *
 * @throws {RangeError} for different numbers of rounds, or none
 */
export function ratioOf(samples: Samples, others: Samples, random: Random): Drawn {
  const rounds = samples.map((process, round) => [process, others[round] ?? []] as const)
  if (samples.length !== others.length || rounds.length === 0 || samples.flat().length === 0) {
    const found = `${samples.length} and ${others.length}`
    throw new RangeError(`found ${found} rounds, wanted as many of the one as of the other`)
  }
  const ratio = (take: (process: readonly number[]) => number[], list: typeof rounds): number =>
    median(list.map(([process, other]) => median(take(process)) / median(take(other))))
  return drawn(
    ratio((process) => [...process], rounds),
    () => ratio((process) => again(process, random), again(rounds, random)),
  )
}

/**
 * The exponent of growth: 1 where twice as much takes twice as long, 2 where it takes four times.
 * Fitted to the logarithms of sizes and times.
 */
export function growthOf(points: readonly (readonly [size: number, ns: number])[]): number {
  return linearRegression(points.map(([size, ns]) => [Math.log(size), Math.log(ns)])).m
}
