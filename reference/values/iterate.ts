import { codePointsOf, strContent } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { methodOf } from './attributes.ts'
import { callValue } from './call.ts'
import { isException } from './exceptions.ts'
import { flagsIn } from './flags.ts'
import { positionAfter } from './position-after.ts'
import { typeNameOf } from './type-of.ts'
import {
  type PyDict,
  PyIterator,
  PyList,
  type PyObject,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

/** Whether the value has `__next__`, which is what C asks of items 3 and 4 (RED-03). */
export function isIterator(world: World, value: PyValue): boolean {
  return value instanceof PyIterator || methodOf(world, value, '__next__') !== undefined
}

/**
 * `iter(value)`. Lists, dicts and sets are read while they are iterated, so changes are seen.
 *
 * @throws {PickleError} TypeError, when the value is not iterable; whatever `__iter__` raises
 */
export function iterate(world: World, value: PyValue): PyIterator {
  if (typeof value !== 'object' || value === null) throw notIterable(value)
  switch (value.kind) {
    case 'iterator':
      return value
    case 'list':
      return listIterator(world, value)
    case 'tuple':
      return iteratorOver('tuple_iterator', value.items)
    case 'str':
      return characters(world, value)
    case 'bytes':
    case 'bytearray':
      return iteratorOver(`${value.kind}_iterator`, [...value.data])
    case 'dict':
      return dictIterator('dict_keyiterator', value, (key) => key)
    case 'set':
    case 'frozenset':
      return setIterator(value.members)
    case 'object':
      return iterateObject(world, value)
    default:
      throw notIterable(value)
  }
}

/** `iter(dict.items())`: each pair a new tuple. */
export function itemsIterator(dict: PyDict): PyIterator {
  return dictIterator('dict_itemiterator', dict, (...pair) => new PyTuple(pair))
}

/** The rest of an iteration as an array: `list(value)`. */
export function drain(iterator: PyIterator): PyValue[] {
  const items: PyValue[] = []
  for (let item = iterator.next(); item !== undefined; item = iterator.next()) items.push(item)
  return items
}

/**
 * `iter(list)`; it can be pickled, as the list and the position in it. Once it has met the end it
 * stays there.
 */
export function listIterator(world: World, list: PyList): PyIterator {
  let at = 0
  const next = (): PyValue | undefined => {
    const item = list.items[at]
    at = item === undefined ? Number.POSITIVE_INFINITY : at + 1
    return item
  }
  const reduction = (): PyValue => {
    const iter = world.known('builtins:iter')
    return at === Number.POSITIVE_INFINITY
      ? new PyTuple([iter, new PyTuple([new PyList([])])])
      : new PyTuple([iter, new PyTuple([list]), at])
  }
  return new PyIterator('list_iterator', next, reduction, () => list.items.slice(at))
}

/**
 * What asks an object for the next value by its `__next__`, until that raises StopIteration.
 *
 * @throws {PickleError} from `next`, what `__next__` raises
 */
export function iteratorByNext(world: World, next: PyValue, typeName: string): PyIterator {
  return new PyIterator(typeName, () => {
    try {
      return callValue(world, next, [])
    } catch (error) {
      if (isException(error, 'StopIteration')) return undefined
      throw error
    }
  })
}

function iteratorOver(typeName: string, items: readonly PyValue[]): PyIterator {
  let at = 0
  return new PyIterator(typeName, () => items[at++])
}

function characters(world: World, str: PyStr): PyIterator {
  const items = codePointsOf(str.content).map((codePoint) =>
    codePoint < 0x100 ? world.latin1Character(codePoint) : new PyStr(strContent([codePoint])),
  )
  return iteratorOver('str_iterator', items)
}

function dictIterator(
  typeName: string,
  dict: PyDict,
  itemOf: (key: PyValue, value: PyValue) => PyValue,
): PyIterator {
  const { keys, values } = dict
  const size = keys.length
  let left = size
  /** Where the entry was that was given last, and its key. */
  let at = -1
  let last: PyValue | undefined
  return new PyIterator(typeName, () => {
    if (keys.length !== size) {
      throw new PickleError('RuntimeError', 'dictionary changed size during iteration')
    }
    at = positionAfter(keys, last, at)
    last = keys[at]
    if (last === undefined) return undefined
    if (left === 0) {
      throw new PickleError('RuntimeError', 'dictionary keys changed during iteration')
    }
    left--
    return itemOf(last, values[at] as PyValue) // a key has a value
  })
}

function setIterator(members: readonly PyValue[]): PyIterator {
  const size = members.length
  let at = 0
  return new PyIterator('set_iterator', () => {
    if (members.length !== size) {
      throw new PickleError('RuntimeError', 'Set changed size during iteration')
    }
    return members[at++]
  })
}

/** The built-in types of which an instance of a subclass is iterable like what is inside it. */
const iterable: readonly string[] = [
  'list',
  'tuple',
  'dict',
  'set',
  'frozenset',
  'str',
  'bytes',
  'bytearray',
]

function iterateObject(world: World, object: PyObject): PyIterator {
  const own = iterMethod(world, object)
  if (own === null) throw notIterable(object)
  if (own !== undefined) return checkedIterator(world, callValue(world, own, []))
  if (object.value !== undefined && iterable.includes(object.type.layout)) {
    return iterate(world, object.value)
  }
  const flags = flagsIn(world, object)
  if (flags !== undefined) return iteratorOver('generator', flags)
  const getItem = methodOf(world, object, '__getitem__')
  if (getItem === undefined) throw notIterable(object)
  return iteratorByIndex(world, getItem)
}

function checkedIterator(world: World, made: PyValue): PyIterator {
  if (made instanceof PyIterator) return made
  const next = methodOf(world, made, '__next__')
  const what = typeNameOf(made)
  if (next !== undefined) return iteratorByNext(world, next, what)
  throw new PickleError('TypeError', `iter() returned non-iterator of type '${what}'`)
}

/** `__iter__` of its class; up to 3.13 what a property for it raises means that there is none. */
function iterMethod(world: World, object: PyObject): PyValue | undefined {
  try {
    return methodOf(world, object, '__iter__')
  } catch (error) {
    if (world.release[1] < 14) return undefined
    throw error
  }
}

/** An iterator over what `__getitem__` gives for 0, 1, … until it raises IndexError. */
function iteratorByIndex(world: World, getItem: PyValue): PyIterator {
  let at = 0
  return new PyIterator('iterator', () => {
    try {
      return callValue(world, getItem, [at++])
    } catch (error) {
      if (isException(error, 'IndexError')) return undefined
      throw error
    }
  })
}

function notIterable(value: PyValue): PickleError {
  return new PickleError('TypeError', `'${typeNameOf(value)}' object is not iterable`)
}
