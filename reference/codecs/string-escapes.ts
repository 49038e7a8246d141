import { PickleError } from '../errors.ts'

const backslash = 0x5c

const isOctalDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x30 && byte <= 0x37

/** What one letter after a backslash stands for. */
const byteOfLetter: ReadonlyMap<number, number> = new Map(
  Object.entries({
    '\\': 0x5c,
    "'": 0x27,
    '"': 0x22,
    a: 7,
    b: 8,
    t: 9,
    n: 10,
    v: 11,
    f: 12,
    r: 13,
  }).map(([letter, byte]) => [letter.charCodeAt(0), byte]),
)

/**
 * The bytes that an escaped string of Python 2 stands for, its quotes already taken off.
 *
 * An unknown escape stands for itself, backslash and all; a backslash before LF for nothing.
 *
 * @clause OP-STRING
 * @throws {PickleError} ValueError, for a backslash at the end or `\x` without two hex digits
 */
export function decodeStringEscapes(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(backslash)) return bytes
  const decoded: number[] = []
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at++] as number // in range
    if (byte !== backslash) {
      decoded.push(byte)
      continue
    }
    const letter = bytes[at++]
    if (letter === undefined) throw new PickleError('ValueError', 'Trailing \\ in string')
    const plain = byteOfLetter.get(letter)
    if (plain !== undefined) decoded.push(plain)
    else if (letter === 0x78) {
      const digits = String.fromCharCode(...bytes.subarray(at, at + 2))
      if (!/^[0-9a-f]{2}$/i.test(digits)) {
        throw new PickleError('ValueError', `invalid \\x escape at position ${at - 2}`)
      }
      decoded.push(Number.parseInt(digits, 16))
      at += 2
    } else if (isOctalDigit(letter)) {
      // Up to three octal digits, of which the last eight bits count.
      let value = letter - 0x30
      for (const end = at + 2; at < end && isOctalDigit(bytes[at]); at++) {
        value = value * 8 + ((bytes[at] as number) - 0x30) // just seen to be a digit
      }
      decoded.push(value & 0xff)
    } else if (letter !== 0x0a) decoded.push(backslash, letter)
  }
  return Uint8Array.from(decoded)
}

/**
 * The quoted and escaped text that Python 2's `repr` gave for a string: what its pickler wrote.
 *
 * @clause OP-STRING
 */
export function encodeStringEscapes(bytes: Uint8Array): Uint8Array {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? 0x22 : 0x27
  let text = ''
  for (const byte of bytes) text += escapeOf(byte, quote)
  return Uint8Array.from([quote, ...Array.from(text, (char) => char.charCodeAt(0)), quote])
}

/** How one byte is spelled in the `repr` of bytes between these quotes. */
export function escapeOf(byte: number, quote: number): string {
  if (byte === quote || byte === backslash) return `\\${String.fromCharCode(byte)}`
  if (byte === 9) return '\\t'
  if (byte === 10) return '\\n'
  if (byte === 13) return '\\r'
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return `\\x${byte.toString(16).padStart(2, '0')}`
}
