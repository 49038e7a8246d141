import { PickleError } from '../errors.ts'
import { findAttribute, givenAttribute, slotAttribute } from './attributes.ts'
import { callValue } from './call.ts'
import { dictStore } from './dict.ts'
import { isException } from './exceptions.ts'
import { wantCopyreg } from './find-global.ts'
import { cTypeName } from './type-of.ts'
import { type PyClass, PyDict, type PyObject, PyStr, PyTuple, type PyValue } from './value.ts'
import type { World } from './world.ts'

/**
 * The state of an object: its own `__getstate__()`, else the default one.
 *
 * @param isRequired the reduction has nothing but the state to tell one object from another, so that
 *   an object with content of its own is refused
 * @clause RED-43
 * @throws {PickleError} TypeError `cannot pickle 'T' object`, and whatever `__getstate__` raises
 */
export function stateOf(world: World, object: PyObject, isRequired: boolean): PyValue {
  const own = ownGetState(world, object)
  return own === undefined ? defaultState(world, object, isRequired) : callValue(world, own, [])
}

/**
 * The `__getstate__` that the object or its class was given; undefined for the default one. Until
 * 3.10 it was looked up as something that may be missing, so an AttributeError meant just that.
 */
function ownGetState(world: World, object: PyObject): PyValue | undefined {
  try {
    return givenAttribute(world, object, '__getstate__')
  } catch (error) {
    if (world.release[1] < 11 && isException(error, 'AttributeError')) return undefined
    throw error
  }
}

/**
 * `object.__getstate__`: the attribute dict unless it is empty, with the slots that are set.
 *
 * @clause RED-43
 */
export function defaultState(world: World, object: PyObject, isRequired: boolean): PyValue {
  const { type, dict } = object
  if (isRequired && type.layout !== 'object') {
    throw new PickleError('TypeError', `cannot pickle '${cTypeName(type)}' object`)
  }
  const state = dict === null || dict.keys.length === 0 ? null : dict
  const names = slotNamesOf(world, type)
  if (names.length === 0) return state
  const slots = new PyDict()
  for (const name of names) {
    // Names of slots are texts without lone surrogates.
    const value = findAttribute(world, object, name.content as string)
    if (value !== undefined) dictStore(slots, name, value)
  }
  return slots.keys.length === 0 ? state : new PyTuple([state, slots])
}

/**
 * `copyreg._slotnames(cls)`: computed once, then kept on the class, so that a mangled name is one
 * object for all instances of the class.
 *
 * @clause RED-43
 */
export function slotNamesOf(world: World, cls: PyClass): readonly PyStr[] {
  if (cls.slotNames !== null) return cls.slotNames
  wantCopyreg(world)
  const names: PyStr[] = []
  for (const base of cls.mro) {
    for (const slot of base.slots ?? []) {
      if (slot === '__dict__' || slot === '__weakref__') continue
      const attribute = slotAttribute(base, slot)
      names.push(attribute === slot ? world.intern(slot) : new PyStr(attribute))
    }
  }
  // A class of the library is the same in other worlds, whose names are others.
  if (cls.library === null) cls.slotNames = names
  return names
}
