import { decodeLatin1 } from '../codecs/single-byte.ts'
import { getAttribute, instanceDict } from './attributes.ts'
import { copyStr, freshBytes, freshTuple } from './fresh.ts'
import { drain, iterate } from './iterate.ts'
import { stateOf } from './state.ts'
import {
  PyByteArray,
  type PyClass,
  PyDict,
  PyList,
  type PyObject,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

type Reducer = (world: World, object: PyObject) => PyValue

/** The library classes that define `__reduce_ex__` or `__reduce__`, and how they reduce. */
const reducers: Readonly<
  Record<'__reduce_ex__' | '__reduce__', ReadonlyMap<string | undefined, Reducer>>
> = {
  __reduce__: new Map([
    ['builtins:set', reduceSet],
    ['builtins:frozenset', reduceSet],
    ['builtins:BaseException', reduceException],
  ]),
  __reduce_ex__: new Map([['enum:Enum', reduceEnumMember]]),
}

/**
 * What the `__reduce_ex__` or `__reduce__` of a built-in type gives; undefined when the first class
 * in the MRO that defines the method is `object` itself.
 *
 * @clause RED-47, RED-50
 */
export function builtInReduction(
  world: World,
  object: PyObject,
  method: '__reduce_ex__' | '__reduce__',
  protocol: number,
): PyValue | undefined {
  const { type, value } = object
  if (value instanceof PyByteArray && isByteArrays(world, type, method)) {
    return reduceByteArray(world, object, value.data, protocol)
  }
  const owner = type.mro.find(({ library }) => library?.methods.has(method))
  return reducers[method].get(owner?.library?.name)?.(world, object)
}

/**
 * Whether the method is that of bytearray: CPython's has both, that of PyPy only `__reduce__`, which
 * a class may override.
 */
function isByteArrays(world: World, type: PyClass, method: string): boolean {
  if (world.implementation === 'cpython') return true
  return method === '__reduce__' || !type.mro.some(({ namespace }) => namespace.has('__reduce__'))
}

/** Until 3.10 the attribute dict as it is, if empty too; then what `__getstate__` gives. */
function stateOfBuiltIn(world: World, object: PyObject): PyValue {
  if (world.release[1] >= 11) return stateOf(world, object, false)
  return instanceDict(object) ?? null
}

/** @clause RED-47 */
function reduceSet(world: World, object: PyObject): PyValue {
  const members = drain(iterate(world, object))
  // PYPY-04  There the members are a tuple.
  const args = world.implementation === 'pypy' ? freshTuple(world, members) : new PyList(members)
  return new PyTuple([object.type, new PyTuple([args]), stateOfBuiltIn(world, object)])
}

/** In PyPy each has an attribute dict. @clause RED-47 PYPY-04 */
function reduceByteArray(
  world: World,
  object: PyObject,
  data: Uint8Array,
  protocol: number,
): PyValue {
  const none = world.implementation === 'pypy' ? new PyDict() : null
  const state = stateOfBuiltIn(world, object) ?? none
  return new PyTuple([object.type, byteArrayArguments(world, data, protocol), state])
}

/** PyPy has the form with text at every protocol. @clause PYPY-04 */
function byteArrayArguments(world: World, data: Uint8Array, protocolOfCPython: number): PyTuple {
  const protocol = world.implementation === 'pypy' ? 0 : protocolOfCPython
  // Until 3.10 only the form with bytes had a short one.
  if (data.length === 0 && (protocol >= 3 || world.release[1] >= 11)) return world.emptyTuple
  if (protocol >= 3) return new PyTuple([freshBytes(world, data.slice())])
  const [first = 0] = data
  const text = data.length === 1 ? world.latin1Character(first) : copyStr(world, decodeLatin1(data))
  return new PyTuple([text, codecName(world)])
}

/** A new str each time; in PyPy a constant. */
const codecName = (world: World): PyStr =>
  world.implementation === 'pypy' ? world.intern('latin-1') : new PyStr('latin-1')

/** Arguments, and the attribute dict once there is one. */
function reduceException(world: World, object: PyObject): PyValue {
  const { type, value: args = world.emptyTuple, dict } = object
  return new PyTuple(dict === null ? [type, args] : [type, args, dict])
}

/** @clause RED-50 */
function reduceEnumMember(world: World, object: PyObject): PyValue {
  const { release } = world
  const cls = getAttribute(world, object, '__class__')
  // 3.11.0 to 3.11.3 find a member by its name again, all others by its value.
  if (release[1] === 11 && release[2] < 4) {
    const named = new PyTuple([cls, getAttribute(world, object, '_name_')])
    return new PyTuple([world.knownFunction('builtins:getattr'), named])
  }
  return new PyTuple([cls, new PyTuple([getAttribute(world, object, '_value_')])])
}
