import { encodeRawUnicodeEscape, encodeUtf8, utf8Length } from '../codecs/text.ts'
import { PyStr } from '../values/value.ts'
import { BINUNICODE, SHORT_BINUNICODE, UNICODE } from './codes.ts'
import { frameTargetBytes } from './framer.ts'
import { memoize } from './memoize.ts'
import { writeTextHeader } from './payload-headers.ts'
import type { Pickling } from './pickling.ts'

/** A str of so many units may have too many bytes in UTF-8 to go through the buffer. */
const largeFrom = Math.floor(frameTargetBytes / 3)
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
  if (!isDone) saveUtf8(p, str)
  p.framer.endPiece()
  memoize(p, str)
}

function saveUtf8(p: Pickling, { content }: PyStr): void {
  const { framer, protocol, writer } = p
  if (content.length >= largeFrom) {
    const bytes = encodeUtf8(content)
    if (bytes.length < frameTargetBytes) {
      writeTextHeader(writer, protocol, bytes.length)
      writer.bytes(bytes)
      return
    }
    // FRAME-05  What is large goes past the frame.
    framer.beginPayload()
    writeTextHeader(writer, protocol, bytes.length)
    framer.endPayload(bytes, 'bytes')
    return
  }
  if (content.length <= 0xff) {
    writeTextHeader(writer, protocol, utf8Length(content))
    writer.utf8(content)
    return
  }
  writer.u8(BINUNICODE)
  const at = writer.reserve(4)
  writer.setU32le(at, writer.utf8(content))
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
  const isCopied = p.profile.escapedStrMemoized === 'copy' && escapedByPickle.test(textOf(str))
  memoize(p, isCopied ? new PyStr(str.content) : str)
}

const textOf = ({ content }: PyStr): string =>
  typeof content === 'string' ? content : String.fromCodePoint(...content)
