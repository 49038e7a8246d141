import { PickleError } from '../errors.ts'
import { attributeError, methodOf } from './attributes.ts'
import { callValue } from './call.ts'
import { dictDelete, dictLookup, dictStore } from './dict.ts'
import { indexOf } from './index-of.ts'
import { repr } from './repr.ts'
import { typeNameOf } from './type-of.ts'
import { PyClass, PyDict, PyList, PyObject, PyStr, type PyValue } from './value.ts'
import type { World } from './world.ts'

/**
 * `container[key]`: dicts, subclasses of dict (an override of `__getitem__`, else the storage, else
 * `__missing__`), the mappings of the library, and objects with a `__getitem__`.
 *
 * @clause DISP-03, DISP-04
 * @throws {PickleError} KeyError when the key is absent, TypeError when the container has no items
 */
export function getItem(world: World, container: PyValue, key: PyValue): PyValue {
  if (container instanceof PyDict) {
    const found = dictLookup(container, key)
    if (found === undefined) throw keyError(world, key)
    return found
  }
  if (!(container instanceof PyObject)) throw notSubscriptable(world, container, key)
  const override = methodOf(world, container, '__getitem__')
  if (override !== undefined) return callValue(world, override, [key])
  const mappings = mappingsOf(container)
  if (mappings === undefined) throw notSubscriptable(world, container, key)
  const found = findItem(mappings, key)
  if (found !== undefined) return found
  const missing = methodOf(world, container, '__missing__')
  if (missing !== undefined) return callValue(world, missing, [key])
  return makeDefault(world, container, key)
}

/**
 * `container.get(key)`, or with a default; undefined when that is the answer, or a container of the
 * library has none.
 *
 * @clause DISP-03
 * @throws {PickleError} AttributeError when the container has no `get`
 */
export function callGet(
  world: World,
  container: PyValue,
  key: PyValue,
  absent?: PyValue,
): PyValue | undefined {
  if (container instanceof PyDict) return dictLookup(container, key)
  if (container instanceof PyObject) {
    const override = methodOf(world, container, 'get')
    if (override !== undefined) {
      const answer = callValue(world, override, absent === undefined ? [key] : [key, absent])
      return answer === absent ? undefined : answer
    }
    const mappings = mappingsOf(container)
    if (mappings !== undefined) return findItem(mappings, key)
  }
  throw attributeError(container, 'get')
}

/**
 * `container[key] = value`, for the mappings that allow it and for lists.
 *
 * @throws {PickleError} TypeError, for anything else; IndexError outside a list
 */
export function setItem(world: World, container: PyValue, key: PyValue, value: PyValue): void {
  const target = writableStorage(container)
  if (target instanceof PyDict) dictStore(target, key, value)
  else if (target instanceof PyList) target.items[listPosition(world, target, key)] = value
  else throw notWritable(container, key, 'assignment')
}

/**
 * `del container[key]`.
 *
 * @throws {PickleError} KeyError, where there is nothing to delete, and as `setItem`
 */
export function deleteItem(world: World, container: PyValue, key: PyValue): void {
  const target = writableStorage(container)
  if (target instanceof PyDict) {
    if (!dictDelete(target, key)) throw deletionError(world, container, key)
  } else if (target instanceof PyList) {
    target.items.splice(listPosition(world, target, key), 1)
  } else throw notWritable(container, key, 'deletion')
}

/** A ChainMap says where it looked, while it handles the KeyError of its first mapping. */
function deletionError(world: World, container: PyValue, key: PyValue): PickleError {
  const context = keyError(world, key)
  const isChain = container instanceof PyObject && isOf(container, 'collections:ChainMap')
  if (!isChain) return context
  const text = `Key not found in the first mapping: ${repr(world, key)}`
  return new PickleError('KeyError', repr(world, new PyStr(text)), { context })
}

/** The KeyError for a key that is absent; its text is the repr of the key. */
export function keyError(world: World, key: PyValue): PickleError {
  return new PickleError('KeyError', repr(world, key))
}

function isOf({ type }: PyObject, name: string): boolean {
  return type.mro.some((cls) => cls.library?.name === name)
}

/** The dicts in which a mapping looks a key up, in order; undefined for what is no mapping. */
function mappingsOf(object: PyObject): readonly PyDict[] | undefined {
  const { value } = object
  if (value instanceof PyDict) return [value]
  if (!(value instanceof PyList && isOf(object, 'collections:ChainMap'))) return undefined
  return value.items.filter((mapping) => mapping instanceof PyDict)
}

/** The dict or list that a change is made to; undefined for what cannot be changed. */
function writableStorage(container: PyValue): PyValue | undefined {
  if (!(container instanceof PyObject)) return container
  if (isOf(container, 'builtins:mappingproxy')) return undefined
  return mappingsOf(container)?.[0] ?? container.value
}

function findItem(mappings: readonly PyDict[], key: PyValue): PyValue | undefined {
  for (const mapping of mappings) {
    const found = dictLookup(mapping, key)
    if (found !== undefined) return found
  }
  return undefined
}

/** What the factory of a defaultdict makes for a key that is absent, which has it from now on. */
function makeDefault(world: World, container: PyObject, key: PyValue): PyValue {
  const factory = container.slots?.get('default_factory')
  if (factory === undefined) throw keyError(world, key)
  const made = callValue(world, factory, [])
  setItem(world, container, key, made)
  return made
}

function listPosition(world: World, list: PyList, key: PyValue): number {
  const index = indexOf(world, key)
  if (index === undefined) throw notIndexed('list', key)
  if (typeof index === 'bigint') {
    throw new PickleError('IndexError', "cannot fit 'int' into an index-sized integer")
  }
  const at = index < 0 ? index + list.items.length : index
  if (at >= 0 && at < list.items.length) return at
  throw new PickleError('IndexError', 'list assignment index out of range')
}

/** What is indexed by ints alone, and its name in the message. */
const sequences: Readonly<Record<string, string>> = {
  list: 'list',
  tuple: 'tuple',
  bytes: 'byte',
  bytearray: 'bytearray',
}

function notIndexed(sequence: string, key: PyValue): PickleError {
  const what = typeNameOf(key)
  const text = `${sequence} indices must be integers or slices, not ${what}`
  return new PickleError('TypeError', text)
}

/** The built-in type whose items a container has; its own name for what derives from none. */
function layoutOf(container: PyValue): string {
  return container instanceof PyObject ? container.type.layout : typeNameOf(container)
}

function notWritable(container: PyValue, key: PyValue, what: string): PickleError {
  if (layoutOf(container) === 'bytearray') return notIndexed('bytearray', key)
  const typeName = typeNameOf(container)
  return new PickleError('TypeError', `'${typeName}' object does not support item ${what}`)
}

/** What Python says of `container[key]` when the container has no such thing. */
function notSubscriptable(world: World, container: PyValue, key: PyValue): PickleError {
  const layout = layoutOf(container)
  const sequence = sequences[layout]
  if (sequence !== undefined) return notIndexed(sequence, key)
  const isNew = world.release[1] >= 11
  if (layout === 'str') {
    const text = 'string indices must be integers'
    return new PickleError('TypeError', isNew ? `${text}, not '${typeNameOf(key)}'` : text)
  }
  const isClass = container instanceof PyClass && isNew
  const whose = isClass ? `type '${container.name}'` : `'${typeNameOf(container)}' object`
  return new PickleError('TypeError', `${whose} is not subscriptable`)
}
