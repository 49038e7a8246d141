import { expect, test } from 'vitest'
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts'
import { lengthy, obeys, stepsOf } from './law.ts'

const nameless = ['singleton', 'global', 'class', 'function', 'ref', 'self', 'member'] as const

/** A dump of the value, a clear_memo, and a dump of the same object. */
function dumpedTwice(json: JsonObject): JsonObject {
  const [first] = isJsonArray(json['steps']) ? json['steps'] : []
  const value: Json = isJsonObject(first) ? (first['dump'] ?? null) : null
  const clear: Json = { call: { on: 'pickler', method: 'clear_memo' } }
  if (!isJsonObject(value) || nameless.some((key) => key in value)) {
    return { ...json, steps: [{ dump: value }, clear, { dump: value }] }
  }
  const { id = 'whole' } = value
  return { ...json, steps: [{ dump: { ...value, id } }, clear, { dump: { ref: id } }] }
}

test('after clear_memo a dump is that of a fresh pickler', () => {
  obeys(
    (scenario, subject) => {
      const [, fresh, , again] = stepsOf(dumpedTwice(scenario), subject)
      // A pickler that was stopped in the middle is fresh no more.
      if (fresh?.bytes === undefined || fresh.refused !== undefined) return false

      expect(again?.refused).toBeUndefined()
      expect(again?.bytes).toBe(fresh.bytes)
      expect(again?.buffers).toEqual(fresh.buffers)
      return true
    },
    {
      // What is used up by a dump is another question the second time.
      without: [
        ...lengthy,
        ...([
          'iterators',
          'nthCalls',
          'singleCalls',
          'hookActions',
          'severalDumps',
          'clearMemo',
        ] as const),
        ...(['attributeSteps', 'tableSteps', 'objectSteps'] as const),
      ],
      leastPercent: 50,
    },
  )
}, 60_000)
