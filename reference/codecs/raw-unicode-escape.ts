import { codePointsOf, type StrContent, strContent } from './str-content.ts'
import { decodeError } from './unicode-error.ts'

const backslash = 0x5c

/** NUL, LF, CR, 0x1a and the backslash: pickle escapes these five, plain raw-unicode-escape not. */
const escapedByPickle = new Set([0x00, 0x0a, 0x0d, 0x1a, backslash])

/**
 * The line that UNICODE carries for a str, without its LF.
 *
 * @clause ATOM-40
 */
export function encodeRawUnicodeEscape(content: StrContent): Uint8Array {
  const bytes: number[] = []
  for (const codePoint of codePointsOf(content)) {
    if (codePoint >= 0x10000) pushEscape(bytes, 'U', codePoint, 8)
    else if (codePoint >= 0x100 || escapedByPickle.has(codePoint)) {
      pushEscape(bytes, 'u', codePoint, 4)
    } else bytes.push(codePoint)
  }
  return Uint8Array.from(bytes)
}

function pushEscape(bytes: number[], letter: 'u' | 'U', codePoint: number, digits: number): void {
  bytes.push(backslash, letter.charCodeAt(0))
  for (const digit of codePoint.toString(16).padStart(digits, '0')) bytes.push(digit.charCodeAt(0))
}

/**
 * The str that a line of UNICODE stands for.
 *
 * A backslash before anything but `u` or `U` stands for itself and takes the next byte with it.
 *
 * @clause OP-UNICODE
 * @throws {PickleError} UnicodeDecodeError, for too few hex digits or a code point that is none
 */
export function decodeRawUnicodeEscape(bytes: Uint8Array): StrContent {
  const codePoints: number[] = []
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at] as number // in range
    const letter = byte === backslash ? bytes[at + 1] : undefined
    if (letter === 0x75 || letter === 0x55) {
      const digits = letter === 0x75 ? 4 : 8
      codePoints.push(escapeAt(bytes, at, digits))
      at += 2 + digits
    } else {
      codePoints.push(byte)
      if (letter !== undefined) codePoints.push(letter)
      at += letter === undefined ? 1 : 2
    }
  }
  return strContent(codePoints)
}

function escapeAt(bytes: Uint8Array, start: number, digits: 4 | 8): number {
  let codePoint = 0
  let at = start + 2
  for (const end = at + digits; at < end; at++) {
    const digit = hexDigit(bytes[at])
    if (digit === undefined) {
      const shape = digits === 4 ? '\\uXXXX' : '\\UXXXXXXXX'
      throw decodeError('rawunicodeescape', bytes, start, at, `truncated ${shape} escape`)
    }
    codePoint = codePoint * 16 + digit
  }
  if (codePoint > 0x10ffff) {
    throw decodeError('rawunicodeescape', bytes, start, at, '\\Uxxxxxxxx out of range')
  }
  return codePoint
}

/** The value of a hex digit; undefined for any other byte, and for none. */
function hexDigit(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined
  const digit = Number.parseInt(String.fromCharCode(byte), 16)
  return Number.isNaN(digit) ? undefined : digit
}
