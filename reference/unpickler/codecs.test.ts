import { describe, expect, test } from 'vitest'
import { type StrContent, strContent } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { decodeWith, encodeWith } from './codecs.ts'

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

/** Text as JSON has it; code points where there are lone surrogates. */
const shown = (content: StrContent): string =>
  typeof content === 'string' ? content : String.fromCodePoint(...content)

function told(made: () => string): string {
  try {
    return made()
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return `${error.type}: ${error.message}`
  }
}

const decoded = (hex: string, encoding: string, errors: string): string =>
  told(() => shown(decodeWith(bytesOf(hex), encoding, errors)))

// What Python 3.8.18 to 3.15.0rc1 say, which is the same.
describe('names of codecs', () => {
  test.each(['us-ascii', '646', 'iso646-us', 'us'])('%s is ASCII', (name) => {
    expect(decoded('c3a9', name, 'strict')).toBe(
      "UnicodeDecodeError: 'ascii' codec can't decode byte 0xc3 in position 0: ordinal not in range(128)",
    )
  })

  test.each([
    ...['latin', 'latin1', 'latin-1', 'latin_1', 'iso-8859-1', 'iso8859-1', 'l1', 'L1', 'cp819'],
    ...['8859', 'iso8859'],
  ])('%s is Latin-1', (name) => {
    expect(decoded('c3a9', name, 'strict')).toBe('\xc3\xa9')
  })

  test.each(['u8', 'U8', 'utf', 'utf8', 'utf-8', 'utf_8', 'cp65001'])('%s is UTF-8', (name) => {
    expect(decoded('c3a9', name, 'strict')).toBe('\xe9')
  })
})

describe('what cannot be decoded is what the handler makes of it', () => {
  test.each([
    ['ascii', 'replace', '7f80', '\x7f\ufffd'],
    ['ascii', 'ignore', '7f80', '\x7f'],
    ['ascii', 'backslashreplace', '7f80', '\x7f\\x80'],
    ['ascii', 'surrogateescape', '7f80', '\x7f\udc80'],
    ['utf-8', 'ignore', '61ff62', 'ab'],
    ['utf-8', 'backslashreplace', '61ff62', 'a\\xffb'],
    ['utf-8', 'surrogateescape', '61ff62', 'a\udcffb'],
    ['utf-8', 'backslashreplace', '62ff61e282', 'b\\xffa\\xe2\\x82'],
    ['utf-8', 'replace', '62ff61e282', 'b\ufffda\ufffd'],
    ['utf-8', 'surrogateescape', '61f09f98', 'a\udcf0\udc9f\udc98'],
    ['utf-8', 'replace', '61f09f62', 'a\ufffdb'],
    ['utf-8', 'replace', 'f09f98', '\ufffd'],
    ['utf-8', 'replace', 'eda080', '\ufffd\ufffd\ufffd'],
    ['utf-8', 'replace', 'f4908080', '\ufffd\ufffd\ufffd\ufffd'],
    ['utf-8', 'backslashreplace', 'c3', '\\xc3'],
  ])('%s %s %s', (encoding, errors, hex, wanted) => {
    expect(decoded(hex, encoding, errors)).toBe(wanted)
  })

  test.each([
    ['7fff', '\x7f\\xff'],
    ['c3a9ff', '\xe9\\xff'],
    ['e282acff', '\u20ac\\xff'],
    ['f09f9880ff', '\u{1f600}\\xff'],
    ['ffc3a9', '\\xff\xe9'],
    ['ffe282ac', '\\xff\u20ac'],
    ['fff09f9880', '\\xff\u{1f600}'],
  ])('beside it, characters of one to four bytes stay: %s', (hex, wanted) => {
    expect(decoded(hex, 'utf-8', 'backslashreplace')).toBe(wanted)
  })
})

describe('what cannot be encoded is what the handler makes of it', () => {
  test.each([
    ['ascii', 'replace', [0x7f, 0x80], '7f3f'],
    ['ascii', 'ignore', [0x7f, 0x80], '7f'],
    ['ascii', 'backslashreplace', [0x7f, 0x80], '7f5c783830'],
    ['latin-1', 'replace', [0xff, 0x100], 'ff3f'],
    ['latin-1', 'backslashreplace', [0xff, 0x100], 'ff5c7530313030'],
    ['utf-8', 'replace', [0xd7ff, 0xd800], 'ed9fbf3f'],
    ['utf-8', 'ignore', [0xdfff], ''],
    ['utf-8', 'replace', [0xdfff], '3f'],
    ['utf-8', 'backslashreplace', [0xdfff, 0xe000], '5c7564666666ee8080'],
    ['utf-8', 'nope', [0xdfff], "LookupError: unknown error handler name 'nope'"],
    ['latin-1', 'nope', [0x7f, 0x80], '7f80'],
  ])('%s %s %j', (encoding, errors, codePoints, wanted) => {
    const encoded = told(() =>
      Buffer.from(encodeWith(strContent(codePoints), encoding, errors)).toString('hex'),
    )

    expect(encoded).toBe(wanted)
  })
})
