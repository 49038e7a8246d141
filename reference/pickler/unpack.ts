import { PickleError } from '../errors.ts'
import { methodOf } from '../values/attributes.ts'
import { isException } from '../values/exceptions.ts'
import { iterate } from '../values/iterate.ts'
import { typeNameOf } from '../values/type-of.ts'
import { PyDict, type PyIterator, PyList, PyTuple, type PyValue } from '../values/value.ts'
import type { Pickling } from './pickling.ts'

/**
 * What unpacking into `count` names gives.
 *
 * @throws {PickleError} TypeError when the value is not iterable, ValueError for another number
 */
export function unpack(p: Pickling, value: PyValue, count: number): readonly PyValue[] {
  const iterator = iteratorToUnpack(p, value)
  const items: PyValue[] = []
  while (items.length < count) {
    const item = iterator.next()
    if (item === undefined) {
      const text = `not enough values to unpack (expected ${count}, got ${items.length})`
      throw new PickleError('ValueError', text)
    }
    items.push(item)
  }
  if (iterator.next() !== undefined) throw tooMany(p, value, count)
  return items
}

function iteratorToUnpack(p: Pickling, value: PyValue): PyIterator {
  try {
    return iterate(p.world, value)
  } catch (error) {
    const isOwn = methodOf(p.world, value, '__iter__') !== undefined
    if (isOwn || !isException(error, 'TypeError')) throw error
    const typeName = typeNameOf(value)
    throw new PickleError('TypeError', `cannot unpack non-iterable ${typeName} object`)
  }
}

/** From 3.14 the number that there are is said, where it is known beforehand. */
function tooMany(p: Pickling, value: PyValue, count: number): PickleError {
  const length = p.profile.release[1] < 14 ? undefined : knownLength(value)
  const got = length === undefined ? '' : `, got ${length}`
  return new PickleError('ValueError', `too many values to unpack (expected ${count}${got})`)
}

function knownLength(value: PyValue): number | undefined {
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length
  return value instanceof PyDict ? value.keys.length : undefined
}
