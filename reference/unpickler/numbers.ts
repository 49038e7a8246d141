import {
  type FloatBits,
  floatOfBits,
  isNumberEnough,
  parseFloatStrictly,
  parseFloatText,
} from '../codecs/float.ts'
import { decimalDigits, maxDecimalDigits, parseIntText } from '../codecs/int-text.ts'
import { decodeLong, type PythonInt, pythonInt } from '../codecs/long.ts'
import { bytesRepr } from '../codecs/repr.ts'
import { decodeLatin1, encodeLatin1 } from '../codecs/single-byte.ts'
import { decodeUtf8 } from '../codecs/utf8.ts'
import { PickleError } from '../errors.ts'
import { freshInt } from '../values/fresh.ts'
import { repr } from '../values/repr.ts'
import { PyFloat, PyStr } from '../values/value.ts'
import { truncated, unpicklingError, valueError } from './errors.ts'
import type { Unpickling } from './unpickling.ts'

const letterL = 0x4c

/** Messages show so many bytes of a text, and so many characters of a repr. */
const mostShown = 200

const scratch = new DataView(new ArrayBuffer(8))

/** @clause OP-BININT */
export function loadBinInt(u: Unpickling): void {
  const { input } = u
  const at = input.fixed(4)
  u.push(freshInt(u.world, int32(input.data, at)))
}

/** @clause OP-BININT1 */
export function loadBinInt1(u: Unpickling): void {
  u.stack.push(u.input.u8())
}

/** @clause OP-BININT2 */
export function loadBinInt2(u: Unpickling): void {
  const { input } = u
  const at = input.fixed(2)
  u.push(freshInt(u.world, uint16(input.data, at)))
}

/** Two bytes without sign. */
export const uint16 = (data: Uint8Array, at: number): number =>
  (data[at] as number) | ((data[at + 1] as number) << 8)

/** Four bytes with sign. */
export const int32 = (data: Uint8Array, at: number): number =>
  uint16(data, at) | (uint16(data, at + 2) << 16)

/** Four bytes without sign. */
export const uint32 = (data: Uint8Array, at: number): number => int32(data, at) >>> 0

/** Eight bytes without sign. */
export function uint64(data: Uint8Array, at: number): PythonInt {
  const high = uint32(data, at + 4)
  const low = uint32(data, at)
  return high < 0x20_0000 ? high * 0x1_0000_0000 + low : (BigInt(high) << 32n) | BigInt(low)
}

/** @clause OP-LONG1 */
export function loadLong1(u: Unpickling): void {
  pushLong(u, u.input.u8())
}

/** @clause OP-LONG4 */
export function loadLong4(u: Unpickling): void {
  const { input } = u
  const at = input.fixed(4)
  const size = int32(input.data, at)
  if (size < 0) throw unpicklingError('LONG pickle has negative byte count')
  pushLong(u, size)
}

function pushLong(u: Unpickling, size: number): void {
  u.push(freshInt(u.world, decodeLong(u.input.bytes(size))))
}

/** @clause OP-BINFLOAT */
export function loadBinFloat(u: Unpickling): void {
  const { input } = u
  const at = input.fixed(8)
  const { data } = input
  for (let index = 0; index < 8; index++) scratch.setUint8(index, data[at + index] as number)
  const value = scratch.getFloat64(0)
  u.push(new PyFloat(value, Number.isNaN(value) ? data.slice(at, at + 8) : null))
}

/** @clause OP-FLOAT */
export function loadFloat(u: Unpickling): void {
  const line = u.input.line()
  u.push(floatOf(u.profile.floatText === 'C' ? floatOfC(u, line) : floatOfPython(u, line)))
}

/** A float object with these bits. */
export function floatOf(bits: FloatBits): PyFloat {
  if (isNumberEnough(bits)) return new PyFloat(floatOfBits(bits))
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, bits)
  return new PyFloat(floatOfBits(bits), bytes)
}

