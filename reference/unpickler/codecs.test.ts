import { describe, expect, test } from 'vitest'
import type { StrContent } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { decodeWith, encodeWith } from './codecs.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))
const ofBytes = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

const orRefusal = <T>(made: () => T): T | string => {
  try {
    return made()
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return `${error.type}: ${error.message}`
  }
}

// Those of Python 3.8.18 to 3.15.0rc1, of `encodings.aliases` and as people write them.
describe('names of codecs', () => {
  const decoded = (encoding: string): StrContent =>
    orRefusal(() => decodeWith(latin1('\xc3\xa9'), encoding, 'strict'))

  test.each([
    ...['ascii', 'ASCII', 'us-ascii', 'us_ascii', 'US ASCII', 'us', '646', '646 ', 'cp367'],
    ...['iso646-us', 'iso_646.irv_1991', 'iso_ir_6', 'ibm367', 'csascii'],
    ...['ansi_x3.4_1968', 'ansi_x3.4-1968', 'ansi_x3_4_1968', 'ansi_x3.4_1986'],
  ])('%j is ASCII', (name) => {
    expect(decoded(name)).toBe(
      "UnicodeDecodeError: 'ascii' codec can't decode byte 0xc3 in position 0: ordinal not in range(128)",
    )
  })

  test.each([
    ...['latin-1', 'latin_1', 'Latin 1', 'latin1', 'latin', 'l1', 'L1', 'cp819', 'ibm819'],
    ...['iso-8859-1', 'ISO-8859-1', 'iso8859-1', 'iso.8859.1', 'iso_8859_1_1987', 'iso_ir_100'],
    ...['8859', 'iso8859', 'csisolatin1'],
  ])('%j is Latin-1', (name) => {
    expect(decoded(name)).toBe('\xc3\xa9')
  })

  test.each([
    ...['utf-8', 'UTF-8', 'utf_8', 'utf 8', 'utf--8', '-utf-8-', 'utf8', 'utf8_'],
    ...['u8', 'U8', 'utf', 'cp65001', 'utf8_ucs2', 'utf8_ucs4'],
  ])('%j is UTF-8', (name) => {
    expect(decoded(name)).toBe('\xe9')
  })

  test.each([
    ...['8859-1', '88591', 'iso88591', 'usascii', 'iso646us', 'iso-646-irv-1991', 'ut-f8', 'utf.8'],
    ...['u_8', 'l-1', 'cp-819', ''],
  ])('%j is none', (name) => {
    expect(decoded(name)).toBe(`LookupError: unknown encoding: ${name}`)
  })
})

