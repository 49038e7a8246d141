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
  /** Nanoseconds per call over so many samples. */
  readonly ns: Interval & { readonly samples: number }
  /** Time here divided by the time of the baseline; null where the baseline has none. */
  readonly ratio: Interval | null
  /** The exponent of growth; null where not every size was timed. */
  readonly growth: number | null
}

export type Summary = {
  /** Geometric means of the ratio of the reference: dumps without hooks, with them, and loads. */
  readonly dump: number | null
  readonly hooks: number | null
  readonly load: number | null
}

/** The reference held against the pickler in Python of the baseline's subject. */
export type AgainstPure = {
  readonly pure: Arm
  /** Time of the reference divided by that of the pickler in Python. */
  readonly ratios: readonly { readonly question: Question; readonly ratio: Interval }[]
}

export type Results = {
  readonly baseline: Arm
  readonly results: readonly Result[]
  /** The ratio of the baseline to itself, over all workloads. */
  readonly noise: { readonly low: number; readonly high: number }
  readonly summary: Summary
  /** null where not both were timed. */
  readonly againstPure: AgainstPure | null
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
  const isLoad = ({ question }: Result): boolean => question.operation === 'load'
  const isHooks = ({ question }: Result): boolean => question.workload.group === 'hooks'
  return {
    dump: meanRatio(reference, (result) => !isLoad(result) && !isHooks(result)),
    hooks: meanRatio(reference, (result) => !isLoad(result) && isHooks(result)),
    load: meanRatio(reference, isLoad),
  }
}

function againstPure(timed: readonly Timed[], baseline: Arm, random: Random): AgainstPure | null {
  const isPure = ({ arm }: Timed): boolean =>
    arm.subject === baseline.subject && arm.engine === 'py' && arm !== baseline
  const pure = new Map(timed.filter(isPure).map((one) => [one.question, one]))
  const ratios = timed.flatMap(({ arm, question, samples }) => {
    const other = arm.subject.id === 'reference' ? pure.get(question) : undefined
    if (other === undefined) return []
    return [{ question, ratio: interval(ratioOf(samples, other.samples, random)) }]
  })
  const [first] = pure.values()
  return first === undefined || ratios.length === 0 ? null : { pure: first.arm, ratios }
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
    againstPure: againstPure(timed, baseline, random),
  }
}
