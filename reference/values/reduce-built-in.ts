import { decodeLatin1 } from '../codecs/single-byte.ts'
import { getAttribute, instanceDict } from './attributes.ts'
import { dictStore } from './dict.ts'
import { copyStr, freshBytes, freshTuple } from './fresh.ts'
import { drain, iterate } from './iterate.ts'
import { stateOf } from './state.ts'
import {
  PyByteArray,
  PyDict,
  PyList,
  type PyObject,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

type Reducer = (world: World, object: PyObject, protocol: number) => PyValue

/** The library classes that define `__reduce_ex__` or `__reduce__`, and how they reduce. */
const reducers: Readonly<Record<string, Reducer>> = {
  'builtins:set.__reduce__': reduceSet,
  'builtins:frozenset.__reduce__': reduceSet,
  'builtins:bytearray.__reduce_ex__': reduceByteArray,
  'builtins:bytearray.__reduce__': reduceByteArray,
  'builtins:BaseException.__reduce__': reduceException,
  'builtins:OSError.__reduce__': reduceOsError,
  'builtins:ImportError.__reduce__': reduceException,
  'builtins:AttributeError.__reduce__': reduceAttributeError,
  'enum:Enum.__reduce_ex__': reduceEnumMember,
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
  for (const { library } of object.type.mro) {
    if (library?.methods.has(method) !== true) continue
    return reducers[`${library.name}.${method}`]?.(world, object, protocol)
  }
  return undefined
}

/** Until 3.10 the attribute dict as it is, if empty too; then what `__getstate__` gives. */
function stateOfBuiltIn(world: World, object: PyObject): PyValue {
  if (world.release[1] >= 11) return stateOf(world, object, false)
  return instanceDict(object) ?? null
}

/** @clause RED-47 */
function reduceSet(world: World, object: PyObject): PyValue {
  const members = new PyTuple([new PyList(drain(iterate(world, object)))])
  return new PyTuple([object.type, members, stateOfBuiltIn(world, object)])
}

/** @clause RED-47 */
function reduceByteArray(world: World, object: PyObject, protocol: number): PyValue {
  const state = stateOfBuiltIn(world, object)
  const data = object.value instanceof PyByteArray ? object.value.data : new Uint8Array(0)
  return new PyTuple([object.type, byteArrayArguments(world, data, protocol), state])
}

function byteArrayArguments(world: World, data: Uint8Array, protocol: number): PyTuple {
  // Until 3.10 only the form with bytes had a short one.
  if (data.length === 0 && (protocol >= 3 || world.release[1] >= 11)) return world.emptyTuple
  if (protocol >= 3) return new PyTuple([freshBytes(world, data.slice())])
  const [first = 0] = data
  const text = data.length === 1 ? world.latin1Character(first) : copyStr(world, decodeLatin1(data))
  return new PyTuple([text, new PyStr('latin-1')])
}

/** Arguments, and the attribute dict once there is one. */
function reduceException(_world: World, object: PyObject): PyValue {
  return exceptionTuple(object, object.value ?? null)
}

function exceptionTuple(object: PyObject, args: PyValue): PyValue {
  return new PyTuple(object.dict === null ? [object.type, args] : [object.type, args, object.dict])
}

/** The first two arguments are kept apart from the file names, and put together again. */
function reduceOsError(world: World, object: PyObject): PyValue {
  const args = object.value instanceof PyTuple ? object.value.items : []
  const hasFileName = args.length >= 3 && args.length <= 5
  return exceptionTuple(object, hasFileName ? freshTuple(world, args) : (object.value ?? null))
}

/** From 3.12 its state holds what it was raised about, its arguments among them. */
function reduceAttributeError(world: World, object: PyObject): PyValue {
  const args = object.value ?? null
  const state = new PyDict([...(object.dict?.keys ?? [])], [...(object.dict?.values ?? [])])
  dictStore(state, world.intern('args'), args)
  return new PyTuple([object.type, args, state])
}

/** @clause RED-50 */
function reduceEnumMember(world: World, object: PyObject): PyValue {
  const { release } = world
  // 3.11.0 to 3.11.3 find a member by its name again, all others by its value.
  if (release[1] === 11 && release[2] < 4) {
    const named = [getAttribute(world, object, '__class__'), object.slots?.get('_name_') ?? null]
    return new PyTuple([world.knownFunction('builtins:getattr'), new PyTuple(named)])
  }
  const value = object.slots?.get('_value_') ?? null
  return new PyTuple([getAttribute(world, object, '__class__'), new PyTuple([value])])
}
