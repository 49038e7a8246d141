import {
  Arbitrary,
  check,
  constantFrom,
  integer,
  property,
  type Random,
  type RunDetails,
  Stream,
  tuple,
  Value,
} from 'fast-check'
import {
  expectedRun,
  type Observation,
  parseScenario,
  ScenarioError,
  UnbuildableError,
} from '../../conformance/index.ts'
import { profileNames } from '../../reference/index.ts'
import { drawFeatures, type FeatureName } from '../arbitraries/features.ts'
import { ScenarioArbitrary } from '../arbitraries/scenario.ts'
import { isScenario } from '../is-scenario.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { observed } from '../judge.ts'
import { smaller } from '../shrink.ts'

/** One scenario, and the pickler that a law is asked of. */
export type Subject = { readonly profile: string; readonly protocol: number }

/**
 * What the law says of one scenario: throws where it is broken.
 *
 * @returns false where the law says nothing of the scenario
 */
export type Law = (scenario: JsonObject, subject: Subject) => boolean

export type LawSettings = {
  /** What the scenarios of the law have none of. */
  readonly without: readonly FeatureName[]
  /** What all of them may have; the rest is drawn. */
  readonly having?: readonly FeatureName[]
  readonly runs?: number
  /** In how many of a hundred questions the law must have something to say, at least. */
  readonly leastPercent: number
}

const seed = 20261122

/** What goes on for ever, or is carried out inside of hooks, leaves no law in force. */
const neverHaving: readonly FeatureName[] = ['endless', 'overridesAnything', 'ownProtocol']

/** What takes long and says little where lengths do not matter. */
export const lengthy = ['batches', 'longStrs', 'longBytes', 'nests', 'hugeInts'] as const

/** Scenarios for a law, which shrink as those of a session do. */
class LawfulScenario extends Arbitrary<JsonObject> {
  readonly #settings: LawSettings

  constructor(settings: LawSettings) {
    super()
    this.#settings = settings
  }

  generate(random: Random, bias: number | undefined): Value<JsonObject> {
    const { without, having = [] } = this.#settings
    const features = new Set(drawFeatures((bound) => random.nextInt(0, bound - 1)))
    for (const name of having) features.add(name)
    for (const name of [...without, ...neverHaving]) features.delete(name)
    return new ScenarioArbitrary(features).generate(random, bias)
  }

  canShrinkWithoutContext(_value: unknown): _value is JsonObject {
    return true
  }

  shrink(scenario: JsonObject): Stream<Value<JsonObject>> {
    return new Stream(smaller(scenario)).filter(isScenario).map((one) => new Value(one, undefined))
  }
}

/**
 * Holds a law against random scenarios: `documented`, and a C and a pure profile drawn at random, each
 * at a protocol drawn at random. The seed is fixed, so that a failure is the same each time.
 *
 * @throws {Error} with the least scenario that breaks the law, as JSON; or when the law had too little
 *   to say, since then it is not tested
 */
export function obeys(law: Law, settings: LawSettings): void {
  const { runs = 50, leastPercent } = settings
  const names = profileNames()
  const ending = (end: string): string[] => names.filter((name) => name.endsWith(end))
  const subjects = tuple(
    constantFrom('documented'),
    constantFrom(...ending('-c')),
    constantFrom(...ending('-py'), 'pypy-3.9'),
  )
  let asked = 0
  let said = 0
  const obeyed = property(
    new LawfulScenario(settings),
    subjects,
    integer({ min: 0, max: 5 }),
    (json, profiles, protocol) => {
      for (const profile of profiles) {
        asked += 1
        if (isInForce(law, json, { profile, protocol })) said += 1
      }
    },
  )
  report(check(obeyed, { seed, numRuns: runs }))
  if (said * 100 < asked * leastPercent) {
    throw new Error(`the law had something to say in ${said} of ${asked} questions`)
  }
}

/** Some scenarios cannot be built in some releases, and not every law can be asked of any value. */
function isInForce(law: Law, json: JsonObject, subject: Subject): boolean {
  try {
    return law(json, subject)
  } catch (error) {
    if (error instanceof UnbuildableError || error instanceof ScenarioError) return false
    throw error
  }
}

type Drawn = [json: JsonObject, profiles: ['documented', string, string], protocol: number]

/** Throws for a failure: what was wanted, and the least scenario as JSON. */
function report({
  counterexample,
  errorInstance,
  failed,
  seed,
  counterexamplePath,
}: RunDetails<Drawn>): void {
  if (!failed) return
  const [scenario, profiles, protocol] = counterexample ?? []
  const text = [
    errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
    `scenario: ${JSON.stringify(scenario)}`,
    `at protocol ${protocol}, as one of ${profiles?.join(', ')}`,
    `seed ${seed}, path ${counterexamplePath}`,
  ].join('\n')
  throw new Error(text, { cause: errorInstance })
}

/** What the reference does with a scenario, step by step; step 0 builds the pickler. */
export function stepsOf(json: JsonObject, { profile, protocol }: Subject): readonly Observation[] {
  const result = expectedRun(parseScenario(json), profile, protocol, observed)
  if (!('steps' in result)) throw new Error('the reference refers to an answer it did not give')
  return result.steps
}

/** The scenario with other attributes of the pickler. */
export function withPickler(
  json: JsonObject,
  on: 'instance' | 'subclass',
  more: JsonObject,
): JsonObject {
  const pickler = objectAt(json, 'pickler')
  return { ...json, pickler: { ...pickler, [on]: { ...objectAt(pickler, on), ...more } } }
}

/** The object under a name, an empty one where there is none. */
export function objectAt(json: JsonObject, name: string): JsonObject {
  const held: Json | undefined = json[name]
  return isJsonObject(held) ? held : {}
}
