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

/** Single quotes, unless there are only single ones inside. */
function quoteFor(codes: { includes(code: number): boolean }): number {
  return codes.includes(singleQuote) && !codes.includes(doubleQuote) ? doubleQuote : singleQuote
}

/** Python's `repr` of bytes. */
export function bytesRepr(bytes: Uint8Array): string {
  const quote = quoteFor(bytes)
  const mark = String.fromCharCode(quote)
  let text = ''
  for (const byte of bytes) text += escapeOf(byte, quote)
  return `b${mark}${text}${mark}`
}

/** Python's `repr` of a bytearray, which escapes single quotes even between double ones. */
export function byteArrayRepr(bytes: Uint8Array): string {
  const mark = String.fromCharCode(quoteFor(bytes))
  let text = ''
  for (const byte of bytes) text += escapeOf(byte, singleQuote)
  return `bytearray(b${mark}${text}${mark})`
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

function quoted(content: StrContent, isPlain: (codePoint: number) => boolean): string {
  const codePoints = codePointsOf(content)
  const quote = quoteFor(codePoints)
  const mark = String.fromCharCode(quote)
  let text = ''
  for (const codePoint of codePoints) {
    if (codePoint < 0x80) text += escapeOf(codePoint, quote)
    else if (isPlain(codePoint)) text += String.fromCodePoint(codePoint)
    else text += escapeBeyondAscii(codePoint)
  }
  return mark + text + mark
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
