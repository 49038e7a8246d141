import { found } from './json-fields.ts'
import type { Place } from './place.ts'
import type { Reading } from './reading.ts'
import type { Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'

const atoms: ReadonlySet<string> = new Set([
  'int',
  'float',
  'str',
  'bytes',
  'singleton',
  'class',
  'function',
  'global',
])

/**
 * Reads what a rule compares with: null, a bool, an int, a float, a str, bytes, a singleton, or a
 * class, function or global. It makes no object, so it has neither id nor node.
 */
export function parseAtom(reading: Reading, json: unknown, place: Place): Value {
  const value = reading.uncounted(() => reading.parsers.value(reading, json, place, 'again'))
  if (typeof value !== 'object' || value === null) return value
  const { node: _, ...atom } = { node: undefined, ...value }
  const [tag = ''] = Object.keys(atom)
  if (!atoms.has(tag)) {
    refuse(place, `${found(json)}, wanted an atom, a class, a function or a global to compare with`)
  }
  return atom
}
