import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseScenario } from '../../conformance/index.ts'
import { caseAt, formatToken, parseToken, scenarioOf } from '../case.ts'
import {
  allFeatures,
  drawFeatures,
  featureNames,
  formatFeatures,
  parseFeatures,
} from './features.ts'
import { ScenarioArbitrary } from './scenario.ts'

const seed = 20260101

/** The canonical text of many scenarios. */
const texts = Array.from({ length: 1200 }, (_, index) =>
  JSON.stringify(parseScenario(scenarioOf(caseAt(seed, index)))),
).join('\n')

describe('random scenarios', () => {
  test('are accepted by the parser, under every mask', () => {
    fc.assert(
      fc.property(new ScenarioArbitrary(), (json) => {
        expect(parseScenario(json).scenario).toBe(1)
      }),
      { seed, numRuns: 400 },
    )
  })

  test('are accepted by the parser with everything in them', () => {
    fc.assert(
      fc.property(new ScenarioArbitrary(allFeatures), (json) => {
        expect(parseScenario(json).scenario).toBe(1)
      }),
      { seed, numRuns: 150 },
    )
  })

  test('have everything that the language has', () => {
    const wanted = [
      ...['"ref":', '"nest":', '"repeat":', '"range":', '"iterator":', '"buffer":', '"opaque":'],
      ...['"set":', '"frozenset":', '"fill":', '"float":', '"singleton":', '"global":', '"self":'],
      ...['"slots":', '"kind":"enum"', '"kind":"namedtuple"', '"kind":"dataclass"', '"member":'],
      ...['"kind":"exception"', '"metaclass":', '"found":', '"module":null', '"missingModules":["'],
      ...['"__reduce_ex__":', '"__reduce__":', '"__getstate__":', '"__getnewargs__":', '"items":{'],
      ...['"__getnewargs_ex__":', '"__class__":', '"__iter__":', '"property":', '"nth":', '"do":'],
      ...['"as":"partial"', '"as":"method"', '"raises":', '"NotImplemented"', '"match":{"object":'],
      ...['"fast":', '"dispatch_table":{', '"reducer_override":', '"persistent_id":', '"copyreg":'],
      ...['"kind":"ChainMap"', '"kind":"proxy"', '"kind":"UserDict"', '"kind":"defaultdict"'],
      ...['"kind":"methods"', '"kind":"subclass"', '"buffer_callback":', '"fix_imports":'],
      ...['"protocol":', '"extensions":[[', '"set":{"on":', '"delete":', '"put":', '"remove":'],
      ...['"clear_memo"', '"append"', '"on":"class"', '"lambda":true', '"stride":', '"released":'],
    ]

    expect(wanted.filter((part) => !texts.includes(part))).toEqual([])
  })

  test('contain objects that contain themselves, tuples among them', () => {
    const isInItself = /"id":"(o\d+)","node":\d+,"tuple":\[(?:(?!"id").)*\{"ref":"\1"\}/

    expect(isInItself.test(texts)).toBe(true)
  })

  test('depend on the seed, the index and the mask alone', () => {
    const key = caseAt(seed, 17)

    expect(scenarioOf(parseToken(formatToken(key)))).toEqual(scenarioOf(key))
    expect(scenarioOf(caseAt(seed, 18))).not.toEqual(scenarioOf(key))
    expect(scenarioOf(caseAt(seed + 1, 17))).not.toEqual(scenarioOf(key))
  })
})

describe('a mask', () => {
  test('is written as a number and read again', () => {
    const some = new Set(featureNames.filter((_, at) => at % 3 === 0))

    expect(parseFeatures(formatFeatures(some))).toEqual(some)
    expect(parseFeatures(formatFeatures(allFeatures))).toEqual(allFeatures)
    expect(parseFeatures('0').size).toBe(0)
  })

  test.each(['', 'x', '-1', 'f'.repeat(40), '8000000000000000000000'])('is not %j', (text) => {
    expect(() => parseFeatures(text)).toThrow(RangeError)
  })

  test('has what goes on for ever once in a hundred times at most', () => {
    let drawn = 0
    let state = 1
    const below = (bound: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return (state >>> 8) % bound
    }
    for (let n = 0; n < 5000; n += 1) if (drawFeatures(below).has('endless')) drawn += 1

    expect(drawn).toBeGreaterThan(0)
    expect(drawn).toBeLessThan(100)
  })
})

test.each(['', '1-2', '1-2-3-g', 'x-1-2-3', '1-1-1-f'])('%j is no token', (text) => {
  expect(() => parseToken(text)).toThrow(RangeError)
})
