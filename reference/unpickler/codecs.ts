import { escapeBeyondAscii } from '../codecs/repr.ts'
import { decodeAscii, decodeLatin1, encodeAscii, encodeLatin1 } from '../codecs/single-byte.ts'
import { codePointsOf, type StrContent, strContent } from '../codecs/str-content.ts'
import { decodeUtf8, encodeUtf8 } from '../codecs/utf8.ts'
import { PickleError } from '../errors.ts'

type Decode = (bytes: Uint8Array) => StrContent

/** The codecs of Python that strings of Python 2 are decoded with. */
const codecs: Readonly<Record<string, { readonly decode: Decode; readonly isUtf8?: true }>> = {
  ascii: { decode: decodeAscii },
  latin_1: { decode: decodeLatin1 },
  utf_8: { decode: (bytes) => decodeUtf8(bytes, 'strict'), isUtf8: true },
}

/** What each is called besides. */
const otherNames: Readonly<Record<string, string>> = {
  ascii:
    '646 ansi_x3.4_1968 ansi_x3_4_1968 ansi_x3.4_1986 cp367 csascii ibm367 iso646_us iso_646.irv_1991 iso_ir_6 us us_ascii',
  latin_1:
    '8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1 iso_8859_1_1987 iso_ir_100 l1 latin latin1',
  utf_8: 'cp65001 u8 utf utf8 utf8_ucs2 utf8_ucs4',
}

const codecByOtherName: ReadonlyMap<string, string> = new Map(
  Object.entries(otherNames).flatMap(([codec, names]) =>
    names.split(' ').map((name) => [name, codec] as const),
  ),
)

/** What a handler makes of a byte that cannot be decoded. */
const handlers: Readonly<Record<string, (byte: number) => number[]>> = {
  ignore: () => [],
  replace: () => [0xfffd],
  backslashreplace: (byte) =>
    [...`\\x${byte.toString(16).padStart(2, '0')}`].map((char) => char.charCodeAt(0)),
  surrogateescape: (byte) => [0xdc00 + byte],
}

/**
 * Bytes of Python 2 as the str that an encoding and an error handler make of them.
 *
 * @clause UNP-11
 * @throws {PickleError} LookupError, for a codec or handler that is not there; UnicodeDecodeError
 */
export function decodeWith(bytes: Uint8Array, encoding: string, errors: string): StrContent {
  const codec = codecs[codecName(encoding)]
  if (codec === undefined) throw new PickleError('LookupError', `unknown encoding: ${encoding}`)
  try {
    return codec.decode(bytes)
  } catch (error) {
    if (!(error instanceof PickleError) || errors === 'strict') throw error
    const handler = handlers[errors]
    if (handler === undefined) {
      throw new PickleError('LookupError', `unknown error handler name '${errors}'`)
    }
    return codec.isUtf8 === true ? mended(bytes, errors, handler) : mendedAscii(bytes, handler)
  }
}

/** The name that a codec has itself: whatever stands between letters and digits is one mark. */
function codecName(encoding: string): string {
  const words = encoding.toLowerCase().match(/[a-z0-9.]+/g) ?? []
  const name = words.join('_')
  return codecByOtherName.get(name) ?? codecByOtherName.get(name.replaceAll('.', '_')) ?? name
}

function mendedAscii(bytes: Uint8Array, handler: (byte: number) => number[]): StrContent {
  return strContent([...bytes].flatMap((byte) => (byte < 0x80 ? [byte] : handler(byte))))
}

/** UTF-8 piece by piece: what begins a sequence and is none goes to the handler. */
function mended(
  bytes: Uint8Array,
  errors: string,
  handler: (byte: number) => number[],
): StrContent {
  const codePoints: number[] = []
  let at = 0
  while (at < bytes.length) {
    const width = [1, 2, 3, 4].find((count) => decodes(bytes.subarray(at, at + count)))
    if (width !== undefined) {
      codePoints.push(String(decodeUtf8(bytes.subarray(at, at + width))).codePointAt(0) as number)
      at += width
      continue
    }
    const bad = badLength(bytes, at)
    // One mark stands for the whole of a sequence that is cut short.
    if (errors === 'replace') codePoints.push(0xfffd)
    else for (const byte of bytes.subarray(at, at + bad)) codePoints.push(...handler(byte))
    at += bad
  }
  return strContent(codePoints)
}

function decodes(bytes: Uint8Array): boolean {
  try {
    decodeUtf8(bytes, 'strict')
    return true
  } catch {
    return false
  }
}

/** How many bytes from `at` belong to one error: the longest beginning of a sequence. */
function badLength(bytes: Uint8Array, at: number): number {
  const message = errorOf(bytes.subarray(at))
  const found = /in position (\d+)(?:-(\d+))?/.exec(message)
  return found?.[2] === undefined ? 1 : Number(found[2]) + 1
}

function errorOf(bytes: Uint8Array): string {
  try {
    decodeUtf8(bytes, 'strict')
    return ''
  } catch (error) {
    return (error as PickleError).message // decodeUtf8 throws nothing else
  }
}

const encoders: Readonly<Record<string, (content: StrContent) => Uint8Array>> = {
  ascii: encodeAscii,
  latin_1: encodeLatin1,
  utf_8: (content) => encodeUtf8(content, 'strict'),
}

/**
 * A str as the bytes that an encoding makes of it; null stands for what is no str.
 *
 * @throws {PickleError} LookupError, UnicodeEncodeError; TypeError for what is no str
 */
export function encodeWith(
  content: StrContent | null,
  encoding: string,
  errors: string,
  typeName = 'str',
): Uint8Array {
  const codec = codecName(encoding)
  const encode = encoders[codec]
  if (encode === undefined) throw new PickleError('LookupError', `unknown encoding: ${encoding}`)
  if (content === null) {
    const text = `${codec}_encode() argument 1 must be str, not ${typeName}`
    throw new PickleError('TypeError', text)
  }
  try {
    return encode(content)
  } catch (error) {
    if (!(error instanceof PickleError) || errors === 'strict') throw error
    const limit = codec === 'ascii' ? 0x80 : codec === 'latin_1' ? 0x100 : 0xd800
    const kept = codePointsOf(content).flatMap((code) =>
      code < limit || (codec === 'utf_8' && code > 0xdfff) ? [code] : replacement(errors, code),
    )
    return encode(strContent(kept))
  }
}

function replacement(errors: string, code: number): number[] {
  switch (errors) {
    case 'ignore':
      return []
    case 'replace':
      return [0x3f]
    case 'backslashreplace':
      return [...escapeBeyondAscii(code)].map((char) => char.charCodeAt(0))
    default:
      throw new PickleError('LookupError', `unknown error handler name '${errors}'`)
  }
}
