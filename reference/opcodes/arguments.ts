import {
  bitsOfFloat,
  decodeFloatBits,
  encodeFloat,
  type FloatBits,
  floatOfBits,
  floatRepr,
  parseFloatText,
} from '../codecs/float.ts'
import { decimalDigits, maxDecimalDigits, parseIntText } from '../codecs/int-text.ts'
import { decodeLong, encodeLong, type PythonInt } from '../codecs/long.ts'
import { bytesRepr } from '../codecs/repr.ts'
import type { StrContent } from '../codecs/str-content.ts'
import {
  decodeLatin1,
  decodeRawUnicodeEscape,
  decodeStringEscapes,
  decodeUtf8,
  encodeLatin1,
  encodeRawUnicodeEscape,
  encodeStringEscapes,
  encodeUtf8,
} from '../codecs/text.ts'
import { PickleError } from '../errors.ts'
import type { Layout } from './layouts.ts'

/** What an instruction carries, as the machine reads it. */
export type Argument =
  | { readonly kind: 'none' }
  | { readonly kind: 'int'; readonly value: PythonInt }
  /** INT alone: the lines `00` and `01`. */
  | { readonly kind: 'bool'; readonly value: boolean }
  /** `bits` has the payload of a NaN, which `value` may have lost. */
  | { readonly kind: 'float'; readonly value: number; readonly bits: FloatBits }
  | { readonly kind: 'str'; readonly value: StrContent }
  /** Bytes, bytearrays, and the strings of Python 2. */
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'global'; readonly module: StrContent; readonly name: StrContent }

/** One kind of argument. */
export interface ArgumentForm {
  /** How it finds its end. */
  readonly layout: Layout
  /** What it is, in one clause. */
  readonly says: string
  /**
   * Reads the bytes of the argument, count and LF taken off.
   *
   * @throws {PickleError} ValueError, UnicodeDecodeError or UnpicklingError, when they are malformed
   */
  readonly decode: (payload: Uint8Array) => Argument
  /**
   * Writes the argument as Python's picklers spell it, without count and LF.
   *
   * @throws {TypeError} for another kind of argument
   * @throws {RangeError} or {PickleError} for a value that has no such spelling
   */
  readonly encode: (argument: Argument) => Uint8Array
}

const noArgument: Argument = { kind: 'none' }

const intArgument = (value: PythonInt): Argument => ({ kind: 'int', value })
const bytesArgument = (value: Uint8Array): Argument => ({ kind: 'bytes', value })
const strArgument = (value: StrContent): Argument => ({ kind: 'str', value })

function floatArgument(bits: FloatBits): Argument {
  return { kind: 'float', value: floatOfBits(bits), bits }
}

/** Narrows an argument to the kind a form takes. */
function taken<K extends Argument['kind']>(argument: Argument, kind: K) {
  if (argument.kind !== kind) throw new TypeError(`found ${argument.kind}, wanted ${kind}`)
  return argument as Extract<Argument, { kind: K }> // just compared
}

function fixedInt(bytes: 1 | 2 | 4 | 8, signed: boolean, says: string): ArgumentForm {
  const least = signed ? -(2n ** BigInt(bytes * 8 - 1)) : 0n
  const most = least + 2n ** BigInt(bytes * 8) - 1n
  return {
    layout: { by: 'size', bytes },
    says,
    // A zero above an unsigned one keeps its top bit from being a sign.
    decode: (payload) => intArgument(decodeLong(signed ? payload : Uint8Array.of(...payload, 0))),
    encode: (argument) => {
      const { value } = taken(argument, 'int')
      if (value < least || value > most) {
        throw new RangeError(`${value} does not fit: wanted ${least} to ${most}`)
      }
      const payload = new Uint8Array(bytes).fill(value < 0 ? 0xff : 0)
      payload.set(encodeLong(value).subarray(0, bytes))
      return payload
    },
  }
}

function countedLong(prefix: 'uint1' | 'int4', says: string): ArgumentForm {
  return {
    layout: { by: 'count', prefix },
    says,
    decode: (payload) => intArgument(decodeLong(payload)),
    encode: (argument) => encodeLong(taken(argument, 'int').value),
  }
}

function countedBytes(prefix: 'uint1' | 'int4' | 'uint4' | 'uint8', says: string): ArgumentForm {
  return {
    layout: { by: 'count', prefix },
    says,
    decode: bytesArgument,
    encode: (argument) => taken(argument, 'bytes').value,
  }
}

function countedText(prefix: 'uint1' | 'uint4' | 'uint8', says: string): ArgumentForm {
  return {
    layout: { by: 'count', prefix },
    says,
    decode: (payload) => strArgument(decodeUtf8(payload)),
    encode: (argument) => encodeUtf8(taken(argument, 'str').value),
  }
}

/**
 * The int in decimal text.
 *
 * @clause ATOM-13, OPT-21
 */
function decimal(payload: Uint8Array): PythonInt {
  const text = decodeLatin1(payload)
  const value = text.includes('\0') ? undefined : parseIntText(text)
  if (value === undefined) {
    // Python cuts the repr off after 200 characters.
    const found = bytesRepr(payload).slice(0, 200)
    throw new PickleError('ValueError', `invalid literal for int() with base 10: ${found}`)
  }
  const digits = decimalDigits(text)
  if (digits > maxDecimalDigits) {
    throw new PickleError(
      'ValueError',
      `Exceeds the limit (${maxDecimalDigits} digits) for integer string conversion: value has ` +
        `${digits} digits; use sys.set_int_max_str_digits() to increase the limit`,
    )
  }
  return value
}

