import { PickleError } from '../errors.ts'
import { dictStore } from '../values/dict.ts'
import { isException } from '../values/exceptions.ts'
import { type HashKey, hashKey } from '../values/hash-key.ts'
import { typeNameOf } from '../values/type-of.ts'
import { type PyDict, type PyFrozenSet, type PySet, PyStr, type PyValue } from '../values/value.ts'
import { outOfRange } from './errors.ts'
import { PyMemoryView } from './memory-view.ts'
import type { Unpickling } from './unpickling.ts'

/**
 * `dict[key] = value` on an exact dict.
 *
 * @throws {PickleError} TypeError, for a key that cannot be one
 */
export function storeItem(u: Unpickling, dict: PyDict, key: PyValue, value: PyValue): void {
  try {
    checkHash(key)
    dictStore(dict, key, value)
  } catch (error) {
    throw unhashable(u, error, key, 'a dict key')
  }
}

/**
 * `dict[key] = value` for each key and value in turn, from `start` on, on an exact dict that is empty.
 *
 * @throws {PickleError} TypeError, for a key that cannot be one; IndexError, for one without a value
 */
export function storeFirstItems(
  u: Unpickling,
  dict: PyDict,
  items: readonly PyValue[],
  start: number,
): void {
  const { seenKeys } = u
  const { keys, values } = dict
  seenKeys.begin()
  for (let index = start; index < items.length; index += 2) {
    const key = items[index] as PyValue // in range
    const value = items[index + 1]
    if (value === undefined) throw outOfRange()
    // Strs, which most keys are, have a hash.
    const hashed = key instanceof PyStr ? hashKey(key) : checkedKey(u, key, 'a dict key')
    const place = seenKeys.place(hashed, keys.length)
    if (place !== -1) values[place] = value
    else {
      keys.push(key)
      values.push(value)
    }
  }
}

/**
 * Adds to the members of a set what is not there yet; what equals a member is dropped.
 *
 * @throws {PickleError} TypeError, for a value that cannot be a member
 */
export function addMembers(
  u: Unpickling,
  set: PySet | PyFrozenSet,
  items: readonly PyValue[],
): void {
  const keys = keysOf(u, set)
  for (const item of items) {
    const key = checkedKey(u, item, 'a set element')
    if (keys.has(key)) continue
    keys.add(key)
    set.members.push(item)
  }
}

/** What the members equal, kept while a set grows, unless somebody else added to it. */
function keysOf(u: Unpickling, set: PySet | PyFrozenSet): Set<unknown> {
  const known = u.members.get(set)
  if (known?.size === set.members.length) return known
  const keys = new Set<unknown>(set.members.map(hashKey))
  u.members.set(set, keys)
  return keys
}

function checkedKey(u: Unpickling, item: PyValue, use: string): HashKey {
  try {
    checkHash(item)
    return hashKey(item)
  } catch (error) {
    throw unhashable(u, error, item, use)
  }
}

/** A view of what can be written has no hash; what it is a view of, of what cannot. */
function checkHash(key: PyValue): void {
  if (!(key instanceof PyMemoryView)) return
  throw new PickleError('TypeError', `unhashable type: '${typeNameOf(key.under)}'`)
}

/** From 3.14 on it is said what the value was to be. */
function unhashable(u: Unpickling, error: unknown, value: PyValue, use: string): unknown {
  if (u.world.release[1] < 14 || !isException(error, 'TypeError')) return error
  return new PickleError(
    'TypeError',
    `cannot use '${typeNameOf(value)}' as ${use} (${error.message})`,
  )
}