// What Python 3.8.18 to 3.15.0rc1 give.
describe('what ignore, replace, backslashreplace and surrogateescape make of bytes that are no', () => {
  const mended = (bytes: string, encoding: string): StrContent[] =>
    ['ignore', 'replace', 'backslashreplace', 'surrogateescape'].map((handler) =>
      decodeWith(latin1(bytes), encoding, handler),
    )

  test.each([
    ['a\x80', 'a', 'a\ufffd', 'a\\x80', 'a\udc80'],
    ['\x7f\x80', '\x7f', '\x7f\ufffd', '\x7f\\x80', '\x7f\udc80'],
    ['a\xffb', 'ab', 'a\ufffdb', 'a\\xffb', 'a\udcffb'],
  ])('ASCII: %j', (bytes, ...wanted) => {
    expect(mended(bytes, 'ascii')).toEqual(wanted)
  })

  test.each([
    ['a\xffb', 'ab', 'a\ufffdb', 'a\\xffb', 'a\udcffb'],
    // Beside it, characters of one to four bytes stay.
    ['\x7f\xff', '\x7f', '\x7f\ufffd', '\x7f\\xff', '\x7f\udcff'],
    ['\xc3\xa9\xff', 'é', 'é\ufffd', 'é\\xff', 'é\udcff'],
    ['\xe2\x82\xac\xff', '€', '€\ufffd', '€\\xff', '€\udcff'],
    ['\xf0\x9f\x98\x80\xff', '😀', '😀\ufffd', '😀\\xff', '😀\udcff'],
    ['\xff\xc3\xa9', 'é', '\ufffdé', '\\xffé', '\udcffé'],
    ['\xff\xe2\x82\xac', '€', '\ufffd€', '\\xff€', '\udcff€'],
    ['\xff\xf0\x9f\x98\x80', '😀', '\ufffd😀', '\\xff😀', '\udcff😀'],
    ['\xf0\x9f\x98\x80a\xff', '😀a', '😀a\ufffd', '😀a\\xff', '😀a\udcff'],
    ['\xe2\x82\xaca\xff', '€a', '€a\ufffd', '€a\\xff', '€a\udcff'],
    ['\xc3\xa9a\xff', 'éa', 'éa\ufffd', 'éa\\xff', 'éa\udcff'],
    // What is cut short.
    ['\xc3', '', '\ufffd', '\\xc3', '\udcc3'],
    ['\xf0\x9f\x98', '', '\ufffd', '\\xf0\\x9f\\x98', '\udcf0\udc9f\udc98'],
    ['a\xf0\x9f\x98', 'a', 'a\ufffd', 'a\\xf0\\x9f\\x98', 'a\udcf0\udc9f\udc98'],
    ['a\xf0\x9fb', 'ab', 'a\ufffdb', 'a\\xf0\\x9fb', 'a\udcf0\udc9fb'],
    ['ab\xe2\x82', 'ab', 'ab\ufffd', 'ab\\xe2\\x82', 'ab\udce2\udc82'],
    ['b\xffa\xe2\x82', 'ba', 'b\ufffda\ufffd', 'b\\xffa\\xe2\\x82', 'b\udcffa\udce2\udc82'],
    [
      'a\xf0\x9f\x98b\xff\xffc',
      'abc',
      'a\ufffdb\ufffd\ufffdc',
      'a\\xf0\\x9f\\x98b\\xff\\xffc',
      'a\udcf0\udc9f\udc98b\udcff\udcffc',
    ],
    [
      'abc\xf0\x9f\x98\xe2\x82\xac',
      'abc€',
      'abc\ufffd€',
      'abc\\xf0\\x9f\\x98€',
      'abc\udcf0\udc9f\udc98€',
    ],
    // A surrogate, and what is beyond the last character.
    ['\xed\xa0\x80', '', '\ufffd\ufffd\ufffd', '\\xed\\xa0\\x80', '\udced\udca0\udc80'],
    [
      '\xf4\x90\x80\x80',
      '',
      '\ufffd\ufffd\ufffd\ufffd',
      '\\xf4\\x90\\x80\\x80',
      '\udcf4\udc90\udc80\udc80',
    ],
  ])('UTF-8: %j', (bytes, ...wanted) => {
    expect(mended(bytes, 'utf-8')).toEqual(wanted)
  })
})

// What Python 3.8.18 to 3.15.0rc1 give.
describe('what cannot be encoded', () => {
  test.each([
    ['utf-8', '\udfff', ['', '?', '\\udfff']],
    ['utf-8', 'a\ud800b', ['ab', 'a?b', 'a\\ud800b']],
    ['utf-8', '\ud7ff\ud800', ['\xed\x9f\xbf', '\xed\x9f\xbf?', '\xed\x9f\xbf\\ud800']],
    ['utf-8', '\ud7ff\udfff', ['\xed\x9f\xbf', '\xed\x9f\xbf?', '\xed\x9f\xbf\\udfff']],
    ['utf-8', '\udfff\ue000', ['\xee\x80\x80', '?\xee\x80\x80', '\\udfff\xee\x80\x80']],
    ['ascii', 'a\x80', ['a', 'a?', 'a\\x80']],
    ['ascii', 'a\x7f\x80', ['a\x7f', 'a\x7f?', 'a\x7f\\x80']],
    ['latin1', '\x80\xff\u0100', ['\x80\xff', '\x80\xff?', '\x80\xff\\u0100']],
  ])('by %s of %j: ignore, replace, backslashreplace', (encoding, content, wanted) => {
    const found = ['ignore', 'replace', 'backslashreplace'].map((handler) =>
      ofBytes(encodeWith(content, encoding, handler)),
    )

    expect(found).toEqual(wanted)
  })

  test.each([
    ['utf-8', '\udfff', "LookupError: unknown error handler name 'nope'"],
    ['latin-1', '\x7f\x80', '\x7f\x80'],
  ])('a handler that is none is refused where it is needed: %s', (encoding, content, wanted) => {
    expect(orRefusal(() => ofBytes(encodeWith(content, encoding, 'nope')))).toBe(wanted)
  })

  test.each([
    ['latin1', 'latin_1'],
    ['UTF-8', 'utf_8'],
    ['us-ascii', 'ascii'],
  ])('what is no str is refused by %s under its own name', (encoding, name) => {
    expect(() => encodeWith(null, encoding, 'strict', 'int')).toThrow(
      `${name}_encode() argument 1 must be str, not int`,
    )
  })
})
