import type { Action, Observation, Question } from '../conformance/index.ts'
import {
  EndlessError,
  type Outcome,
  protocolsOf,
  type SeenResult,
  UnbuildableError,
} from '../conformance/index.ts'
import { howItFell } from './fall.ts'
import { isTooDeep, type Parting, type Predict, partingOf } from './judge.ts'

/** An engine at a protocol, and how it parts from the reference there. */
export type Sighting = Parting & {
  readonly engine: string
  readonly follows: string
  /** null for a scenario with a protocol of its own. */
  readonly protocol: number | null
  /** Undefined where the engine gave no answer. */
  readonly seen: SeenResult | undefined
}

/** What holding the outcome of one question against the reference came to. */
export type Examined = {
  /** The profile of each answer that was held against the reference. */
  readonly checked: readonly string[]
  readonly sightings: readonly Sighting[]
  /** Neither side can build the scenario in this release, or the reference makes no such object. */
  readonly isUnbuildable: boolean
  /** It recurses until a limit, and what it does on the way took the engine too long or too much. */
  readonly isTooDeep: boolean
}

const nothing: Examined = { checked: [], sightings: [], isUnbuildable: false, isTooDeep: false }

/** The profile that an engine of the subject follows. */
export type Follows = (engine: string) => string

/** Holds what became of a question against the reference, engine by engine and protocol by protocol. */
export function examine(
  question: Question,
  outcome: Outcome<readonly SeenResult[]>,
  follows: Follows,
  predict: Predict,
): Examined {
  if (outcome.kind === 'answered')
    return examineResults(question, outcome.results, follows, predict)
  // The machine was slow.
  if (outcome.kind === 'timed-out' && outcome.alone !== undefined)
    return examineResults(question, outcome.alone, follows, predict)
  const [engine = ''] = question.engines
  const [protocol = null] = protocolsOf(question.scenario, question.protocols)
  const profile = follows(engine)
  const sighting = (
    because: string,
    signature: string,
    expected: Parting['expected'],
  ): Examined => ({
    ...nothing,
    sightings: [
      {
        engine,
        follows: profile,
        protocol,
        seen: undefined,
        because,
        step: 0,
        signature,
        expected,
      },
    ],
  })
  if (outcome.kind !== 'harness-error') {
    if (outcome.kind !== 'babbled' && goesTooDeep(question, follows, predict))
      return { ...nothing, isTooDeep: true }
    const company = outcome.inCompanyOnly ? ', in company only' : ''
    const because = `it ${outcome.kind}${company}${howItFell(outcome)}`
    return sighting(because, `${outcome.kind}${company}`, [])
  }
  const predicted = predicting(() =>
    predict(question.scenario, profile, protocol, question.observe, []),
  )
  if (predicted.failed === 'unbuildable') return { ...nothing, isUnbuildable: true }
  const signature = `not carried out: ${outcome.message.replace(/\d+/g, 'n').slice(0, 120)}`
  return sighting(`it was not carried out: ${outcome.message}`, signature, predicted.steps ?? [])
}

function examineResults(
  question: Question,
  results: readonly SeenResult[],
  follows: Follows,
  predict: Predict,
): Examined {
  const sightings: Sighting[] = []
  const checked: string[] = []
  let isUnbuildable = false
  let isDeep = false
  for (const seen of results) {
    const { engine, protocol, orders = [] } = seen
    const profile = follows(engine)
    const where = { engine, follows: profile, protocol, seen }
    const predicted = predicting(() =>
      predict(question.scenario, profile, protocol, question.observe, orders),
    )
    if (predicted.failed === 'unbuildable' && question.scenario.steps.some(isLoad)) {
      isUnbuildable = true
      continue
    }
    checked.push(profile)
    if (predicted.steps === undefined) {
      const { because = '' } = predicted
      const signature = `no prediction: ${because.replace(/\d+/g, 'n').slice(0, 120)}`
      sightings.push({
        ...where,
        because: `the reference gave no answer: ${because}`,
        signature,
        step: 0,
        expected: [],
      })
      continue
    }
    const parting = partingOf(predicted.steps, seen)
    if (parting === undefined) continue
    const shallower = (): readonly Observation[] =>
      predict(question.scenario, profile, protocol, question.observe, orders, lowerLimit)
    if (endsByDepth(parting, seen, shallower)) isDeep = true
    else sightings.push({ ...where, ...parting })
  }
  return { ...nothing, checked, sightings, isUnbuildable, isTooDeep: isDeep }
}

/** Less than any prediction is given, and more than a graph that is drawn is deep. */
const lowerLimit = 200

/**
 * Whether both were refused alike, and what the reference did until then depends on how deep it may go:
 * on the way back from a depth where it ends, C's guard of the fast mode says KeyError (FAST-07).
 *
 * @clause LIMIT-01 FAST-07
 */
function endsByDepth(
  { expected, step }: Parting,
  { steps }: SeenResult,
  shallower: () => readonly Observation[],
): boolean {
  const refused = expected[step]?.refused
  if (refused === undefined || refused.class !== steps[step]?.refused?.class) return false
  const other = partingOf(expected, { steps: shallower() })
  return other !== undefined && other.step <= step
}

/** What a load calls is not always known to the reference, which then makes no guess. */
const isLoad = (action: Action): boolean => 'load' in action

/**
 * Whether the reference, asked the same, recurses until its limit at some protocol, or goes on without
 * one. How long that may take an engine, and how much memory and stack, depends on a limit of its own.
 *
 * @clause LIMIT-03
 */
function goesTooDeep(
  { engines, observe, protocols, scenario }: Question,
  follows: Follows,
  predict: Predict,
): boolean {
  return engines.some((engine) =>
    protocolsOf(scenario, protocols).some((protocol) => {
      const { failed, steps = [] } = predicting(() =>
        predict(scenario, follows(engine), protocol, observe, []),
      )
      return failed === 'endless' || steps.some(isTooDeep)
    }),
  )
}

type Predicted = {
  readonly steps?: ReturnType<Predict>
  readonly failed?: 'unbuildable' | 'endless' | 'broken'
  readonly because?: string
}

/** The prediction, or how the reference failed to make one: anything it throws is a finding. */
function predicting(predict: () => ReturnType<Predict>): Predicted {
  try {
    return { steps: predict() }
  } catch (error) {
    const because = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    if (error instanceof EndlessError) return { failed: 'endless', because }
    return { failed: error instanceof UnbuildableError ? 'unbuildable' : 'broken', because }
  }
}