function floatOfPython(u: Unpickling, line: Uint8Array): FloatBits {
  const bytes = line.subarray(0, -1)
  const text = decodeLatin1(bytes)
  const bits = parseFloatText(text)
  if (bits === undefined) {
    const said = /^[ \t-\r]*$/.test(text) && u.world.release[1] < 10 ? "''" : bytesRepr(bytes)
    throw valueError(`could not convert string to float: ${said}`)
  }
  return bits
}

/** C takes a NUL for the end of a text. */
function upToNul(line: Uint8Array): string {
  const end = line.indexOf(0)
  return decodeLatin1(end === -1 ? line : line.subarray(0, end))
}

const longestFloat = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)/i

/** What C shows of a text in a message; from 3.14 on nothing of a character that it cuts. */
function startOf(u: Unpickling, text: string): string {
  const bytes = encodeLatin1(text).subarray(0, mostShown)
  const mayCut = bytes.length === mostShown && u.world.release[1] >= 14
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: mayCut })
}

/** The line up to a NUL is the number, and nothing may be around it. */
function floatOfC(u: Unpickling, line: Uint8Array): FloatBits {
  if (line.length < 2) throw truncated()
  const text = upToNul(line)
  const number = longestFloat.exec(text)?.[0]
  if (number === undefined) {
    throw valueError(`could not convert string to float: '${startOf(u, text)}'`)
  }
  // The expression is what is read, so there are bits.
  const bits = parseFloatStrictly(number) as FloatBits
  const isWord = /^[+-]?[in]/i.test(number)
  if (!isWord && !Number.isFinite(floatOfBits(bits))) {
    throw new PickleError(
      'OverflowError',
      `value too large to convert to float: '${startOf(u, text)}'`,
    )
  }
  const rest = text.slice(number.length)
  if (rest !== '' && !rest.startsWith('\n')) throw valueError('could not convert string to float')
  return bits
}

/** @clause OP-INT */
export function loadInt(u: Unpickling): void {
  const line = u.input.line()
  const value = u.isC ? intOfC(u, line) : (boolOfLine(line) ?? intOfPython(u, line))
  u.push(typeof value === 'boolean' ? value : freshInt(u.world, value))
}

/** The two lines that stand for bools everywhere. */
function boolOfLine([zero, digit, end]: Uint8Array): boolean | undefined {
  if (zero !== 0x30 || end !== 0x0a) return undefined
  return digit === 0x30 ? false : digit === 0x31 ? true : undefined
}

/** The base in which lines are read: 0 goes by their prefix. */
const baseOf = (u: Unpickling): 0 | 10 => (u.profile.intText === 'any base' ? 0 : 10)

function intOfPython(u: Unpickling, line: Uint8Array): PythonInt {
  const base = baseOf(u)
  return intOfText(u, decodeLatin1(line), base, () => baseAndBytes(base, line))
}

const digitsOfBase10 = /^[ \t-\r]*[+-]?(\d+(?:_\d+)*)(?![\d_])/
const onlyDigitsOfBase10 = /^[ \t-\r]*[+-]?(\d+(?:_\d+)*)[ \t-\r]*(?:\0|$)/

/** The digits that Python has read before it sees what is wrong with them; until 3.11 whatever follows. */
function digitsRead(u: Unpickling, text: string): string {
  const pattern = u.world.release[1] < 12 ? digitsOfBase10 : onlyDigitsOfBase10
  return pattern.exec(text)?.[1] ?? ''
}

/**
 * An int in text.
 *
 * @throws {PickleError} ValueError, when it is none or has too many digits
 */
function intOfText(u: Unpickling, text: string, base: 0 | 10, said: () => string): PythonInt {
  const count = decimalDigits(digitsRead(u, text))
  if (count > maxDecimalDigits) {
    const limit = u.world.release[1] < 11 ? maxDecimalDigits : `${maxDecimalDigits} digits`
    throw valueError(
      `Exceeds the limit (${limit}) for integer string conversion: value has ` +
        `${count} digits; use sys.set_int_max_str_digits() to increase the limit`,
    )
  }
  const value = parseIntText(text, base)
  if (value === undefined) throw valueError(`invalid literal for int() with base ${said()}`)
  return value
}

