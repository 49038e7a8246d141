import { PickleError } from '../errors.ts'
import { maxDecimalDigits } from './int-text.ts'
import type { PythonInt } from './long.ts'
import { isPrintable } from './printable.ts'
import type { PythonVersion } from './python-version.ts'
import { codePointsOf, type StrContent } from './str-content.ts'
import { escapeOf } from './string-escapes.ts'

export { floatRepr } from './float.ts'

const singleQuote = 0x27
const doubleQuote = 0x22

/** The quotes of a `repr`, as a code: single ones, unless there are only single ones inside. */
export function quoteFor(codes: { includes(code: number): boolean }): number {
  return codes.includes(singleQuote) && !codes.includes(doubleQuote) ? doubleQuote : singleQuote
}

/** What stands between the quotes of a `repr` of bytes; `quote` is the one that is escaped. */
export function escapedBytes(bytes: Uint8Array, quote: number): string {
  let text = ''
  for (const byte of bytes) text += escapeOf(byte, quote)
  return text
}

/** Python's `repr` of bytes. */
export function bytesRepr(bytes: Uint8Array): string {
  const quote = quoteFor(bytes)
  const mark = String.fromCharCode(quote)
  return `b${mark}${escapedBytes(bytes, quote)}${mark}`
}

/** Python's `repr` of a bytearray, which escapes single quotes even between double ones. */
export function byteArrayRepr(bytes: Uint8Array): string {
  const mark = String.fromCharCode(quoteFor(bytes))
  return `bytearray(b${mark}${escapedBytes(bytes, singleQuote)}${mark})`
}

/**
 * Python's `repr` of a str, in the version of Unicode that this release of Python knows. Lone
 * surrogates are always escaped.
 */
export function strRepr(content: StrContent, python: PythonVersion): string {
  return quoted(content, (codePoint) => isPrintable(codePoint, python))
}

/** Python's `ascii` of a str: its `repr`, all beyond ASCII escaped. */
export function strAscii(content: StrContent): string {
  return quoted(content, () => false)
}

/** What stands between the quotes of a `repr` of a str, these being its quotes. */
export function escapedStr(content: StrContent, quote: number, python: PythonVersion): string {
  return escaped(codePointsOf(content), quote, (codePoint) => isPrintable(codePoint, python))
}

function quoted(content: StrContent, isPlain: (codePoint: number) => boolean): string {
  const codePoints = codePointsOf(content)
  const quote = quoteFor(codePoints)
  const mark = String.fromCharCode(quote)
  return mark + escaped(codePoints, quote, isPlain) + mark
}

function escaped(
  codePoints: readonly number[],
  quote: number,
  isPlain: (codePoint: number) => boolean,
): string {
  let text = ''
  for (const codePoint of codePoints) {
    if (codePoint < 0x80) text += escapeOf(codePoint, quote)
    else if (isPlain(codePoint)) text += String.fromCodePoint(codePoint)
    else text += escapeBeyondAscii(codePoint)
  }
  return text
}

/** The escape with which Python spells a code point that it does not print. */
export function escapeBeyondAscii(codePoint: number): string {
  const hex = codePoint.toString(16)
  if (codePoint <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return codePoint <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/**
 * Python's `repr` of an int.
 *
 * @clause ATOM-13
 * @throws {PickleError} ValueError, for more than 4300 digits
 */
export function intRepr(value: PythonInt): string {
  const text = String(value)
  if (text.replace('-', '').length <= maxDecimalDigits) return text
  throw new PickleError(
    'ValueError',
    `Exceeds the limit (${maxDecimalDigits} digits) for integer string conversion; ` +
      'use sys.set_int_max_str_digits() to increase the limit',
  )
}
