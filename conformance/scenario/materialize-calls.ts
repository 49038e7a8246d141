import {
  callValue,
  deleteItem,
  dictDelete,
  findAttribute,
  hashKey,
  keyError,
  PickleError,
  PyByteArray,
  PyDict,
  PyFunction,
  PyInt,
  PyList,
  PyObject,
  PySet,
  type PyValue,
  setItem,
  typeNameOf,
  type World,
} from '../../reference/index.ts'
import { UnbuildableError } from './unbuildable.ts'

/**
 * `object.method(*args)` for the methods that change an object; one that the scenario gave the
 * object's class is called instead.
 *
 * @throws {PickleError} what Python raises: IndexError, KeyError, TypeError, ValueError
 */
export function callMethod(
  world: World,
  object: PyValue,
  method: string,
  args: readonly PyValue[],
): void {
  const own = object instanceof PyObject ? findAttribute(world, object, method) : undefined
  if (own !== undefined && !(own instanceof PyFunction && own.call === undefined)) {
    callValue(world, own, args)
    return
  }
  const storage = object instanceof PyObject ? object.value : object
  if (method === '__setitem__' && !(storage instanceof PyByteArray)) {
    setItem(world, storage ?? object, args[0] ?? null, args[1] ?? null)
  } else if (method === '__delitem__' && !(storage instanceof PyByteArray)) {
    deleteItem(world, storage ?? object, args[0] ?? null)
  } else if (storage instanceof PyList) callList(storage.items, method, args)
  else if (storage instanceof PyByteArray) callByteArray(storage, method, args)
  else if (storage instanceof PyDict) callDict(world, storage, method, args)
  else if (storage instanceof PySet) callSet(storage, method, args)
  else throw new UnbuildableError(`${typeNameOf(object)} has no method ${method} here`)
}

function callList(items: PyValue[], method: string, args: readonly PyValue[]): void {
  switch (method) {
    case 'append':
      items.push(args[0] ?? null)
      break
    case 'insert':
      items.splice(insertPosition(args[0] ?? null, items.length), 0, args[1] ?? null)
      break
    case 'pop':
      items.splice(popPosition('list', args[0], items.length), 1)
      break
    case 'clear':
      items.length = 0
      break
    default:
      throw new UnbuildableError(`a list has no method ${method} here`)
  }
}

function callByteArray(array: PyByteArray, method: string, args: readonly PyValue[]): void {
  const bytes = [...array.data]
  switch (method) {
    case 'append':
      bytes.push(byteOf(args[0] ?? null))
      break
    case 'insert':
      bytes.splice(insertPosition(args[0] ?? null, bytes.length), 0, byteOf(args[1] ?? null))
      break
    case 'pop':
      bytes.splice(popPosition('bytearray', args[0], bytes.length), 1)
      break
    case 'clear':
      bytes.length = 0
      break
    case '__setitem__':
      // In place, so that a buffer over it sees the change.
      array.data[itemPosition(args[0] ?? null, bytes.length)] = byteOf(args[1] ?? null)
      return
    case '__delitem__':
      bytes.splice(itemPosition(args[0] ?? null, bytes.length), 1)
      break
    default:
      throw new UnbuildableError(`a bytearray has no method ${method} here`)
  }
  if (array.isExported && bytes.length !== array.data.length) {
    throw new PickleError('BufferError', 'Existing exports of data: object cannot be re-sized')
  }
  array.data = Uint8Array.from(bytes)
}

function callDict(
  world: World,
  dict: PyDict,
  method: string,
  [key, absent]: readonly PyValue[],
): void {
  if (method === 'clear') {
    dict.keys.length = 0
    dict.values.length = 0
    dict.index = null
    return
  }
  if (method !== 'pop') throw new UnbuildableError(`a dict has no method ${method} here`)
  if (key === undefined) {
    throw new PickleError('TypeError', 'pop expected at least 1 argument, got 0')
  }
  if (!dictDelete(dict, key) && absent === undefined) throw keyError(world, key)
}

function callSet(set: PySet, method: string, [member = null]: readonly PyValue[]): void {
  switch (method) {
    case 'add':
      if (positionOf(set, member) === -1) set.members.push(member)
      break
    case 'discard': {
      const at = positionOf(set, member)
      if (at !== -1) set.members.splice(at, 1)
      break
    }
    case 'pop':
      if (set.members.length === 0) {
        throw new PickleError('KeyError', "'pop from an empty set'")
      }
      set.members.shift()
      break
    case 'clear':
      set.members.length = 0
      break
    default:
      throw new UnbuildableError(`a set has no method ${method} here`)
  }
}

function positionOf(set: PySet, member: PyValue): number {
  const key = hashKey(member)
  return set.members.findIndex((other) => hashKey(other) === key)
}

function indexOf(value: PyValue): number {
  const inner = value instanceof PyInt ? value.value : value
  if (typeof inner === 'number') return inner
  if (typeof inner === 'boolean') return Number(inner)
  const text = `'${typeNameOf(value)}' object cannot be interpreted as an integer`
  throw new PickleError('TypeError', text)
}

function insertPosition(value: PyValue, length: number): number {
  const index = indexOf(value)
  return Math.min(Math.max(index < 0 ? index + length : index, 0), length)
}

function popPosition(kind: string, value: PyValue | undefined, length: number): number {
  const index = value === undefined ? -1 : indexOf(value)
  if (length === 0) throw new PickleError('IndexError', `pop from empty ${kind}`)
  const at = index < 0 ? index + length : index
  if (at < 0 || at >= length) throw new PickleError('IndexError', 'pop index out of range')
  return at
}

function itemPosition(value: PyValue, length: number): number {
  const index = indexOf(value)
  const at = index < 0 ? index + length : index
  if (at < 0 || at >= length) {
    throw new PickleError('IndexError', 'bytearray index out of range')
  }
  return at
}

function byteOf(value: PyValue): number {
  const byte = indexOf(value)
  if (byte >= 0 && byte < 256) return byte
  throw new PickleError('ValueError', 'byte must be in range(0, 256)')
}
