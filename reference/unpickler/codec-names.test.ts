import { describe, expect, test } from 'vitest'
import type { StrContent } from '../codecs/str-content.ts'
import { decodeWith, encodeWith } from './codecs.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))
const ofBytes = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

// Those of Python 3.8.18 to 3.14.2, of `encodings.aliases` and as people write them.
const names = {
  ascii: [
    ...['ascii', 'ASCII', 'us-ascii', 'us_ascii', 'US ASCII', 'us', '646', '646 ', 'cp367'],
    ...['iso646-us', 'iso_646.irv_1991', 'iso_ir_6', 'ibm367', 'csascii'],
    ...['ansi_x3.4_1968', 'ansi_x3.4-1968', 'ansi_x3_4_1968', 'ansi_x3.4_1986'],
  ],
  latin1: [
    ...['latin-1', 'latin_1', 'Latin 1', 'latin1', 'latin', 'l1', 'L1', 'cp819', 'ibm819'],
    ...['iso-8859-1', 'ISO-8859-1', 'iso8859-1', 'iso.8859.1', 'iso_8859_1_1987', 'iso_ir_100'],
    ...['8859', 'iso8859', 'csisolatin1'],
  ],
  utf8: [
    ...['utf-8', 'UTF-8', 'utf_8', 'utf 8', 'utf--8', '-utf-8-', 'utf8', 'utf8_'],
    ...['u8', 'utf', 'cp65001', 'utf8_ucs2', 'utf8_ucs4'],
  ],
  none: [
    ...['8859-1', '88591', 'iso88591', 'usascii', 'iso646us', 'iso-646-irv-1991', 'ut-f8', 'utf.8'],
    ...['u_8', 'l-1', 'cp-819', ''],
  ],
}

const decoded = (encoding: string): StrContent | string => {
  try {
    return decodeWith(latin1('\xc3\xa9'), encoding, 'strict')
  } catch (error) {
    return String(error)
  }
}

test('codecs are known by the names that Python has for them', () => {
  for (const name of names.ascii) expect(decoded(name), name).toContain("'ascii' codec can't")
  for (const name of names.latin1) expect(decoded(name), name).toBe('\xc3\xa9')
  for (const name of names.utf8) expect(decoded(name), name).toBe('\xe9')
  for (const name of names.none) expect(decoded(name), name).toContain(`unknown encoding: ${name}`)
})

// What Python 3.8.18 to 3.14.2 give.
describe('bytes that are no', () => {
  test.each([
    ['a\x80', 'a', 'a\ufffd', 'a\\x80', 'a\udc80'],
    ['\x7f\x80', '\x7f', '\x7f\ufffd', '\x7f\\x80', '\x7f\udc80'],
    ['a\xffb', 'ab', 'a\ufffdb', 'a\\xffb', 'a\udcffb'],
  ])('ASCII: %j', (bytes, ...wanted) => {
    expect(mended(bytes, 'ascii')).toEqual(wanted)
  })

  test.each([
    ['\xf0\x9f\x98\x80a\xff', '😀a', '😀a\ufffd', '😀a\\xff', '😀a\udcff'],
    ['\xe2\x82\xaca\xff', '€a', '€a\ufffd', '€a\\xff', '€a\udcff'],
    ['\xc3\xa9a\xff', 'éa', 'éa\ufffd', 'éa\\xff', 'éa\udcff'],
    ['ab\xe2\x82', 'ab', 'ab\ufffd', 'ab\\xe2\\x82', 'ab\udce2\udc82'],
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
    ['\xed\xa0\x80', '', '\ufffd\ufffd\ufffd', '\\xed\\xa0\\x80', '\udced\udca0\udc80'],
  ])('UTF-8: %j', (bytes, ...wanted) => {
    expect(mended(bytes, 'utf-8')).toEqual(wanted)
  })
})

function mended(bytes: string, encoding: string): StrContent[] {
  return ['ignore', 'replace', 'backslashreplace', 'surrogateescape'].map((handler) =>
    decodeWith(latin1(bytes), encoding, handler),
  )
}

// What Python 3.8.18 to 3.14.2 give.
test.each([
  ['utf-8', '\udfff', ['', '?', '\\udfff']],
  ['utf-8', 'a\ud800b', ['ab', 'a?b', 'a\\ud800b']],
  ['utf-8', '\ud7ff\udfff', ['\xed\x9f\xbf', '\xed\x9f\xbf?', '\xed\x9f\xbf\\udfff']],
  ['utf-8', '\udfff\ue000', ['\xee\x80\x80', '?\xee\x80\x80', '\\udfff\xee\x80\x80']],
  ['ascii', 'a\x80', ['a', 'a?', 'a\\x80']],
  ['ascii', 'a\x7f\x80', ['a\x7f', 'a\x7f?', 'a\x7f\\x80']],
  ['latin1', '\x80\xff\u0100', ['\x80\xff', '\x80\xff?', '\x80\xff\\u0100']],
])('what %s cannot encode of %j', (encoding, content, wanted) => {
  const found = ['ignore', 'replace', 'backslashreplace'].map((handler) =>
    ofBytes(encodeWith(content, encoding, handler)),
  )

  expect(found).toEqual(wanted)
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