const longestC = {
  0: /^[ \t-\r]*([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)/i,
  10: /^[ \t-\r]*([+-]?)([0-9]+)/,
}

/** A long of C where `strtol` reads the whole line, else an int of Python. */
function intOfC(u: Unpickling, line: Uint8Array): PythonInt | boolean {
  if (line.length < 2) throw truncated()
  const text = upToNul(line)
  const base = baseOf(u)
  const value = longOfC(text, base)
  if (value !== undefined) {
    if (u.profile.boolText === '00 and 01') return boolOfLine(line) ?? value
    return line.length === 3 && (value === 0 || value === 1) ? value === 1 : value
  }
  try {
    return intOfText(u, text, base, () => '')
  } catch {
    throw valueError('could not convert string to int')
  }
}

/** What `strtol` makes of a text; undefined where it does not end with it, or is too great. */
function longOfC(text: string, base: 0 | 10): PythonInt | undefined {
  const found = longestC[base].exec(text)
  const rest = text.slice(found?.[0].length ?? 0)
  if (rest !== '' && !rest.startsWith('\n')) return undefined
  // Nothing at all is 0, when the text ends there.
  if (found === null) return 0
  const [, sign, digits = ''] = found
  const isOctal = base === 0 && /^0[0-7]/.test(digits)
  const size = BigInt(isOctal ? `0o${digits.slice(1)}` : digits)
  const value = sign === '-' ? -size : size
  if (value !== BigInt.asIntN(64, value)) return undefined
  return pythonInt(value)
}

/** @clause OP-LONG */
export function loadLong(u: Unpickling): void {
  const line = u.input.line()
  u.push(freshInt(u.world, longOfLine(u, line)))
}

function longOfLine(u: Unpickling, line: Uint8Array): PythonInt {
  const base = baseOf(u)
  if (!u.isC) {
    const digits = withoutL(line.subarray(0, -1))
    return intOfText(u, decodeLatin1(digits), base, () => baseAndBytes(base, digits))
  }
  if (line.length < 2) throw truncated()
  // An L before the LF ends the text; without it the LF is a blank behind it.
  const end = line[line.length - 2] === letterL ? line.length - 2 : line.length
  const text = upToNul(line.subarray(0, end))
  return intOfText(u, text, base, () => baseAndText(u, text, base))
}

const baseAndBytes = (base: number, bytes: Uint8Array): string =>
  `${base}: ${bytesRepr(bytes.subarray(0, mostShown)).slice(0, mostShown)}`

/**
 * What C says of a text that is no int.
 *
 * @throws {PickleError} UnicodeDecodeError, when the text is not UTF-8
 */
function baseAndText(u: Unpickling, text: string, base: 0 | 10): string {
  const shown = decodeUtf8(encodeLatin1(text).subarray(0, mostShown), 'strict')
  const said = [...repr(u.world, new PyStr(shown))].slice(0, mostShown).join('')
  return `${base === 0 ? baseOfPrefix(u, text) : base}: ${said}`
}

/** The base that the prefix stands for: none for a 0 before other digits. */
function baseOfPrefix(u: Unpickling, text: string): number {
  const prefix = /^\s*[+-]?0([xob])/i.exec(text)?.[1]?.toLowerCase()
  if (prefix !== undefined) return prefix === 'x' ? 16 : prefix === 'o' ? 8 : 2
  return digitsRead(u, text).startsWith('0') ? 0 : 10
}

const withoutL = (digits: Uint8Array): Uint8Array =>
  digits[digits.length - 1] === letterL ? digits.subarray(0, -1) : digits

/**
 * The index in the line of GET and PUT: an int in base 10.
 *
 * @clause OP-GET OP-PUT
 */
export function indexOfLine(u: Unpickling, line: Uint8Array): PythonInt {
  if (!u.isC) {
    const digits = line.subarray(0, -1)
    return intOfText(u, decodeLatin1(digits), 10, () => baseAndBytes(10, digits))
  }
  const text = upToNul(line)
  return intOfText(u, text, 10, () => baseAndText(u, text, 10))
}
