import { Arbitrary, asyncProperty, check, type Random, Stream, Value } from 'fast-check'
import type { JsonObject } from './json.ts'
import { smaller } from './shrink.ts'

/** One scenario, and what `shrink.ts` makes of it. */
class OneScenario extends Arbitrary<JsonObject> {
  readonly #scenario: JsonObject

  constructor(scenario: JsonObject) {
    super()
    this.#scenario = scenario
  }

  generate(_random: Random, _bias: number | undefined): Value<JsonObject> {
    return new Value(this.#scenario, undefined)
  }

  canShrinkWithoutContext(_value: unknown): _value is JsonObject {
    return true
  }

  shrink(scenario: JsonObject): Stream<Value<JsonObject>> {
    return new Stream(smaller(scenario)).map((one) => new Value(one, undefined))
  }
}

/** Others of this process wait no longer than that for their turn, in milliseconds. */
const longestBreathMs = 20

/** What is left of a scenario that fails. */
export type Minimal = {
  readonly scenario: JsonObject
  /** Which of the smaller scenarios was taken at each turn, as fast-check writes it. */
  readonly path: string
  readonly turns: number
  /** The time was up before it was as small as it could be. */
  readonly isCutShort: boolean
}

/**
 * Gives a failing scenario to fast-check, which takes the first smaller one that still fails, again
 * and again. Undefined when the scenario does not fail when it is asked once more.
 *
 * @param fails whether a scenario, which may be one that the parser refuses, still fails alike
 * @param limitMs after which the smallest so far is given back
 */
export async function minimize(
  scenario: JsonObject,
  fails: (scenario: JsonObject) => Promise<boolean>,
  limitMs: number,
): Promise<Minimal | undefined> {
  const answered = new Map<string, boolean>()
  const until = performance.now() + limitMs
  let breathed = performance.now()
  const property = asyncProperty(new OneScenario(scenario), async (one) => {
    // Most smaller scenarios are no scenarios, and are refused without a wait.
    if (performance.now() - breathed > longestBreathMs) {
      await new Promise((resolve) => setImmediate(resolve))
      breathed = performance.now()
    }
    const text = JSON.stringify(one)
    const before = answered.get(text)
    const isFailing = before ?? (performance.now() < until && (await fails(one)))
    answered.set(text, isFailing)
    return !isFailing
  })
  const details = await check(property, { numRuns: 1, seed: 0, endOnFailure: false, verbose: 0 })
  const [found] = details.counterexample ?? []
  if (found === undefined) return undefined
  return {
    scenario: found,
    path: details.counterexamplePath ?? '',
    turns: details.numShrinks,
    isCutShort: performance.now() >= until,
  }
}

/** The scenario at the end of such a path. */
export function follow(scenario: JsonObject, path: string): JsonObject {
  let one = scenario
  for (const turn of path.split(':').slice(1)) {
    let at = 0
    for (const candidate of smaller(one)) {
      if (at === Number(turn)) {
        one = candidate
        break
      }
      at += 1
    }
  }
  return one
}
