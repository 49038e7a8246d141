import { codePointsOf, type StrContent, strContent, textOfStr } from '../codecs/str-content.ts'
import { encodeRawUnicodeEscape, utf8Length } from '../codecs/text.ts'
import { PyStr } from '../values/value.ts'
import { BINUNICODE, SHORT_BINUNICODE, UNICODE } from './codes.ts'
import { frameTargetBytes } from './framer.ts'
import { memoize, memoizeStr } from './memoize.ts'
import { writeTextHeader } from './payload-headers.ts'
import type { Pickling } from './pickling.ts'

/** A str of so many units or code points has at most 255 bytes in UTF-8. */
const surelyShort = 63
const lineFeed = 0x0a

/**
 * Writes an exact str.
 *
 * @clause ATOM-42
 */
export function saveStr(p: Pickling, str: PyStr): void {
  if (!p.isBinary) return saveLine(p, str)
  const { content } = str
  const isDone =
    p.protocol >= 4 && typeof content === 'string' && p.writer.shortAscii(SHORT_BINUNICODE, content)
  if (isDone) p.framer.endPiece()
  else saveUtf8(p, content)
  memoizeStr(p, str)
}

function saveUtf8(p: Pickling, content: StrContent): void {
  const { protocol, writer } = p
  const { length } = writer
  if (content.length >= frameTargetBytes) return saveLargeText(p, content)
  if (protocol < 4 || content.length > 0xff) {
    const byteLength = writeLongText(p, content)
    if (byteLength >= frameTargetBytes) {
      writer.truncate(length)
      return saveLargeText(p, content)
    }
  } else if (content.length <= surelyShort) {
    writer.u8s(SHORT_BINUNICODE, 0)
    writer.setU8(length + 1, writer.utf8(content))
  } else {
    writeTextHeader(writer, protocol, utf8Length(content))
    writer.utf8(content)
  }
  p.framer.endPiece()
}

/** Writes a str behind a length of four bytes, more of which JavaScript's strs do not need. */
function writeLongText({ writer }: Pickling, content: StrContent): number {
  writer.u8(BINUNICODE)
  const at = writer.reserve(4)
  const byteLength = writer.utf8(content)
  writer.setU32le(at, byteLength)
  return byteLength
}

/**
 * Writes a str of so many bytes that it goes past the frame.
 *
 * @clause FRAME-05
 */
function saveLargeText(p: Pickling, content: StrContent): void {
  p.framer.beginPayload()
  const byteLength = writeLongText(p, content)
  p.framer.endWrittenPayload(p.writer.length - byteLength)
}

/** The five characters that only pickle escapes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const escapedByPickle = /[\\\0\n\r\x1a]/

/**
 * Writes an exact str at protocol 0.
 *
 * @clause ATOM-40 ATOM-41
 */
function saveLine(p: Pickling, str: PyStr): void {
  const { writer } = p
  writer.u8(UNICODE)
  writer.bytes(encodeRawUnicodeEscape(str.content))
  writer.u8(lineFeed)
  p.framer.endPiece()
  const isCopied =
    p.profile.escapedStrMemoized === 'copy' && escapedByPickle.test(textOfStr(str.content))
  memoize(p, isCopied ? escapedCopy(str) : str)
}

/** The str that Python's pickler made of another by escaping what only pickle escapes. */
function escapedCopy(str: PyStr): PyStr {
  const escaped = codePointsOf(str.content).flatMap((codePoint) => {
    const character = String.fromCodePoint(codePoint)
    if (!escapedByPickle.test(character)) return [codePoint]
    return codePointsOf(`\\u${codePoint.toString(16).padStart(4, '0')}`)
  })
  return new PyStr(strContent(escaped))
}
