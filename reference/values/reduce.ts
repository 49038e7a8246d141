import { PickleError } from '../errors.ts'
import {
  attributeError,
  findAttribute,
  getAttribute,
  givenAttribute,
  instanceDict,
} from './attributes.ts'
import { callValue } from './call.ts'
import { isException } from './exceptions.ts'
import { wantCopyreg } from './find-global.ts'
import { itemsIterator, iterate } from './iterate.ts'
import { builtInReduction } from './reduce-built-in.ts'
import { contentOf, dictInside, listInside, newArguments } from './reduce-content.ts'
import { reduceFunction } from './reduce-function.ts'
import { saysItIs } from './said-class.ts'
import { defaultState, stateOf } from './state.ts'
import { isTruthy } from './truth.ts'
import { cTypeName, typeNameOf } from './type-of.ts'
import {
  PyClass,
  type PyDict,
  PyFunction,
  PyIterator,
  PyObject,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

/**
 * What the look-up of `__reduce_ex__` on a value gives: `default` is the one that its built-in type
 * or `object` itself defines, for which {@link reduceEx} stands; undefined when there is none.
 *
 * @clause SAVE-25, SAVE-26
 * @throws {PickleError} what a property raises, AttributeError apart
 */
export function reduceExOf(world: World, value: PyValue): 'default' | PyValue | undefined {
  return methodOrDefault(world, value, '__reduce_ex__')
}

/** As {@link reduceExOf}, of `__reduce__`; {@link reduceDefault} stands for the default one. */
export function reduceOf(world: World, value: PyValue): 'default' | PyValue | undefined {
  return methodOrDefault(world, value, '__reduce__')
}

function methodOrDefault(
  world: World,
  value: PyValue,
  name: string,
): 'default' | PyValue | undefined {
  if (!(value instanceof PyObject)) return 'default'
  try {
    const given = givenAttribute(world, value, name)
    return given === undefined ? 'default' : given
  } catch (error) {
    if (isException(error, 'AttributeError')) return undefined
    throw error
  }
}

/**
 * `value.__reduce_ex__(protocol)` where the method is the built-in one.
 *
 * @clause RED-40, RED-48, RED-50
 * @throws {PickleError} TypeError, when the value cannot be pickled; whatever a hook raises
 */
export function reduceEx(world: World, value: PyValue, protocol: number): PyValue {
  return reduceBy(world, value, '__reduce_ex__', protocol)
}

/**
 * `value.__reduce__()` where the method is the built-in one: as at protocol 0, unless the type has
 * a `__reduce__` of its own.
 *
 * @clause SAVE-26
 */
export function reduceDefault(world: World, value: PyValue): PyValue {
  return reduceBy(world, value, '__reduce__', 0)
}

function reduceBy(
  world: World,
  value: PyValue,
  method: '__reduce_ex__' | '__reduce__',
  protocol: number,
): PyValue {
  if (!(value instanceof PyObject)) return reducePlain(world, value, protocol)
  if (value.reduction !== null) return value.reduction(protocol)
  if (method === '__reduce__') {
    return builtInReduction(world, value, method, 2) ?? reduceByConstructor(world, value, protocol)
  }
  return builtInReduction(world, value, method, protocol) ?? objectReduceEx(world, value, protocol)
}

function reducePlain(world: World, value: PyValue, protocol: number): PyValue {
  if (value instanceof PyFunction) return reduceFunction(world, value)
  if (value instanceof PyIterator && value.reduction !== null) {
    return value.reduction()
  }
  if (typeof value === 'object' && value?.kind === 'singleton') {
    return new PyStr(value.name)
  }
  const name = protocol < 2 ? typeNameOf(value) : cTypeName(world.typeOf(value))
  throw new PickleError('TypeError', `cannot pickle '${name}' object`)
}

/**
 * `object.__reduce_ex__`: an overridden `__reduce__` wins, and is looked up on the instance.
 *
 * @clause RED-40
 */
function objectReduceEx(world: World, object: PyObject, protocol: number): PyValue {
  const isOverridden = ownerOf(object.type, '__reduce__') !== world.objectClass
  const reduce = isOverridden ? overriddenReduce(world, object) : undefined
  if (reduce !== undefined) {
    const isBuiltIn = reduce instanceof PyFunction && reduce.library !== undefined
    const own = isBuiltIn ? builtInReduction(world, object, '__reduce__', 2) : undefined
    return own ?? callValue(world, reduce, [])
  }
  return protocol < 2 ? reduceByConstructor(world, object, protocol) : reduceByNew(world, object)
}

/** What ends the interpreter; in PyPy any other exception of a look-up means that there is nothing. */
const passedOn: readonly string[] = ['KeyboardInterrupt', 'SystemExit']

/** @clause PYPY-04 */
function overriddenReduce(world: World, object: PyObject): PyValue | undefined {
  try {
    return findAttribute(world, object, '__reduce__')
  } catch (error) {
    const isPassedOn = !(error instanceof PickleError) || passedOn.includes(error.type)
    if (world.implementation === 'cpython' || isPassedOn) throw error
    return undefined
  }
}

/** The class in the MRO that defines an attribute, built-in methods included. */
function ownerOf(type: PyClass, name: string): PyClass | undefined {
  return type.mro.find((cls) => cls.namespace.has(name) || cls.library?.methods.has(name) === true)
}

/** @clause RED-42, RED-46 */
function reduceByNew(world: World, object: PyObject): PyValue {
  if (world.implementation === 'pypy') return reduceBySaid(world, object)
  const { type } = object
  const given = newArguments(world, object)
  wantCopyreg(world)
  const list = listInside(object)
  const dict = dictInside(object)
  const [maker, args] =
    given?.extended === undefined
      ? ['copyreg:__newobj__', new PyTuple([type, ...(given?.items ?? [])])]
      : ['copyreg:__newobj_ex__', new PyTuple([type, ...given.extended])]
  const state = stateOf(world, object, given === undefined && !list && !dict)
  const listItems = list ? iterate(world, object) : null
  const dictItems = dict ? dictItemsOf(world, object, dict) : null
  return new PyTuple([world.knownFunction(maker), args, state, listItems, dictItems])
}

/**
 * As PyPy does it: by what the object says its class is, whatever it is made of.
 *
 * @clause PYPY-04
 */
function reduceBySaid(world: World, object: PyObject): PyValue {
  const { items, extended } = newArguments(world, object) ?? { items: [] }
  const cls = getAttribute(world, object, '__class__')
  wantCopyreg(world)
  const [maker, args] =
    extended === undefined
      ? ['copyreg:__newobj__', new PyTuple([cls, ...items])]
      : ['copyreg:__newobj_ex__', new PyTuple([cls, ...extended])]
  const state = stateOf(world, object, false)
  const listItems = isSaid(world, object, 'list') ? iterate(world, object) : null
  const dictItems = isSaid(world, object, 'dict') ? saidDictItems(world, object) : null
  return new PyTuple([world.knownFunction(maker), args, state, listItems, dictItems])
}

/** `isinstance(object, cls)`: by its type, else by what it says. */
function isSaid(world: World, object: PyObject, name: 'list' | 'dict'): boolean {
  return object.type.layout === name || saysItIs(world, object, `builtins:${name}`)
}

/** `iter(obj.items())` of what need not be a dict. */
function saidDictItems(world: World, object: PyObject): PyValue {
  const dict = dictInside(object)
  if (dict !== undefined) return dictItemsOf(world, object, dict)
  return iterate(world, callValue(world, getAttribute(world, object, 'items'), []))
}

/** `iter(obj.items())`, by the instance's own `items` if it has one. */
function dictItemsOf(world: World, object: PyObject, dict: PyDict): PyValue {
  const own = findAttribute(world, object, 'items')
  if (own !== undefined) return iterate(world, callValue(world, own, []))
  return itemsIterator(dict)
}

/**
 * `copyreg._reduce_ex`: how instances reduce at protocols 0 and 1.
 *
 * @clause RED-41, RED-45
 * @throws {PickleError} AttributeError, when `__class__` is no class
 */
function reduceByConstructor(world: World, object: PyObject, protocol: number): PyValue {
  wantCopyreg(world)
  const cls = getAttribute(world, object, '__class__')
  if (!(cls instanceof PyClass)) throw attributeError(cls, '__mro__')
  const base = builtInBaseOf(world, cls)
  let content: PyValue = null
  if (base !== world.objectClass) {
    if (base === cls) throw new PickleError('TypeError', `cannot pickle '${cls.name}' object`)
    content = contentOf(world, object, base)
  }
  const args = new PyTuple([cls, base, content])
  const state = stateForConstructor(world, object, cls.name, protocol)
  const maker = world.knownFunction('copyreg:_reconstructor')
  return isTruthy(world, state) ? new PyTuple([maker, args, state]) : new PyTuple([maker, args])
}

/** The first class in the MRO that was not made by a class statement; `object` ends every MRO. */
export function builtInBaseOf(world: World, cls: PyClass): PyClass {
  const isOld = world.release[1] < 9
  // From 3.9 on also a class made in C whose `__new__` is its own.
  const [base = world.objectClass] = cls.mro.filter(
    ({ isHeap, library }) => !isHeap || (!isOld && library?.hasOwnNew),
  )
  return base
}

/**
 * Until 3.10 a `__getstate__` may be missing, and slots are saved only with one; from 3.11 on every
 * object has one, and slots want one of the class.
 */
function stateForConstructor(
  world: World,
  object: PyObject,
  name: string,
  protocol: number,
): PyValue {
  const hasDefault = world.release[1] >= 11
  const own = methodOrDefault(world, object, '__getstate__')
  if (own === undefined || (own === 'default' && !hasDefault)) {
    if (hasSlots(world, object)) throw slotsRefused(world, name, protocol)
    return instanceDict(object) ?? null
  }
  const isOverridden = ownerOf(object.type, '__getstate__') !== world.objectClass
  if (hasDefault && !isOverridden && hasSlots(world, object)) {
    throw slotsRefused(world, name, protocol)
  }
  return own === 'default' ? defaultState(world, object, false) : callValue(world, own, [])
}

function hasSlots(world: World, object: PyObject): boolean {
  return isTruthy(world, findAttribute(world, object, '__slots__') ?? null)
}

/** The refusal of an instance with slots of a class without `__getstate__`. */
export function slotsRefused(world: World, name: string, protocol: number): PickleError {
  const text = 'a class that defines __slots__ without defining __getstate__ cannot be pickled'
  return new PickleError(
    'TypeError',
    world.release[1] < 11
      ? `cannot pickle '${name}' object: ${text} with protocol ${protocol}`
      : text,
  )
}
