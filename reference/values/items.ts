import { PickleError } from '../errors.ts'
import { attributeError, methodOf } from './attributes.ts'
import { callValue } from './call.ts'
import { dictDelete, dictLookup, dictStore } from './dict.ts'
import { isException } from './exceptions.ts'
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
  if (override !== undefined) return callValue(override, [key])
  const storage = storageOf(container)
  if (storage === undefined) throw notSubscriptable(world, container, key)
  for (const mapping of storage) {
    const found = findItem(world, mapping, key)
    if (found !== undefined) return found
  }
  const missing = methodOf(world, container, '__missing__')
  if (missing !== undefined) return callValue(missing, [key])
  if (container.type.library?.name === 'collections:defaultdict') {
    return makeDefault(world, container, key)
  }
  throw keyError(world, key)
}

/**
 * `container.get(key, …)`; undefined when it answers the default, which is never called for.
 *
 * @clause DISP-03
 * @throws {PickleError} AttributeError when the container has no `get`
 */
export function callGet(
  world: World,
  container: PyValue,
  key: PyValue,
  absent: PyValue,
): PyValue | undefined {
  if (container instanceof PyDict) return dictLookup(container, key)
  if (container instanceof PyObject) {
    const override = methodOf(world, container, 'get')
    if (override !== undefined) {
      const answer = callValue(override, [key, absent])
      return answer === absent ? undefined : answer
    }
    const storage = storageOf(container)
    for (const mapping of storage ?? []) {
      const found = findItem(world, mapping, key)
      if (found !== undefined) return found
    }
    if (storage !== undefined) return undefined
  }
  throw attributeError(container, 'get')
}

/** `container[key] = value`, for the mappings that allow it and for lists. */
export function setItem(container: PyValue, key: PyValue, value: PyValue): void {
  const target = container instanceof PyObject ? writableStorage(container) : container
  if (target instanceof PyDict) {
    dictStore(target, key, value)
    return
  }
  if (target instanceof PyList) {
    target.items[listPosition(target, key, 'assignment ')] = value
    return
  }
  const what = typeNameOf(container)
  throw new PickleError('TypeError', `'${what}' object does not support item assignment`)
}

/** `del container[key]`. */
export function deleteItem(world: World, container: PyValue, key: PyValue): void {
  const target = container instanceof PyObject ? writableStorage(container) : container
  if (target instanceof PyDict) {
    if (!dictDelete(target, key)) throw deletionError(world, container, key)
    return
  }
  if (target instanceof PyList) {
    target.items.splice(listPosition(target, key, 'assignment '), 1)
    return
  }
  const what = typeNameOf(container)
  throw new PickleError('TypeError', `'${what}' object does not support item deletion`)
}

/** A ChainMap says where it looked, while it handles the KeyError of its first mapping. */
function deletionError(world: World, container: PyValue, key: PyValue): PickleError {
  const context = keyError(world, key)
  const isChain =
    container instanceof PyObject &&
    container.type.mro.some((cls) => cls.library?.name === 'collections:ChainMap')
  if (!isChain) return context
  const text = `Key not found in the first mapping: ${repr(world, key)}`
  return new PickleError('KeyError', repr(world, new PyStr(text)), { context })
}

/** The KeyError for a key that is absent; its text is the repr of the key. */
export function keyError(world: World, key: PyValue): PickleError {
  return new PickleError('KeyError', repr(world, key))
}

/** The mappings in which an object of the library looks a key up, in order. */
function storageOf(object: PyObject): readonly PyValue[] | undefined {
  if (object.value === undefined) return undefined
  if (object.type.layout === 'dict') return [object.value]
  for (const { library } of object.type.mro) {
    if (library?.name === 'collections:UserDict' || library?.name === 'builtins:mappingproxy') {
      return [object.value]
    }
    if (library?.name === 'collections:ChainMap') {
      return object.value instanceof PyList ? object.value.items : []
    }
  }
  return undefined
}

function writableStorage(object: PyObject): PyValue {
  if (object.type.mro.some((cls) => cls.library?.name === 'builtins:mappingproxy')) return object
  if (object.type.layout === 'list') return object.value ?? object
  return storageOf(object)?.[0] ?? object
}

function findItem(world: World, mapping: PyValue, key: PyValue): PyValue | undefined {
  if (mapping instanceof PyDict) return dictLookup(mapping, key)
  try {
    return getItem(world, mapping, key)
  } catch (error) {
    if (isException(error, 'KeyError')) return undefined
    throw error
  }
}

function makeDefault(world: World, container: PyObject, key: PyValue): PyValue {
  const factory = container.slots?.get('default_factory') ?? null
  if (factory === null) throw keyError(world, key)
  const made = callValue(factory, [])
  if (container.value instanceof PyDict) dictStore(container.value, key, made)
  return made
}

function listPosition(list: PyList, key: PyValue, use: string): number {
  const index = typeof key === 'number' ? key : typeof key === 'boolean' ? Number(key) : undefined
  if (index === undefined) {
    const what = typeNameOf(key)
    throw new PickleError('TypeError', `list indices must be integers or slices, not ${what}`)
  }
  const at = index < 0 ? index + list.items.length : index
  if (at < 0 || at >= list.items.length) {
    throw new PickleError('IndexError', `list ${use}index out of range`)
  }
  return at
}

/** What Python says of `container[key]` when the container has no such thing. */
function notSubscriptable(world: World, container: PyValue, key: PyValue): PickleError {
  const what = typeNameOf(key)
  switch (typeNameOf(container)) {
    case 'list':
      return new PickleError('TypeError', `list indices must be integers or slices, not ${what}`)
    case 'tuple':
      return new PickleError('TypeError', `tuple indices must be integers or slices, not ${what}`)
    case 'bytes':
      return new PickleError('TypeError', `byte indices must be integers or slices, not ${what}`)
    case 'bytearray':
      return new PickleError(
        'TypeError',
        `bytearray indices must be integers or slices, not ${what}`,
      )
    case 'str': {
      const text = 'string indices must be integers'
      return new PickleError('TypeError', world.release[1] < 11 ? text : `${text}, not '${what}'`)
    }
    default: {
      const isClass = container instanceof PyClass && world.release[1] >= 9
      const whose = isClass ? `type '${container.name}'` : `'${typeNameOf(container)}' object`
      return new PickleError('TypeError', `${whose} is not subscriptable`)
    }
  }
}
