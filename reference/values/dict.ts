import { hashKey } from './hash-key.ts'
import type { PyDict, PyValue } from './value.ts'

/** Up to this many keys a dict is searched from the front; beyond, by an index. */
const indexedFrom = 9

/**
 * `dict[key]` without `__missing__`; undefined when no key equals it.
 *
 * @throws {PickleError} TypeError, when the key is unhashable
 */
export function dictLookup(dict: PyDict, key: PyValue): PyValue | undefined {
  // Where no key equals it there is no value: nothing stands at -1.
  return dict.values[positionOf(dict, key)]
}

/** `dict[key] = value`; an equal key that is there already stays. */
export function dictStore(dict: PyDict, key: PyValue, value: PyValue): void {
  const at = positionOf(dict, key)
  if (at !== -1) {
    dict.values[at] = value
    return
  }
  if (dict.index !== null) dict.index.set(hashKey(key), dict.keys.length)
  dict.keys.push(key)
  dict.values.push(value)
}

/** `del dict[key]`; false when it is not there. */
export function dictDelete(dict: PyDict, key: PyValue): boolean {
  const at = positionOf(dict, key)
  if (at === -1) return false
  dict.keys.splice(at, 1)
  dict.values.splice(at, 1)
  dict.index = null
  return true
}

/** The value under a str of this text, undefined when there is none: attributes and names. */
export function dictLookupText(dict: PyDict, text: string): PyValue | undefined {
  const { keys } = dict
  if (keys.length >= indexedFrom) {
    const at = indexOf(dict).get(text)
    return at === undefined ? undefined : dict.values[at]
  }
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]
    if (typeof key === 'object' && key !== null && key.kind === 'str' && key.content === text) {
      return dict.values[at]
    }
  }
  return undefined
}

function positionOf(dict: PyDict, key: PyValue): number {
  const { keys } = dict
  if (keys.length >= indexedFrom) return indexOf(dict).get(hashKey(key)) ?? -1
  const at = keys.indexOf(key)
  if (at !== -1) return at
  const wanted = hashKey(key)
  return keys.findIndex((candidate) => hashKey(candidate) === wanted)
}

function indexOf(dict: PyDict): Map<unknown, number> {
  // A dict that somebody filled directly has outgrown its index.
  if (dict.index === null || dict.index.size !== dict.keys.length) {
    dict.index = new Map(dict.keys.map((key, at) => [hashKey(key), at]))
  }
  return dict.index
}
