import { floatOfBits, parseFloatText } from '../codecs/float.ts'
import { maxDecimalDigits } from '../codecs/int-text.ts'
import { type PythonInt, pythonInt } from '../codecs/long.ts'
import { decodeLatin1 } from '../codecs/single-byte.ts'
import { textOfStr } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { freshBytes, freshInt } from '../values/fresh.ts'
import { outOfMemory } from '../values/memory.ts'
import { repr } from '../values/repr.ts'
import { isTruthy } from '../values/truth.ts'
import { typeNameOf } from '../values/type-of.ts'
import {
  PyBuffer,
  PyByteArray,
  PyBytes,
  PyFloat,
  PyObject,
  PyStr,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import { decodeWith, encodeWith } from './codecs.ts'
import { parseComplex } from './complex-text.ts'
import type { Constructor, Given } from './constructor.ts'
import { contentOf, entriesOf, innerOf } from './contents.ts'
import { makeDate } from './dates.ts'
import { elementsOf } from './elements.ts'
import { typeError, valueError } from './errors.ts'
import { maxSizes } from './input.ts'
import { intOf } from './ints.ts'
import { PyMemoryView } from './memory-view.ts'
import { partsObject } from './ranges.ts'
import { strOf } from './strings.ts'
import type { Unpickling } from './unpickling.ts'

/** More zeros than this are not made of a count. Latitude: what memory holds. */
const mostZeros = 0x1000_0000

const index = (value: PyValue): PythonInt => {
  const int = intOf(value)
  if (int !== undefined) return int
  throw typeError(`'${typeNameOf(value)}' object cannot be interpreted as an integer`)
}

/**
 * The positional arguments followed by those that are named, in the order of the parameters;
 * one that takes no name is null.
 */
function parameters(
  name: string,
  { args, keywords }: Given,
  names: readonly (string | null)[],
): PyValue[] {
  const found: PyValue[] = [...args]
  if (args.length > names.length) {
    throw typeError(`${name}() takes at most ${names.length} arguments (${args.length} given)`)
  }
  for (const [key, value] of keywords === null ? [] : entriesOf(keywords)) {
    if (!(key instanceof PyStr)) throw typeError('keywords must be strings')
    const text = String(key.content)
    const place = names.indexOf(text)
    if (place < args.length) {
      throw typeError(`'${text}' is an invalid keyword argument for ${name}()`)
    }
    found[place] = value
  }
  return found
}

function positional(name: string, given: Given, least: number, most: number): readonly PyValue[] {
  const { args, keywords } = given
  if ((keywords?.keys.length ?? 0) > 0) throw typeError(`${name}() takes no keyword arguments`)
  const plural = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`
  if (args.length < least) {
    throw typeError(`${name} expected at least ${plural(least)}, got ${args.length}`)
  }
  if (args.length > most) {
    throw typeError(`${name} expected at most ${plural(most)}, got ${args.length}`)
  }
  return args
}

/** The bytes of a value that is a buffer. */
function bufferOf(value: PyValue): Uint8Array | undefined {
  if (value instanceof PyMemoryView) return value.data
  return value instanceof PyBuffer ? (value.data ?? undefined) : byteStringOf(value)
}

/** The bytes of a bytes object or a bytearray. */
function byteStringOf(value: PyValue): Uint8Array | undefined {
  const inner = contentOf(value)
  return inner instanceof PyBytes || inner instanceof PyByteArray ? inner.data : undefined
}

/** The text of a str, also inside an instance of a subclass. */
function textOf(value: PyValue): string | undefined {
  const inner = contentOf(value)
  return inner instanceof PyStr ? textOfStr(inner.content) : undefined
}

function makeInt(u: Unpickling, given: Given): PyValue {
  const [value, base] = parameters('int', given, [null, 'base'])
  if (value === undefined) {
    if (base !== undefined) throw typeError('int() missing string argument')
    return 0
  }
  if (base !== undefined) return withBase(u, value, index(base))
  const int = intOf(value)
  if (int !== undefined) return freshInt(u.world, int)
  const inner = contentOf(value)
  if (inner instanceof PyFloat) return intOfFloat(u, inner.value)
  const bytes = bufferOf(value)
  const text = bytes === undefined ? textOf(value) : decodeLatin1(bytes)
  if (text === undefined) throw notANumber(u, value)
  return parsed(u, literalOf(value, bytes), text, 10)
}

function notANumber(u: Unpickling, value: PyValue): PickleError {
  const number = u.world.release[1] < 10 ? 'a number' : 'a real number'
  return typeError(
    `int() argument must be a string, a bytes-like object or ${number}, not '${typeNameOf(value)}'`,
  )
}

function intOfFloat(u: Unpickling, number: number): PyValue {
  if (Number.isNaN(number)) throw valueError('cannot convert float NaN to integer')
  if (!Number.isFinite(number)) {
    throw new PickleError('OverflowError', 'cannot convert float infinity to integer')
  }
  return freshInt(u.world, pythonInt(BigInt(Math.trunc(number))))
}

function withBase(u: Unpickling, value: PyValue, base: PythonInt): PyValue {
  if (base !== 0 && (base < 2 || base > 36)) {
    throw valueError('int() base must be >= 2 and <= 36, or 0')
  }
  const bytes = byteStringOf(value)
  const text = bytes === undefined ? textOf(value) : decodeLatin1(bytes)
  if (text === undefined) throw typeError("int() can't convert non-string with explicit base")
  return parsed(u, literalOf(value, bytes), text, Number(base))
}

/** What a message shows of a text: bytes for any buffer. */
const literalOf = (value: PyValue, bytes: Uint8Array | undefined): PyValue =>
  bytes === undefined ? value : new PyBytes(bytes)

/** A message has no more characters of a literal than this. */
const longestLiteral = 200
const digitsOf = '0123456789abcdefghijklmnopqrstuvwxyz'
const prefixes: Readonly<Record<string, number>> = { '0x': 16, '0o': 8, '0b': 2 }

function parsed(u: Unpickling, literal: PyValue, text: string, base: number): PyValue {
  const found = /^\s*([+-]?)(0[xob]_?)?(\w+)\s*$/i.exec(text)
  const invalid = (): PickleError => {
    const said = [...repr(u.world, literal)].slice(0, longestLiteral)
    return valueError(`invalid literal for int() with base ${base}: ${said.join('')}`)
  }
  if (found === null) throw invalid()
  const [, sign, prefix = '', rest = ''] = found
  const named = prefixes[prefix.slice(0, 2).toLowerCase()]
  const takesPrefix = named !== undefined && (base === 0 || base === named)
  const radix = base === 0 ? (named ?? 10) : base
  const digits = takesPrefix ? rest : prefix + rest
  const plain = digits.toLowerCase()
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/.test(plain)) throw invalid()
  const values = Array.from(plain.replaceAll('_', ''), (char) => digitsOf.indexOf(char))
  const wrong = values.findIndex((digit) => digit >= radix)
  const count = wrong < 0 ? values.length : wrong
  // A radix that divides 32 is a power of two, and has no limit.
  const isTooLong = count > maxDecimalDigits && 32 % radix !== 0
  const [, minor] = u.world.release
  if (wrong >= 0 && !(isTooLong && minor < 12)) throw invalid()
  if (isTooLong) throw tooManyDigits(minor, count)
  if (base === 0 && named === undefined && /^0[0_]*[1-9]/.test(plain)) throw invalid()
  let size = 0n
  for (const digit of values) size = size * BigInt(radix) + BigInt(digit)
  return freshInt(u.world, pythonInt(sign === '-' ? -size : size))
}

function tooManyDigits(minor: number, count: number): PickleError {
  const unit = minor < 11 ? '' : ' digits'
  return valueError(
    `Exceeds the limit (${maxDecimalDigits}${unit}) for integer string conversion: value has ` +
      `${count} digits; use sys.set_int_max_str_digits() to increase the limit`,
  )
}

function makeFloat(_u: Unpickling, given: Given): PyValue {
  const [value] = positional('float', given, 0, 1)
  if (value === undefined) return new PyFloat(0)
  const inner = contentOf(value)
  if (inner instanceof PyFloat)
    return value instanceof PyFloat ? value : new PyFloat(inner.value, inner.bits)
  const int = intOf(value)
  if (int !== undefined) return floatOfInt(int)
  const bytes = bufferOf(value)
  const text = bytes === undefined ? textOf(value) : decodeLatin1(bytes)
  if (text === undefined) {
    const number = _u.world.release[1] < 10 ? 'a number' : 'a real number'
    throw typeError(`float() argument must be a string or ${number}, not '${typeNameOf(value)}'`)
  }
  const bits = parseFloatText(text)
  if (bits === undefined) {
    throw valueError(`could not convert string to float: ${repr(_u.world, value)}`)
  }
  return new PyFloat(floatOfBits(bits))
}

function floatOfInt(int: PythonInt): PyFloat {
  const number = Number(int)
  if (!Number.isFinite(number)) {
    throw new PickleError('OverflowError', 'int too large to convert to float')
  }
  return new PyFloat(number)
}

function makeStr(u: Unpickling, given: Given): PyValue {
  const [value, encoding, errors] = parameters('str', given, ['object', 'encoding', 'errors'])
  if (encoding !== undefined || errors !== undefined) {
    const codec = encoding === undefined ? 'utf-8' : wantText(encoding, 'str', 'encoding')
    const handler = errors === undefined ? 'strict' : wantText(errors, 'str', 'errors')
    if (value === undefined) return u.world.emptyStr
    if (textOf(value) !== undefined) throw typeError('decoding str is not supported')
    const bytes = bufferOf(value)
    if (bytes === undefined) {
      throw typeError(`decoding to str: need a bytes-like object, ${typeNameOf(value)} found`)
    }
    return bytes.length === 0 ? u.world.emptyStr : strOf(u.world, decodeWith(bytes, codec, handler))
  }
  if (value === undefined) return u.world.emptyStr
  if (value instanceof PyStr) return value
  const inner = contentOf(value)
  if (inner instanceof PyStr) return strOf(u.world, inner.content)
  return strOf(u.world, textOfException(u, value) ?? repr(u.world, value))
}

/** `str(exception)`. */
function textOfException(u: Unpickling, value: PyValue): string | undefined {
  if (!(value instanceof PyObject)) return undefined
  const content = innerOf(value, 'exception')
  if (!(content instanceof PyTuple)) return undefined
  const args = content.items
  const [only = null] = args
  if (args.length === 0) return ''
  if (value.type.mro.some((cls) => cls.library?.name === 'builtins:OSError') && args.length > 1) {
    const [number = null, text = null, file] = args
    const where = file === undefined ? '' : `: ${repr(u.world, file)}`
    return `[Errno ${strText(u, number)}] ${strText(u, text)}${where}`
  }
  const isKeyError = value.type.mro.some((cls) => cls.library?.name === 'builtins:KeyError')
  if (args.length > 1) return repr(u.world, content)
  return isKeyError ? repr(u.world, only) : strText(u, only)
}

const strText = (u: Unpickling, value: PyValue): string =>
  textOf(value) ?? textOfException(u, value) ?? repr(u.world, value)

function wantText(value: PyValue, name: string, argument: string): string {
  const text = value instanceof PyStr ? textOf(value) : undefined
  if (text !== undefined) return text
  throw typeError(`${name}() argument '${argument}' must be str, not ${typeNameOf(value)}`)
}

/** The content of a bytes object or bytearray of these arguments. */
function bytesOf(u: Unpickling, name: 'bytes' | 'bytearray', given: Given): Uint8Array {
  const [value, encoding, errors] = parameters(name, given, ['source', 'encoding', 'errors'])
  if (encoding !== undefined || errors !== undefined) {
    const codec = encoding === undefined ? 'utf-8' : wantText(encoding, name, 'encoding')
    const handler = errors === undefined ? 'strict' : wantText(errors, name, 'errors')
    if (!(value instanceof PyStr)) {
      throw typeError(
        encoding === undefined
          ? 'errors without a string argument'
          : 'encoding without a string argument',
      )
    }
    return encodeWith(value.content, codec, handler)
  }
  if (value === undefined) return new Uint8Array(0)
  if (textOf(value) !== undefined) throw typeError('string argument without an encoding')
  const count = intOf(value)
  if (count !== undefined) return zeros(u, name, count)
  if (value instanceof PyBuffer && value.data === null) {
    throw valueError('operation forbidden on released PickleBuffer object')
  }
  const bytes = bufferOf(value)
  if (bytes !== undefined) return bytes.slice()
  return byteItems(u, name, value)
}

function zeros(u: Unpickling, name: 'bytes' | 'bytearray', count: PythonInt): Uint8Array {
  const { maxSize } = u.input
  if (count > maxSize || count < -maxSize - 1n) {
    throw new PickleError('OverflowError', "cannot fit 'int' into an index-sized integer")
  }
  if (count < 0) throw valueError('negative count')
  // The four words of a bytes object and the NUL at its end have to fit in, too.
  const around = maxSize === maxSizes[32] ? 17n : 33n
  if (name === 'bytes' && count > maxSize - around) {
    throw new PickleError('OverflowError', 'byte string is too large')
  }
  if (count > mostZeros) throw outOfMemory()
  return new Uint8Array(Number(count))
}

function byteItems(u: Unpickling, name: 'bytes' | 'bytearray', value: PyValue): Uint8Array {
  let items: readonly PyValue[]
  try {
    items = elementsOf(u, value)
  } catch (error) {
    if (!(error instanceof PickleError) || error.type !== 'TypeError') throw error
    throw typeError(`cannot convert '${typeNameOf(value)}' object to ${name}`)
  }
  const what = name === 'bytes' ? 'bytes' : 'byte'
  return Uint8Array.from(items, (item) => {
    const byte = index(item)
    if (byte < 0 || byte > 255) throw valueError(`${what} must be in range(0, 256)`)
    return Number(byte)
  })
}

function makeComplex(u: Unpickling, given: Given): PyTuple {
  const [real, imaginary] = parameters('complex', given, ['real', 'imag'])
  const isAlone = given.args.length === 1 && imaginary === undefined
  const isAfter313 = u.world.release[1] > 13
  const refused = (value: PyValue, name: Argument): PickleError =>
    typeError((isAfter313 ? notReal : notNumber)(typeNameOf(value), name, isAlone))
  const text = real === undefined || (isAfter313 && !isAlone) ? undefined : textOf(real)
  if (text !== undefined) {
    if (imaginary !== undefined) {
      throw typeError("complex() can't take second arg if first is a string")
    }
    const parts = parseComplex(text)
    if (parts === undefined) throw valueError('complex() arg is a malformed string')
    return new PyTuple(parts.map((part) => new PyFloat(part)))
  }
  if (!isAfter313 && imaginary !== undefined && textOf(imaginary) !== undefined) {
    throw typeError("complex() second arg can't be a string")
  }
  const [a, b] = complexParts(real, 'real', refused)
  const [c, d] = complexParts(imaginary, 'imag', refused)
  // real + imaginary * 1j, either of which may be complex.
  const re = imaginary === undefined ? a : isComplex(imaginary) ? a - d : a
  const im = imaginary === undefined ? b : isComplex(real) ? b + c : c
  return new PyTuple([new PyFloat(re), new PyFloat(im)])
}

const isComplex = (value: PyValue | undefined): value is PyObject =>
  value instanceof PyObject && value.type.layout === 'complex'

type Argument = 'real' | 'imag'

const notNumber = (type: string, name: Argument): string =>
  name === 'real'
    ? `complex() first argument must be a string or a number, not '${type}'`
    : `complex() second argument must be a number, not '${type}'`

/** From 3.14 on a text is taken alone, by position. */
const notReal = (type: string, name: Argument, isAlone: boolean): string =>
  isAlone
    ? `complex() argument must be a string or a number, not ${type}`
    : `complex() argument '${name}' must be a real number, not ${type}`

function complexParts(
  value: PyValue | undefined,
  name: Argument,
  refused: (value: PyValue, name: Argument) => PickleError,
): readonly [number, number] {
  if (value === undefined) return [0, 0]
  if (isComplex(value) && value.value instanceof PyTuple) {
    const [re, im] = value.value.items as [PyFloat, PyFloat] // as every complex
    return [re.value, im.value]
  }
  const int = intOf(value)
  if (int !== undefined) return [floatOfInt(int).value, 0]
  const inner = contentOf(value)
  if (inner instanceof PyFloat) return [inner.value, 0]
  throw refused(value, name)
}

/** How the data types of Python that are no containers are made, by name. */
export const valueConstructors: Readonly<Record<string, Constructor>> = {
  'builtins:bool': {
    make: (u, _cls, given) => {
      const [value] = positional('bool', given, 0, 1)
      return value !== undefined && isTruthy(u.world, value)
    },
  },
  'builtins:int': { make: (u, _cls, given) => makeInt(u, given) },
  'builtins:float': { make: (u, _cls, given) => makeFloat(u, given) },
  'builtins:str': { make: (u, _cls, given) => makeStr(u, given) },
  'builtins:bytes': {
    make: (u, _cls, given) => {
      const [value] = given.args
      const isSame = value instanceof PyBytes && given.args.length === 1
      return isSame ? value : freshBytes(u.world, bytesOf(u, 'bytes', given))
    },
  },
  'builtins:bytearray': {
    make: () => new PyByteArray(new Uint8Array(0)),
    fill: (u, content, _cls, given) => {
      const data = bytesOf(u, 'bytearray', given)
      if (content instanceof PyByteArray) content.data = data
    },
  },
  'builtins:complex': {
    make: (u, cls, given) => new PyObject(cls, null, makeComplex(u, given)),
  },
  'builtins:range': {
    make: (u, cls, given) => {
      if (given.args.length === 0 && u.world.release[1] < 9) {
        throw typeError('range expected 1 argument, got 0')
      }
      const args = positional('range', given, 1, 3).map((value) => plainInt(u, value))
      const [first = null, second, step = 1] = args
      if (intOf(step) === 0) throw valueError('range() arg 3 must not be zero')
      const [start, stop] = second === undefined ? [0, first] : [first, second]
      return partsObject(cls, [
        ['start', start],
        ['stop', stop],
        ['step', step],
      ])
    },
  },
  'datetime:date': { make: (_u, cls, { args }) => makeDate(cls, args) },
  'builtins:slice': {
    make: (_u, cls, given) => {
      const [first = null, second, step = null] = positional('slice', given, 1, 3)
      const [start, stop] = second === undefined ? [null, first] : [first, second]
      return partsObject(cls, [
        ['start', start],
        ['stop', stop],
        ['step', step],
      ])
    },
  },
}

/** An int as `operator.index` gives it: up to 3.9 the very object. */
function plainInt(u: Unpickling, value: PyValue): PyValue {
  const int = index(value)
  return u.world.release[1] < 10 ? value : int
}
