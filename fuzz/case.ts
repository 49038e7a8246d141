import { Random } from 'fast-check'
import {
  drawFeatures,
  type Features,
  formatFeatures,
  parseFeatures,
} from './arbitraries/features.ts'
import { generatorVersion, ScenarioArbitrary } from './arbitraries/scenario.ts'
import type { JsonObject } from './json.ts'
import { below, randomSource } from './random-source.ts'

/** One question of a session: a function of the version of the generator, the seed, the index and the mask. */
export type CaseKey = {
  readonly seed: number
  readonly index: number
  readonly features: Features
}

/** The greatest seed and index. */
export const greatestNumber = 2 ** 32 - 1

/** Streams of random numbers that must not meet: masks, and scenarios. */
const lanes = { mask: 1, scenario: 2 } as const

/** The case at an index of a session, with the mask that is drawn for it. */
export function caseAt(seed: number, index: number): CaseKey {
  const features = drawFeatures(below(randomSource(generatorVersion, lanes.mask, seed, index)))
  return { seed, index, features }
}

/** The scenario of a case, as the parser is to read it. */
export function scenarioOf({ seed, index, features }: CaseKey): JsonObject {
  const random = new Random(randomSource(generatorVersion, lanes.scenario, seed, index))
  return new ScenarioArbitrary(features).generate(random, undefined).value
}

/** A case in a word, for the command line: version, seed, index, mask. */
export function formatToken({ seed, index, features }: CaseKey): string {
  return `${generatorVersion}-${seed}-${index}-${formatFeatures(features)}`
}

export function isToken(text: string): boolean {
  return tokenPattern.test(text)
}

const tokenPattern = /^(\d{1,9})-(\d{1,10})-(\d{1,10})-([0-9a-f]{1,32})$/

/**
 * Reads what `formatToken` gave.
 *
 * @throws {RangeError} for anything else, and for a token of another version of the generator
 */
export function parseToken(text: string): CaseKey {
  const [, version, seed, index, mask = ''] = tokenPattern.exec(text) ?? []
  if (version === undefined) {
    throw new RangeError(
      `found ${JSON.stringify(text)}, wanted a token such as ${generatorVersion}-1-0-3f`,
    )
  }
  if (Number(version) !== generatorVersion) {
    throw new RangeError(
      `the token is of version ${version} of the generator, which is at ${generatorVersion}: its scenario is known no more`,
    )
  }
  return { seed: Number(seed), index: Number(index), features: parseFeatures(mask) }
}
