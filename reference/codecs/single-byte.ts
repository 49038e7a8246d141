import { codePointsOf, type StrContent } from './str-content.ts'
import { decodeError, encodeError } from './unicode-error.ts'

/** The str whose code points are these bytes; every sequence of bytes is one. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 4096) {
    text += String.fromCharCode(...bytes.subarray(start, start + 4096))
  }
  return text
}

/**
 * The bytes that are the code points of a str.
 *
 * @throws {PickleError} UnicodeEncodeError, when one is above 0xff
 */
export function encodeLatin1(content: StrContent): Uint8Array {
  return encodeSingleBytes(content, 'latin-1', 0x100)
}

/**
 * The str in ASCII bytes.
 *
 * @throws {PickleError} UnicodeDecodeError, when a byte is above 0x7f
 */
export function decodeAscii(bytes: Uint8Array): string {
  const at = bytes.findIndex((byte) => byte > 0x7f)
  if (at !== -1) throw decodeError('ascii', bytes, at, at + 1, 'ordinal not in range(128)')
  return decodeLatin1(bytes)
}

/**
 * The ASCII bytes of a str.
 *
 * @throws {PickleError} UnicodeEncodeError, when a code point is above 0x7f
 */
export function encodeAscii(content: StrContent): Uint8Array {
  return encodeSingleBytes(content, 'ascii', 0x80)
}

function encodeSingleBytes(content: StrContent, codec: string, limit: number): Uint8Array {
  const codePoints = codePointsOf(content)
  const isBeyond = (codePoint: number | undefined): boolean =>
    codePoint !== undefined && codePoint >= limit
  const start = codePoints.findIndex(isBeyond)
  const first = codePoints[start]
  if (first === undefined) return Uint8Array.from(codePoints)
  let end = start + 1
  while (isBeyond(codePoints[end])) end++
  const reason = `ordinal not in range(${limit})`
  throw encodeError(codec, first, start, end, reason)
}
