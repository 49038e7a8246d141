import { geometricMean } from 'simple-statistics'
import type { Interval } from '../reports/index.ts'
import { type Arm, nameOf } from './arms.ts'
import type { Timed } from './ask-subjects.ts'
import type { Question } from './questions.ts'
import type { Random } from './random.ts'
import { growthOf, medianTime, rangeOf, ratioOf } from './statistics.ts'

/** One workload of one arm, as it is told. */
export type Result = {
  readonly arm: Arm
  readonly question: Question
  readonly bytes: number
  /** Nanoseconds per dump over so many samples. */
  readonly ns: Interval & { readonly samples: number }
  /** Time here divided by the time of the baseline; null where the baseline has none. */
  readonly ratio: Interval | null
  /** The exponent of growth; null where not every size was timed. */
  readonly growth: number | null
}

export type Summary = {
  /** Geometric means of the ratio of the reference, over workloads without hooks, and with them. */
  readonly dump: number | null
  readonly hooks: number | null
}

export type Results = {
  readonly baseline: Arm
  readonly results: readonly Result[]
  /** The ratio of the baseline to itself, over all workloads. */
  readonly noise: { readonly low: number; readonly high: number }
  readonly summary: Summary
}

const interval = ({ value, low, high }: Interval): Interval => ({ value, low, high })

function resultOf(timed: Timed, baseline: Timed | undefined, random: Random): Result {
  const { arm, question, bytes, samples, growth } = timed
  const isBaseline = timed === baseline
  const ratio =
    baseline === undefined || isBaseline ? null : ratioOf(samples, baseline.samples, random)
  return {
    arm,
    question,
    bytes,
    ns: { ...interval(medianTime(samples, random)), samples: samples.flat().length },
    ratio: isBaseline ? { value: 1, low: 1, high: 1 } : ratio && interval(ratio),
    growth: growth.length === question.sizes.length ? growthOf(growth) : null,
  }
}

function meanRatio(results: readonly Result[], isWanted: (result: Result) => boolean) {
  const ratios = results.filter(isWanted).flatMap(({ ratio }) => (ratio ? [ratio.value] : []))
  return ratios.length === 0 ? null : geometricMean(ratios)
}

function summaryOf(results: readonly Result[]): Summary {
  const reference = results.filter(({ arm }) => arm.subject.id === 'reference')
  const isHooks = ({ question }: Result): boolean => question.workload.group === 'hooks'
  return {
    dump: meanRatio(reference, (result) => !isHooks(result)),
    hooks: meanRatio(reference, isHooks),
  }
}

/**
 * Makes times into medians, ratios and a summary. Workload by workload, the arms in their order.
 *
 * @throws {RangeError} when the baseline was timed on nothing, or its twin was not
 */
export function resultsOf(timed: readonly Timed[], baseline: Arm, random: Random): Results {
  const baselines = new Map(
    timed.flatMap((one) => (one.arm === baseline ? [[one.question, one] as const] : [])),
  )
  const twins = timed.filter(({ arm }) => arm.isTwin)
  const draws = twins.flatMap(({ question, samples }) => {
    const first = baselines.get(question)
    return first === undefined ? [] : ratioOf(samples, first.samples, random).draws
  })
  if (draws.length === 0)
    throw new RangeError(`${nameOf(baseline)} was not timed twice on anything`)
  const results = timed
    .filter(({ arm }) => !arm.isTwin)
    .map((one) => resultOf(one, baselines.get(one.question), random))
  return {
    baseline,
    results,
    noise: rangeOf(draws.sort((a, b) => a - b)),
    summary: summaryOf(results),
  }
}
