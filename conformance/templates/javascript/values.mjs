// Between the JSON of the protocol and what codec.mjs works with: null, boolean, bigint, string, array.
// Floats, bytes, tuples, dicts and sets are yours to add.
import { Refused } from './codec.mjs'

/** The value that a request describes. */
export function built(json) {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json
  if (typeof json === 'number') return BigInt(json)
  if ('int' in json) return BigInt(json.int)
  if ('list' in json) return json.list.map(built)
  throw new Refused('PicklingError', `cannot write ${Object.keys(json)[0]} yet`)
}

/** The graph of a value: objects in a table, breadth first, and what stands at the top. */
export function described(value) {
  const found = new Map()
  const objects = []
  const waiting = []
  const leaf = (one) => {
    if (typeof one === 'bigint') {
      return Number.isSafeInteger(Number(one)) ? Number(one) : { int: String(one) }
    }
    if (!Array.isArray(one)) return one
    if (!found.has(one)) {
      found.set(one, found.size)
      waiting.push(one)
    }
    return { at: found.get(one) }
  }
  const top = leaf(value)
  for (let list = waiting.shift(); list !== undefined; list = waiting.shift()) {
    objects.push({ list: list.map(leaf) })
  }
  return { value: top, objects }
}
