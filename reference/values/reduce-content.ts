import { PickleError } from '../errors.ts'
import { classAttribute, methodOf } from './attributes.ts'
import { callValue } from './call.ts'
import { copyStr, freshBytes, freshInt, freshTuple } from './fresh.ts'
import { drain, iterate } from './iterate.ts'
import { repr } from './repr.ts'
import { typeNameOf } from './type-of.ts'
import {
  type PyClass,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyList,
  PyObject,
  PySet,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

/** What `__new__` gets besides the class. */
export type NewArguments = { readonly args: PyTuple; readonly keywords: PyDict | undefined }

/**
 * The arguments of the default reduction: `__getnewargs_ex__`, else `__getnewargs__`, else the value
 * inside; undefined for an object with none of these. The methods are looked up on the class.
 *
 * @clause RED-42, RED-49
 * @throws {PickleError} TypeError or ValueError, for a wrong result
 */
export function newArguments(world: World, object: PyObject): NewArguments | undefined {
  const extended = methodOf(world, object, '__getnewargs_ex__')
  if (extended !== undefined) return extendedArguments(callValue(extended, []))
  const plain = methodOf(world, object, '__getnewargs__')
  if (plain === undefined) return builtInArguments(world, object)
  const args = asTuple(callValue(plain, []))
  if (args.tuple === undefined) {
    throw new PickleError('TypeError', `__getnewargs__ should return a tuple, not '${args.found}'`)
  }
  return { args: args.tuple, keywords: undefined }
}

function extendedArguments(answer: PyValue): NewArguments {
  const whole = asTuple(answer)
  if (whole.tuple === undefined) {
    const text = `__getnewargs_ex__ should return a tuple, not '${whole.found}'`
    throw new PickleError('TypeError', text)
  }
  const [first = null, second = null] = whole.tuple.items
  if (whole.tuple.items.length !== 2) {
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
  return { args: args.tuple, keywords }
}

/** The tuple a value is, or the tuple inside an instance of a subclass. */
function asTuple(value: PyValue): { readonly tuple: PyTuple | undefined; readonly found: string } {
  const inner = value instanceof PyObject && value.type.layout === 'tuple' ? value.value : value
  return { tuple: inner instanceof PyTuple ? inner : undefined, found: typeNameOf(value) }
}

function asDict(value: PyValue): PyDict | undefined {
  const inner = value instanceof PyObject && value.type.layout === 'dict' ? value.value : value
  return inner instanceof PyDict ? inner : undefined
}

/** `int.__getnewargs__` and its like: a copy of the value. */
function builtInArguments(world: World, object: PyObject): NewArguments | undefined {
  const { layout } = object.type
  const value = object.value ?? null
  switch (layout) {
    case 'complex':
      return {
        args: value instanceof PyTuple ? partsOfComplex(value) : new PyTuple([]),
        keywords: undefined,
      }
    case 'int':
    case 'float':
    case 'str':
    case 'bytes':
    case 'tuple':
      return { args: new PyTuple([copyOf(world, value)]), keywords: undefined }
    default:
      return undefined
  }
}

/** The two floats of a complex number, new as each access makes them. */
export function partsOfComplex(value: PyTuple): PyTuple {
  return new PyTuple(
    value.items.map((part) =>
      part instanceof PyFloat ? new PyFloat(part.value, part.bits) : part,
    ),
  )
}

/** A new object with the content of an immutable one. */
function copyOf(world: World, value: PyValue): PyValue {
  if (typeof value === 'number' || typeof value === 'bigint') return freshInt(world, value)
  if (value === null || typeof value !== 'object') return value
  switch (value.kind) {
    case 'int':
      return freshInt(world, value.value)
    case 'float':
      return new PyFloat(value.value, value.bits)
    case 'str':
      return copyStr(world, value.content)
    case 'bytes':
      return freshBytes(world, value.data)
    case 'tuple':
      return freshTuple(world, value.items)
    default:
      return value
  }
}

/**
 * `base(object)`, base being the built-in class that an instance derives from.
 *
 * @clause RED-41
 */
export function contentOf(world: World, object: PyObject, base: PyClass): PyValue {
  // A class that lies about itself can make the base one that the object has not.
  if (object.type.layout !== base.layout) return strangerContent(world, object, base)
  switch (base.layout) {
    case 'list':
      return new PyList(drain(iterate(world, object)))
    case 'tuple':
      return freshTuple(world, drain(iterate(world, object)))
    case 'dict':
      return object.value instanceof PyDict
        ? new PyDict([...object.value.keys], [...object.value.values])
        : new PyDict()
    case 'set':
      return new PySet(drain(iterate(world, object)))
    case 'frozenset':
      return new PyFrozenSet(drain(iterate(world, object)))
    case 'int':
    case 'float':
    case 'str':
    case 'bytes':
      return converted(world, object, `__${base.layout}__`)
    default:
      return object.value === undefined ? null : copyOf(world, object.value)
  }
}

/** `base(object)`, for an object that does not derive from the base. */
function strangerContent(world: World, object: PyObject, base: PyClass): PyValue {
  const what = `'${typeNameOf(object)}'`
  const isOld = world.release[1] < 10
  switch (base.layout) {
    case 'exception':
      return new PyObject(base, null, new PyTuple([object]))
    case 'str':
      return new PyStr(repr(world, object))
    case 'type':
      return world.typeOf(object)
    case 'int': {
      const number = isOld ? 'a number' : 'a real number'
      const text = `int() argument must be a string, a bytes-like object or ${number}, not ${what}`
      throw new PickleError('TypeError', text)
    }
    case 'float': {
      const number = isOld ? 'a number' : 'a real number'
      throw new PickleError(
        'TypeError',
        `float() argument must be a string or ${number}, not ${what}`,
      )
    }
    case 'bytes':
    case 'bytearray':
      throw new PickleError('TypeError', `cannot convert ${what} object to ${base.name}`)
    default:
      return iterate(world, object)
  }
}

function converted(world: World, object: PyObject, method: string): PyValue {
  const own = classAttribute(object.type, method)
  if (own === undefined) return copyOf(world, object.value ?? null)
  const bound = methodOf(world, object, method)
  return bound === undefined ? null : callValue(bound, [])
}
