import {
  attributeError,
  classAttribute,
  findAttribute,
  functionDict,
  instanceDict,
  setAttribute,
} from '../values/attributes.ts'
import { saysItIs } from '../values/said-class.ts'
import { isTruthy } from '../values/truth.ts'
import { typeNameOf } from '../values/type-of.ts'
import {
  type LibraryTraits,
  PyClass,
  type PyDict,
  PyFunction,
  PyObject,
  PyStr,
  type PyValue,
} from '../values/value.ts'
import { callLoaded } from './call.ts'
import { emptyDict } from './containers.ts'
import { dictOf, entriesOf, tupleOf } from './contents.ts'
import { typeError, unpicklingError } from './errors.ts'
import { setExceptionState } from './exceptions.ts'
import { PyPersistent, PyRecorded, PySymbol } from './recorded.ts'
import { storeItem } from './store.ts'
import type { Unpickling } from './unpickling.ts'

/**
 * Sets the state of an object: by its `__setstate__`, else its attributes and slots one by one.
 *
 * @clause UNP-12 UNP-20 OP-BUILD
 */
export function loadBuild(u: Unpickling): void {
  const state = u.pop()
  const object = u.top()
  if (object instanceof PyRecorded || object instanceof PySymbol) {
    object.done.push(['state', [state]])
    return
  }
  if (setByMethod(u, object, state)) return
  const pair = tupleOf(state)
  if (pair === undefined && !u.isC && saysItIs(u.world, state, 'builtins:tuple')) {
    throw typeError(`object of type '${typeNameOf(state)}' has no len()`)
  }
  const [inner = null, slots] = pair?.items.length === 2 ? pair.items : [state]
  if (u.profile.stateChecks === 'types') {
    if (inner !== null) {
      const attributes = dictOf(inner)
      if (attributes === undefined) throw unpicklingError('state is not a dictionary')
      setAttributes(u, object, attributes)
    }
    if (slots === undefined) return
    const given = dictOf(slots)
    if (given === undefined) throw unpicklingError('slot state is not a dictionary')
    setSlots(u, object, given)
  } else {
    if (isTruthy(u.world, inner)) setAttributes(u, object, inner)
    if (slots !== undefined && isTruthy(u.world, slots)) setSlots(u, object, itemsOf(u, slots))
  }
}

/** Calls `__setstate__`, if there is one. */
function setByMethod(u: Unpickling, object: PyValue, state: PyValue): boolean {
  if (object instanceof PyObject && object.type.layout === 'exception') {
    const own = classAttribute(object.type, '__setstate__')
    if (own === undefined || (own instanceof PyFunction && own.library !== undefined)) {
      setExceptionState(u, object, state)
      return true
    }
  }
  const method = findAttribute(u.world, object, '__setstate__')
  if (method === undefined) return false
  if (method === null && u.profile.noneSetState === 'absent') return false
  if (method instanceof PyFunction && method.library !== undefined && object instanceof PyClass) {
    const found = typeNameOf(state)
    throw typeError(
      `descriptor '__setstate__' for 'BaseException' objects doesn't apply to a '${found}' object`,
    )
  }
  callLoaded(u, method, [state])
  return true
}

/** What `state.items()` gives. */
function itemsOf(u: Unpickling, state: PyValue): PyDict {
  const dict = dictOf(state)
  if (dict !== undefined) return dict
  const mapping = state instanceof PyClass ? state.mro.find(isMapping) : undefined
  if (mapping !== undefined) throw typeError(unboundItems(u, mapping))
  throw attributeError(state, 'items')
}

/** Classes with a method `items` of their own. */
const mappings: readonly string[] = ['builtins:dict', 'collections:OrderedDict']

type OfLibrary = PyClass & { readonly library: LibraryTraits }

const isMapping = (cls: PyClass): cls is OfLibrary =>
  cls.library !== null && mappings.includes(cls.library.name)

/** `items` of a class, which is called without an object. */
function unboundItems({ world }: Unpickling, { library, name }: OfLibrary): string {
  if (world.release[1] >= 9) return `unbound method ${name}.items() needs an argument`
  const whole = library.name.replace(/^builtins:/, '').replace(':', '.')
  return `descriptor 'items' of '${whole}' object needs an argument`
}

function setAttributes(u: Unpickling, object: PyValue, state: PyValue): void {
  const attributes = attributesOf(object)
  const given = itemsOf(u, state)
  // None of the keys of a dict equals another: where there is no attribute yet, nothing is searched.
  const isNew = attributes?.keys.length === 0
  for (let at = 0; at < given.keys.length; at++) {
    if (attributes === null) {
      throw typeError("'mappingproxy' object does not support item assignment")
    }
    const name = interned(u, given.keys[at] as PyValue) // in range
    const value = given.values[at] as PyValue
    if (!isNew) storeItem(u, attributes, name, value)
    else {
      attributes.keys.push(name)
      attributes.values.push(value)
    }
  }
}

/** A name as attributes have it. */
function interned(u: Unpickling, key: PyValue): PyValue {
  const isText = key instanceof PyStr && typeof key.content === 'string'
  return isText ? u.world.intern(key.content as string) : key
}

/** `object.__dict__`; null for the one of a class, in which nothing can be stored. */
function attributesOf(object: PyValue): PyDict | null {
  if (object instanceof PyClass) return null
  const isGiven = object instanceof PyObject && !(object instanceof PyPersistent)
  const dict = isGiven
    ? instanceDict(object, emptyDict)
    : object instanceof PyFunction
      ? functionDict(object)
      : undefined
  if (dict === undefined) throw attributeError(object, '__dict__')
  return dict
}

/** `setattr` for each. */
function setSlots(u: Unpickling, object: PyValue, given: PyDict): void {
  for (const [key, value] of entriesOf(given)) setSlot(u, object, key, value)
}

function setSlot(u: Unpickling, object: PyValue, key: PyValue, value: PyValue): void {
  if (!(key instanceof PyStr)) {
    throw typeError(`attribute name must be string, not '${typeNameOf(key)}'`)
  }
  const name = String(key.content)
  if (object instanceof PyPersistent) {
    if (name !== 'pid') throw attributeError(object, name)
    object.pid = value
  } else if (object instanceof PyObject) setAttribute(u.world, object, name, value)
  else if (object instanceof PyClass) {
    throw typeError(
      u.world.release[1] < 10
        ? `can't set attributes of built-in/extension type '${object.name}'`
        : `cannot set '${name}' attribute of immutable type '${object.name}'`,
    )
  } else {
    const attributes = object instanceof PyFunction ? functionDict(object) : undefined
    if (attributes === undefined) throw attributeError(object, name)
    storeItem(u, attributes, u.world.intern(name), value)
  }
}
