import { codePointsOf, strContent } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { methodOf } from './attributes.ts'
import { callValue } from './call.ts'
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
 * @throws {PickleError} TypeError, when the value is not iterable
 */
export function iterate(world: World, value: PyValue): PyIterator {
  if (typeof value !== 'object' || value === null) throw notIterable(value)
  switch (value.kind) {
    case 'iterator':
      return value
    case 'list':
      return listIterator(world, value)
    case 'tuple':
      return sequenceIterator(world, 'tuple_iterator', value, value.items, () => world.emptyTuple)
    case 'str':
      return characters(world, value)
    case 'bytes':
    case 'bytearray':
      return sequenceIterator(
        world,
        `${value.kind}_iterator`,
        value,
        [...value.data],
        () => world.emptyTuple,
      )
    case 'dict':
      return dictIterator(world, 'dict_keyiterator', value, (at) => value.keys[at])
    case 'set':
    case 'frozenset':
      return setIterator(world, value.members)
    case 'object':
      return iterateObject(world, value)
    default:
      throw notIterable(value)
  }
}

/** `iter(dict.items())`: each pair a new tuple. */
export function itemsIterator(world: World, dict: PyDict): PyIterator {
  return dictIterator(world, 'dict_itemiterator', dict, (at) => {
    const [key, value] = [dict.keys[at], dict.values[at]]
    return key === undefined || value === undefined ? undefined : new PyTuple([key, value])
  })
}

/** The rest of an iteration as an array: `list(value)`. */
export function drain(iterator: PyIterator): PyValue[] {
  const items: PyValue[] = []
  for (let item = iterator.next(); item !== undefined; item = iterator.next()) items.push(item)
  return items
}

/** `iter(list)`; it can be pickled, as the list and the position in it. */
export function listIterator(world: World, list: PyList): PyIterator {
  return sequenceIterator(world, 'list_iterator', list, list.items, () => new PyList([]))
}

function sequenceIterator(
  world: World,
  typeName: string,
  sequence: PyValue,
  items: readonly PyValue[],
  empty: () => PyValue,
): PyIterator {
  let at = 0
  let isDone = false
  const next = (): PyValue | undefined => {
    if (isDone) return undefined
    const item = items[at]
    if (at < items.length && item !== undefined) {
      at++
      return item
    }
    isDone = true
    return undefined
  }
  return new PyIterator(typeName, next, () => {
    const iter = world.known('builtins:iter')
    return isDone
      ? new PyTuple([iter, new PyTuple([empty()])])
      : new PyTuple([iter, new PyTuple([sequence]), at])
  })
}

function characters(world: World, str: PyStr): PyIterator {
  const items = codePointsOf(str.content).map((codePoint) =>
    codePoint < 0x100 ? world.latin1Character(codePoint) : new PyStr(strContent([codePoint])),
  )
  const isAscii = typeof str.content === 'string' && /^[\0-\x7f]*$/u.test(str.content)
  const typeName = isAscii && world.release[1] >= 11 ? 'str_ascii_iterator' : 'str_iterator'
  return sequenceIterator(world, typeName, str, items, () => world.emptyStr)
}

function dictIterator(
  world: World,
  typeName: string,
  dict: PyDict,
  itemAt: (at: number) => PyValue | undefined,
): PyIterator {
  const size = dict.keys.length
  let at = 0
  let isDone = false
  const next = (): PyValue | undefined => {
    if (isDone) return undefined
    if (dict.keys.length !== size) {
      isDone = true
      throw new PickleError('RuntimeError', 'dictionary changed size during iteration')
    }
    const item = at < size ? itemAt(at) : undefined
    at++
    if (item === undefined) isDone = true
    return item
  }
  return new PyIterator(
    typeName,
    next,
    remaining(world, () => (isDone ? [] : restOf(at, itemAt))),
  )
}

function restOf(at: number, itemAt: (at: number) => PyValue | undefined): PyValue[] {
  const items: PyValue[] = []
  for (let item = itemAt(at); item !== undefined; item = itemAt(at + items.length)) items.push(item)
  return items
}

function setIterator(world: World, members: readonly PyValue[]): PyIterator {
  const size = members.length
  let at = 0
  const next = (): PyValue | undefined => {
    if (at < size && members.length !== size) {
      at = size
      throw new PickleError('RuntimeError', 'Set changed size during iteration')
    }
    const member = at < size ? members[at] : undefined
    at++
    return member
  }
  return new PyIterator(
    'set_iterator',
    next,
    remaining(world, () => members.slice(at)),
  )
}

/** Iterators without a position reduce to one over a list of what is left. */
function remaining(world: World, rest: () => PyValue[]): () => PyValue {
  return () => {
    const list = new PyTuple([new PyList(rest())])
    return new PyTuple([world.known('builtins:iter'), list])
  }
}

function iterateObject(world: World, object: PyObject): PyIterator {
  const own = methodOf(world, object, '__iter__')
  if (own !== undefined) {
    if (own === null) throw notIterable(object)
    const made = callValue(own, [])
    if (made instanceof PyIterator) return made
    const what = typeNameOf(made)
    throw new PickleError('TypeError', `iter() returned non-iterator of type '${what}'`)
  }
  const iterable = ['list', 'tuple', 'dict', 'set', 'frozenset', 'str', 'bytes', 'bytearray']
  if (object.value === undefined || !iterable.includes(object.type.layout)) {
    throw notIterable(object)
  }
  return iterate(world, object.value)
}

function notIterable(value: PyValue): PickleError {
  return new PickleError('TypeError', `'${typeNameOf(value)}' object is not iterable`)
}
