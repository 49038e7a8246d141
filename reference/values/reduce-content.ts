import { PickleError } from '../errors.ts'
import { methodOf } from './attributes.ts'
import { callValue } from './call.ts'
import { dictStore } from './dict.ts'
import { isException } from './exceptions.ts'
import { copyStr, freshBytes, freshFloat, freshInt, freshTuple } from './fresh.ts'
import { indexOf } from './index-of.ts'
import { drain, iterate } from './iterate.ts'
import { mostMemory, outOfMemory } from './memory.ts'
import { noPair } from './no-pair.ts'
import { isEnum } from './repr.ts'
import { str } from './str.ts'
import { typeNameOf } from './type-of.ts'
import {
  type Layout,
  PyBytes,
  type PyClass,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyInt,
  type PyIterator,
  PyList,
  PyObject,
  PySet,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

/** What `__new__` gets besides the class. */
export type NewArguments = {
  readonly items: readonly PyValue[]
  /** The tuple and the dict as `__getnewargs_ex__` gave them, when there are keywords. */
  readonly extended?: readonly [args: PyValue, keywords: PyValue]
}

/**
 * The arguments of the default reduction: `__getnewargs_ex__`, else `__getnewargs__`, else the value
 * inside; undefined for an object with none of these. The methods are looked up on the class.
 *
 * @clause RED-42, RED-49
 * @throws {PickleError} TypeError or ValueError, for a wrong result
 */
export function newArguments(world: World, object: PyObject): NewArguments | undefined {
  const extended = methodOf(world, object, '__getnewargs_ex__')
  if (extended !== undefined) return extendedArguments(callValue(world, extended, []))
  const plain = methodOf(world, object, '__getnewargs__')
  if (plain === undefined) return builtInArguments(world, object)
  const args = asTuple(callValue(world, plain, []))
  if (args.tuple === undefined) {
    throw new PickleError('TypeError', `__getnewargs__ should return a tuple, not '${args.found}'`)
  }
  return { items: args.tuple.items }
}

function extendedArguments(answer: PyValue): NewArguments {
  const whole = asTuple(answer)
  if (whole.tuple === undefined) {
    const text = `__getnewargs_ex__ should return a tuple, not '${whole.found}'`
    throw new PickleError('TypeError', text)
  }
  const [first, second] = whole.tuple.items
  if (first === undefined || second === undefined || whole.tuple.items.length > 2) {
    const text = `__getnewargs_ex__ should return a tuple of length 2, not ${whole.tuple.items.length}`
    throw new PickleError('ValueError', text)
  }
  const args = asTuple(first)
  const item = 'item of the tuple returned by __getnewargs_ex__ must be a'
  if (args.tuple === undefined) {
    throw new PickleError('TypeError', `first ${item} tuple, not '${args.found}'`)
  }
  const keywords = asDict(second)
  if (keywords === undefined) {
    throw new PickleError('TypeError', `second ${item} dict, not '${typeNameOf(second)}'`)
  }
  const { items } = args.tuple
  return keywords.keys.length === 0 ? { items } : { items, extended: [first, second] }
}

/** The tuple a value is, or the tuple inside an instance of a subclass. */
function asTuple(value: PyValue): { readonly tuple: PyTuple | undefined; readonly found: string } {
  const inner = value instanceof PyObject && value.type.layout === 'tuple' ? value.value : value
  return { tuple: inner instanceof PyTuple ? inner : undefined, found: typeNameOf(value) }
}

function asDict(value: PyValue): PyDict | undefined {
  if (value instanceof PyObject) return dictInside(value)
  return value instanceof PyDict ? value : undefined
}

/** The dict inside an instance of a subclass of dict. */
export function dictInside({ value }: PyObject): PyDict | undefined {
  return value instanceof PyDict ? value : undefined
}

/** The list inside an instance of a subclass of list. */
export function listInside({ value }: PyObject): PyList | undefined {
  return value instanceof PyList ? value : undefined
}

const copied: ReadonlySet<Layout> = new Set(['int', 'float', 'str', 'bytes', 'tuple'])

/** `int.__getnewargs__` and its like: a copy of the value. */
function builtInArguments(world: World, object: PyObject): NewArguments | undefined {
  const { type, value } = object
  if (value === undefined) return undefined
  if (type.layout === 'complex' && value instanceof PyTuple) {
    return { items: partsOfComplex(world, value).items }
  }
  if (!copied.has(type.layout)) return undefined
  return { items: [copyOf(world, value)] }
}

/** The two floats of a complex number, new as each access makes them. */
export function partsOfComplex(world: World, { items }: PyTuple): PyTuple {
  const floats = items.filter((part) => part instanceof PyFloat)
  return new PyTuple(floats.map((float) => copyOfFloat(world, float)))
}

function copyOfFloat(world: World, { value, bits }: PyFloat): PyFloat {
  return freshFloat(world, value, bits)
}

/** A new object with the content of an immutable one; PyPy has that very content. @clause PYPY-02 */
function copyOf(world: World, value: PyValue): PyValue {
  if (world.implementation === 'pypy') return value
  if (typeof value === 'number' || typeof value === 'bigint') return freshInt(world, value)
  if (value instanceof PyInt) return freshInt(world, value.value)
  if (value instanceof PyFloat) return copyOfFloat(world, value)
  if (value instanceof PyStr) return copyStr(world, value.content)
  if (value instanceof PyBytes) return freshBytes(world, value.data)
  if (value instanceof PyTuple) return freshTuple(world, value.items)
  return value
}

/**
 * `base(object)`, base being the first built-in class in the MRO of what the object says its class
 * is; what it says may be a lie, and it a stranger to the base.
 *
 * @clause RED-41
 * @throws {PickleError} TypeError or ValueError, when it cannot be made into one
 */
export function contentOf(world: World, object: PyObject, base: PyClass): PyValue {
  const isStranger = object.type.layout !== base.layout
  switch (base.layout) {
    case 'list':
      return new PyList(drain(iterate(world, object)))
    case 'tuple':
      return freshTuple(world, drain(iterate(world, object)))
    case 'dict':
      return dictFrom(world, object)
    case 'set':
      return new PySet(drain(iterate(world, object)))
    case 'frozenset':
      return new PyFrozenSet(drain(iterate(world, object)))
    case 'exception':
      return new PyObject(base, null, new PyTuple([object]))
    case 'type':
      return object.type
    case 'str':
      return isStranger ? new PyStr(str(world, object)) : textOf(world, object)
    case 'bytes':
      return bytesFrom(world, object, base)
    default:
      if (!isStranger) return converted(world, object, `__${base.layout}__`)
      return numberFrom(world, object, base)
  }
}

/**
 * `bytes(object)`. Without a `__bytes__`, which bytes have from 3.11 on, what gives an index stands
 * for so many zeros, and a single byte is a new object. An index that is none is passed over.
 */
function bytesFrom(world: World, object: PyObject, base: PyClass): PyValue {
  const isStranger = object.type.layout !== base.layout
  const isAsked = world.release[1] >= 11 || methodOf(world, object, '__bytes__') !== undefined
  if (isAsked && !isStranger) return converted(world, object, '__bytes__')
  const count = countOf(world, object)
  if (count !== undefined) return newBytes(world, new Uint8Array(count))
  const { value } = object
  if (isStranger || !(value instanceof PyBytes)) throw notConvertible(world, object, base)
  return world.implementation === 'pypy' ? value : newBytes(world, value.data)
}

const newBytes = (world: World, data: Uint8Array): PyBytes =>
  data.length === 0 ? world.emptyBytes : new PyBytes(data)

/** A length of bytes that can be had; undefined for what gives none. */
function countOf(world: World, object: PyObject): number | undefined {
  let index: number | bigint | undefined
  try {
    index = indexOf(world, object)
  } catch (error) {
    if (isException(error, 'TypeError')) return undefined
    throw error
  }
  if (index === undefined) return undefined
  if (index >= 2n ** 63n || index < -(2n ** 63n)) {
    const text = `cannot fit '${typeNameOf(object)}' into an index-sized integer`
    throw new PickleError('OverflowError', text)
  }
  if (index < 0) throw new PickleError('ValueError', 'negative count')
  if (index > mostMemory) throw outOfMemory()
  return Number(index)
}

/** `int(object)` and `float(object)` of what is none, by its index. */
function numberFrom(world: World, object: PyObject, base: PyClass): PyValue {
  const index = base.layout === 'bytearray' ? undefined : indexOf(world, object)
  if (index === undefined) throw notConvertible(world, object, base)
  return base.layout === 'float' ? new PyFloat(Number(index)) : index
}

/** `dict(object)`: a copy, or made of the pairs that an iteration gives. */
function dictFrom(world: World, object: PyObject): PyDict {
  const inside = dictInside(object)
  if (inside !== undefined) return new PyDict([...inside.keys], [...inside.values])
  const made = new PyDict()
  drain(iterate(world, object)).forEach((item, at) => {
    const pair = drain(itemOfPairs(world, item, at))
    const [key, value] = pair
    if (key === undefined || value === undefined || pair.length > 2) {
      const text = `dictionary update sequence element #${at} has length ${pair.length}; 2 is required`
      throw new PickleError('ValueError', text)
    }
    dictStore(made, key, value)
  })
  return made
}

/** The iterator of what should be a pair. */
function itemOfPairs(world: World, item: PyValue, at: number): PyIterator {
  try {
    return iterate(world, item)
  } catch (error) {
    if (!isException(error, 'TypeError')) throw error
    throw noPair(world, at)
  }
}

const wanted: Partial<Readonly<Record<Layout, string>>> = {
  int: 'a string, a bytes-like object or',
  float: 'a string or',
}

/** Why `base(object)` fails for an object that is no number, text, buffer or iterable. */
function notConvertible(world: World, object: PyObject, base: PyClass): PickleError {
  const what = `'${typeNameOf(object)}'`
  const kinds = wanted[base.layout]
  if (kinds === undefined) {
    return new PickleError('TypeError', `cannot convert ${what} object to ${base.name}`)
  }
  const number = world.release[1] < 10 ? 'a number' : 'a real number'
  const text = `${base.layout}() argument must be ${kinds} ${number}, not ${what}`
  return new PickleError('TypeError', text)
}

/** `str(object)`, which of a member of an enum is its name. */
function textOf(world: World, object: PyObject): PyValue {
  const isNamed = isEnum(object.type) && methodOf(world, object, '__str__') === undefined
  return isNamed ? new PyStr(str(world, object)) : converted(world, object, '__str__')
}

/** By the object's own `__int__`, `__str__` and so on, else a copy of the value. */
function converted(world: World, object: PyObject, method: string): PyValue {
  const own = methodOf(world, object, method)
  const { value = null } = object
  return own === undefined ? copyOf(world, value) : callValue(world, own, [])
}
