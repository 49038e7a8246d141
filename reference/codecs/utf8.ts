import { codePointsOf, type StrContent, strContent } from './str-content.ts'
import { decodeError, encodeError } from './unicode-error.ts'

/** How lone surrogates are met: let through as three bytes each, or refused. */
export type Surrogates = 'surrogatepass' | 'strict'

const loneSurrogate = /\p{Surrogate}/u
const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Whether TextEncoder writes this content as Python does: it has no lone surrogate. */
export function isWellFormed(content: StrContent): content is string {
  return typeof content === 'string' && !loneSurrogate.test(content)
}

/**
 * How many bytes a str has in UTF-8, lone surrogates being three each.
 *
 * @clause ATOM-42
 */
export function utf8Length(content: StrContent): number {
  if (typeof content !== 'string') return utf8LengthOfCodePoints(content)
  let byteLength = content.length
  for (let index = 0; index < content.length; index++) {
    const unit = content.charCodeAt(index)
    if (unit < 0x80) continue
    if (unit < 0x800) byteLength += 1
    else {
      byteLength += 2
      if (unit >= 0xd800 && unit <= 0xdbff && (content.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
        // A pair is four bytes for two units.
        index++
      }
    }
  }
  return byteLength
}

function utf8LengthOfCodePoints(codePoints: readonly number[]): number {
  let byteLength = 0
  for (const codePoint of codePoints) byteLength += widthOf(codePoint)
  return byteLength
}

function widthOf(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}

/**
 * Writes code points into `target` from `at`, and gives back where they end. The room must be there.
 *
 * @clause ATOM-42
 */
export function writeUtf8(codePoints: readonly number[], target: Uint8Array, at: number): number {
  let to = at
  for (const codePoint of codePoints) {
    if (codePoint < 0x80) target[to++] = codePoint
    else if (codePoint < 0x800) {
      target[to++] = 0xc0 | (codePoint >> 6)
      target[to++] = 0x80 | (codePoint & 0x3f)
    } else if (codePoint < 0x10000) {
      target[to++] = 0xe0 | (codePoint >> 12)
      target[to++] = 0x80 | ((codePoint >> 6) & 0x3f)
      target[to++] = 0x80 | (codePoint & 0x3f)
    } else {
      target[to++] = 0xf0 | (codePoint >> 18)
      target[to++] = 0x80 | ((codePoint >> 12) & 0x3f)
      target[to++] = 0x80 | ((codePoint >> 6) & 0x3f)
      target[to++] = 0x80 | (codePoint & 0x3f)
    }
  }
  return to
}

/**
 * The UTF-8 of a str.
 *
 * @clause ATOM-42
 * @throws {PickleError} UnicodeEncodeError, when `surrogates` is `strict` and there is a lone one
 */
export function encodeUtf8(
  content: StrContent,
  surrogates: Surrogates = 'surrogatepass',
): Uint8Array {
  if (isWellFormed(content)) return encoder.encode(content)
  const codePoints = codePointsOf(content)
  if (surrogates === 'strict') refuseSurrogates(codePoints)
  const bytes = new Uint8Array(utf8Length(content))
  writeUtf8(codePoints, bytes, 0)
  return bytes
}

const isSurrogate = (codePoint: number | undefined): boolean =>
  codePoint !== undefined && codePoint >= 0xd800 && codePoint <= 0xdfff

function refuseSurrogates(codePoints: readonly number[]): void {
  const start = codePoints.findIndex(isSurrogate)
  const first = codePoints[start]
  if (first === undefined) return
  let end = start + 1
  while (isSurrogate(codePoints[end])) end++
  throw encodeError('utf-8', first, start, end, 'surrogates not allowed')
}

/**
 * The str in UTF-8 bytes.
 *
 * @clause ATOM-42
 * @throws {PickleError} UnicodeDecodeError, with the place and reason that Python gives
 */
export function decodeUtf8(
  bytes: Uint8Array,
  surrogates: Surrogates = 'surrogatepass',
): StrContent {
  try {
    return strictDecoder.decode(bytes)
  } catch {
    // Lone surrogates, or an error that is to be named: the slow way knows which.
    return strContent(decodeSlowly(bytes, surrogates))
  }
}

function decodeSlowly(bytes: Uint8Array, surrogates: Surrogates): number[] {
  const codePoints: number[] = []
  let at = 0
  while (at < bytes.length) {
    const met = surrogates === 'surrogatepass' ? surrogateAt(bytes, at) : undefined
    if (met !== undefined) {
      codePoints.push(met)
      at += 3
      continue
    }
    const width = widthOfSequence(bytes, at)
    codePoints.push(sequenceAt(bytes, at, width))
    at += width
  }
  return codePoints
}

const isContinuation = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x80 && byte <= 0xbf

function surrogateAt(bytes: Uint8Array, at: number): number | undefined {
  const [first, second, third] = bytes.subarray(at, at + 3)
  if (first !== 0xed || !isContinuation(second) || !isContinuation(third)) return undefined
  const codePoint = sequenceAt(bytes, at, 3)
  return isSurrogate(codePoint) ? codePoint : undefined
}

/** The number of bytes of the sequence that begins at `at`, every one of them seen to be right. */
function widthOfSequence(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number // in range
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) {
    throw decodeError('utf-8', bytes, at, at + 1, 'invalid start byte')
  }
  const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  for (let index = 1; index < width; index++) {
    const byte = bytes[at + index]
    if (byte === undefined) {
      throw decodeError('utf-8', bytes, at, bytes.length, 'unexpected end of data')
    }
    if (!isContinuation(byte) || (index === 1 && !canFollow(first, byte))) {
      throw decodeError('utf-8', bytes, at, at + index, 'invalid continuation byte')
    }
  }
  return width
}

/** Whether a second byte is neither overlong, nor a surrogate, nor beyond the last code point. */
function canFollow(first: number, second: number): boolean {
  switch (first) {
    case 0xe0:
      return second >= 0xa0
    case 0xed:
      return second < 0xa0
    case 0xf0:
      return second >= 0x90
    case 0xf4:
      return second < 0x90
    default:
      return true
  }
}

function sequenceAt(bytes: Uint8Array, at: number, width: number): number {
  let codePoint = 0
  let mask = width === 1 ? 0x7f : 0x7f >> width
  for (const byte of bytes.subarray(at, at + width)) {
    codePoint = (codePoint << 6) | (byte & mask)
    mask = 0x3f
  }
  return codePoint
}
