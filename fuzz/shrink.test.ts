import { expect, test } from 'vitest'
import { caseAt, scenarioOf } from './case.ts'
import { isScenario } from './is-scenario.ts'
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts'
import { follow, minimize } from './minimize.ts'
import { smaller, weight } from './shrink.ts'

function holds(json: Json, test: (one: JsonObject) => boolean): boolean {
  if (isJsonArray(json)) return json.some((item) => holds(item, test))
  if (!isJsonObject(json)) return false
  return test(json) || Object.values(json).some((held) => holds(held, test))
}

const hasBytearray = (json: Json): boolean => holds(json, (one) => 'bytearray' in one)

/** Whether a step has a bytearray to dump. */
const isDumped = ({ steps }: JsonObject): boolean =>
  isJsonArray(steps) &&
  steps.some((step) => isJsonObject(step) && hasBytearray(step['dump'] ?? null))

test('every smaller scenario weighs less, and no two are the same', () => {
  for (let index = 0; index < 20; index += 1) {
    const scenario = scenarioOf(caseAt(7, index))
    const all = [...smaller(scenario)]

    expect(all.length).toBeGreaterThan(0)
    expect(all.every((one) => weight(one) < weight(scenario))).toBe(true)
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(all.length)
  }
})

test('what is left of a scenario is what it takes, and the path leads to it again', async () => {
  const index = Array.from({ length: 500 }, (_, at) => at).find((at) =>
    isDumped(scenarioOf(caseAt(8, at))),
  )
  const scenario = scenarioOf(caseAt(8, index ?? 0))

  const minimal = await minimize(
    scenario,
    smaller,
    async (one) => isScenario(one) && isDumped(one),
    60_000,
  )

  expect(minimal).toMatchObject({
    least: { scenario: 1, steps: [{ dump: { bytearray: '' } }] },
    isCutShort: false,
  })
  expect(follow(scenario, smaller, minimal?.path ?? '')).toEqual(minimal?.least)
})

test('a ref becomes the object it refers to, when the object goes from where it was', async () => {
  const scenario = {
    scenario: 1,
    steps: [{ dump: { id: 'a', bytearray: '61' } }, { dump: { list: [{ ref: 'a' }] } }],
  }
  const isListed = async (one: JsonObject): Promise<boolean> =>
    isScenario(one) &&
    hasBytearray(one) &&
    holds(
      one,
      ({ list }) =>
        list !== undefined && holds(list, (item) => 'ref' in item || 'bytearray' in item),
    )

  const minimal = await minimize(scenario, smaller, isListed, 60_000)

  expect(minimal?.least).toEqual({
    scenario: 1,
    steps: [{ dump: { list: [{ bytearray: '' }] } }],
  })
})

test('a scenario that does not fail again is none', async () => {
  expect(
    await minimize({ scenario: 1, value: 1 }, smaller, async () => false, 1000),
  ).toBeUndefined()
})

test('when the time is up, the least so far is given back', async () => {
  let asked = 0
  const slow = async (one: JsonObject): Promise<boolean> => {
    asked += 1
    await new Promise((resolve) => setTimeout(resolve, 20))
    return isScenario(one)
  }

  const minimal = await minimize(scenarioOf(caseAt(7, 3)), smaller, slow, 60)

  expect(minimal?.isCutShort).toBe(true)
  expect(asked).toBeLessThan(10)
})

test('an object of a library is left out, but never made into what it is not', () => {
  const date = {
    opaque: 'datetime:date',
    arguments: [2020, 4, 1],
    reductions: [{ reduction: 'r' }],
  }
  const scenario = { scenario: 1, steps: [{ dump: { list: [date, 'text'] } }] }
  const kept = [...smaller(scenario)].filter((one) => holds(one, (held) => 'opaque' in held))
  const hasWhole = (one: JsonObject): boolean =>
    holds(one, (held) => JSON.stringify(held) === JSON.stringify(date))

  expect(kept.length).toBeGreaterThan(0)
  expect(kept.every(hasWhole)).toBe(true)
})
