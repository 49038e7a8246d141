import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageFile } from '../../conformance/index.ts'
import { caseAt, scenarioOf } from '../case.ts'
import type { JsonObject } from '../json.ts'
import type { FeatureName } from './features.ts'
import { Reached } from './fixtures/reached.ts'

const schema: JsonObject = JSON.parse(
  readFileSync(packageFile('conformance', 'scenario', 'scenario.schema.json'), 'utf8'),
)

/** What no generator writes, and why. */
const unwritten: readonly (readonly [RegExp, because: string])[] = [
  [/\/node$|\$defs\/node$/, 'the parser counts the nodes'],
  [/^#\/properties\/value$/, 'it is short for one step'],
  [/ = "(?:plain|function|bytes)"$/, 'it says what its absence says'],
]

const isWritten = (pointer: string): boolean => !unwritten.some(([known]) => known.test(pointer))

const rare: readonly (readonly FeatureName[])[] = [
  ['objectSteps', 'sharing'],
  ['objectSteps', 'sharing', 'sets', 'dicts'],
  ['loads', 'loadHooks', 'instanceHooks'],
  ['libraryObjects', 'sharing', 'dumpsInHooks', 'hookActions'],
  [],
]

test('no construct of the language is left out by the generators', () => {
  const reached = new Reached(schema)
  for (let index = 0; index < 5000; index += 1) {
    if (index % 250 === 0 && !reached.missing().some(isWritten)) break
    const drawn = caseAt(20261122, index)
    // What is rare is looked for where it may be.
    const features = new Set<FeatureName>([...drawn.features, ...(rare[index % rare.length] ?? [])])
    const scenario = scenarioOf({ ...drawn, features })
    expect(reached.take(scenario), JSON.stringify(scenario)).toBe(true)
  }

  const missing = reached.missing()
  expect(missing.filter(isWritten)).toEqual([])
  for (const [known, because] of unwritten) {
    expect(
      missing.some((one) => known.test(one)),
      because,
    ).toBe(true)
  }
}, 240_000)