/** The bytes between the quotes of a STRING. */
function unquoted(payload: Uint8Array): Uint8Array {
  const quote = payload[0]
  const isQuoted = payload.length >= 2 && (quote === 0x22 || quote === 0x27)
  if (!isQuoted || payload.at(-1) !== quote) {
    throw new PickleError('UnpicklingError', 'the STRING opcode argument must be quoted')
  }
  return payload.subarray(1, -1)
}

const lf = 0x0a

/** The kinds of argument, by the names that `pickletools` gives them. */
export const argumentForms = {
  none: {
    layout: { by: 'nothing' },
    says: 'nothing',
    decode: () => noArgument,
    encode: (argument) => {
      taken(argument, 'none')
      return new Uint8Array(0)
    },
  },
  uint1: fixedInt(1, false, 'an int in one byte, without sign'),
  uint2: fixedInt(2, false, 'an int in two bytes, without sign, low byte first'),
  int4: fixedInt(4, true, 'an int in four bytes, with sign, low byte first'),
  uint4: fixedInt(4, false, 'an int in four bytes, without sign, low byte first'),
  uint8: fixedInt(8, false, 'an int in eight bytes, without sign, low byte first'),
  float8: {
    layout: { by: 'size', bytes: 8 },
    says: 'a float in eight bytes, the sign first',
    decode: (payload) => floatArgument(decodeFloatBits(payload)),
    encode: (argument) => encodeFloat(taken(argument, 'float').bits),
  },
  decimalnl_short: {
    layout: { by: 'lines', lines: 1 },
    says: 'a line: an int in decimal digits, or 00 for False and 01 for True',
    decode: (payload) => {
      const text = decodeLatin1(payload)
      if (text === '00' || text === '01') return { kind: 'bool', value: text === '01' }
      return intArgument(decimal(payload))
    },
    encode: (argument) => {
      if (argument.kind === 'bool') return encodeLatin1(argument.value ? '01' : '00')
      return encodeLatin1(String(taken(argument, 'int').value))
    },
  },
  decimalnl_long: {
    layout: { by: 'lines', lines: 1 },
    says: 'a line: an int in decimal digits and an L, which may be missing',
    decode: (payload) =>
      intArgument(decimal(payload.at(-1) === 0x4c ? payload.subarray(0, -1) : payload)),
    encode: (argument) => encodeLatin1(`${taken(argument, 'int').value}L`),
  },
  floatnl: {
    layout: { by: 'lines', lines: 1 },
    says: 'a line: a float in decimal digits, inf or nan',
    decode: (payload) => {
      const bits = parseFloatText(decodeLatin1(payload))
      if (bits !== undefined) return floatArgument(bits)
      const found = bytesRepr(payload)
      throw new PickleError('ValueError', `could not convert string to float: ${found}`)
    },
    encode: (argument) => encodeLatin1(floatRepr(taken(argument, 'float').value)),
  },
  long1: countedLong('uint1', "an int in two's complement, its bytes counted in one"),
  long4: countedLong('int4', "an int in two's complement, its bytes counted in four with sign"),
  stringnl: {
    layout: { by: 'lines', lines: 1 },
    says: 'a line: a string of Python 2 between quotes, with its escapes',
    decode: (payload) => bytesArgument(decodeStringEscapes(unquoted(payload))),
    encode: (argument) => encodeStringEscapes(taken(argument, 'bytes').value),
  },
  string1: countedBytes('uint1', 'a string of Python 2, its bytes counted in one'),
  string4: countedBytes('int4', 'a string of Python 2, its bytes counted in four with sign'),
  stringnl_noescape: {
    layout: { by: 'lines', lines: 1 },
    says: 'a line of text',
    decode: (payload) => strArgument(decodeUtf8(payload, 'strict')),
    encode: (argument) => encodeUtf8(taken(argument, 'str').value, 'strict'),
  },
  stringnl_noescape_pair: {
    layout: { by: 'lines', lines: 2 },
    says: 'two lines of text: a module and a name in it',
    decode: (payload) => {
      const middle = payload.indexOf(lf)
      const module = decodeUtf8(payload.subarray(0, middle), 'strict')
      return { kind: 'global', module, name: decodeUtf8(payload.subarray(middle + 1), 'strict') }
    },
    encode: (argument) => {
      const { module, name } = taken(argument, 'global')
      const first = encodeUtf8(module, 'strict')
      const second = encodeUtf8(name, 'strict')
      const payload = new Uint8Array(first.length + 1 + second.length)
      payload.set(first)
      payload[first.length] = lf
      payload.set(second, first.length + 1)
      return payload
    },
  },
  unicodestringnl: {
    layout: { by: 'lines', lines: 1 },
    says: 'a line: a str in raw-unicode-escape',
    decode: (payload) => strArgument(decodeRawUnicodeEscape(payload)),
    encode: (argument) => encodeRawUnicodeEscape(taken(argument, 'str').value),
  },
  unicodestring1: countedText('uint1', 'a str in UTF-8, its bytes counted in one'),
  unicodestring4: countedText('uint4', 'a str in UTF-8, its bytes counted in four'),
  unicodestring8: countedText('uint8', 'a str in UTF-8, its bytes counted in eight'),
  bytes1: countedBytes('uint1', 'bytes, counted in one'),
  bytes4: countedBytes('uint4', 'bytes, counted in four'),
  bytes8: countedBytes('uint8', 'bytes, counted in eight'),
  bytearray8: countedBytes('uint8', 'the bytes of a bytearray, counted in eight'),
} as const satisfies Record<string, ArgumentForm>

/** The name of a kind of argument, as `pickletools` spells it. */
export type ArgumentKind = keyof typeof argumentForms

/** The argument that is a float, from its value or its bits. */
export function floatArgumentOf(value: number | FloatBits): Argument {
  return floatArgument(typeof value === 'number' ? bitsOfFloat(value) : value)
}
