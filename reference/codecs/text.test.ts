import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOfHex, hexOfBytes } from './hex.ts'
import { byteArrayRepr } from './repr.ts'
import { codePointsOf, strContent } from './str-content.ts'
import {
  decodeLatin1,
  decodeRawUnicodeEscape,
  decodeStringEscapes,
  decodeUtf8,
  encodeAscii,
  encodeLatin1,
  encodeRawUnicodeEscape,
  encodeStringEscapes,
  encodeUtf8,
  isWellFormed,
  utf8Length,
} from './text.ts'

const content = fc
  .oneof(
    fc.array(fc.integer({ min: 0, max: 0x10ffff })),
    fc.array(fc.integer({ min: 0xd7fe, max: 0xe001 })),
    fc.array(fc.integer({ min: 0, max: 0x7f }), { maxLength: 100 }),
  )
  .map(strContent)

test('any str comes back from UTF-8, whose length is known before', () => {
  fc.assert(
    fc.property(content, (given) => {
      const bytes = encodeUtf8(given)

      expect(decodeUtf8(bytes)).toEqual(given)
      expect(utf8Length(given)).toBe(bytes.length)
    }),
  )
})

test('well-formed text has the UTF-8 that Buffer gives it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(isWellFormed(text)).toBe(true)
      expect(hexOfBytes(encodeUtf8(text, 'strict'))).toBe(Buffer.from(text).toString('hex'))
      expect(decodeUtf8(Buffer.from(text), 'strict')).toBe(text)
    }),
  )
})

test.each([
  [[0x61, 0xe9, 0x20ac, 0x1f600, 0xd800], '61c3a9e282acf09f9880eda080'],
  [[0xd7ff, 0xd800], 'ed9fbfeda080'],
  [
    [0xdc00, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff, 0x7f, 0x80],
    'edb080dfbfe0a080efbfbff0908080f48fbfbf7fc280',
  ],
])('%o is %s in UTF-8', (codePoints, hex) => {
  expect(hexOfBytes(encodeUtf8(strContent(codePoints)))).toBe(hex)
  expect(decodeUtf8(bytesOfHex(hex))).toEqual(strContent(codePoints))
})

test('content given as code points without need is written all the same', () => {
  expect(hexOfBytes(encodeUtf8([0x61, 0xe9], 'strict'))).toBe('61c3a9')
  expect(utf8Length([0x61, 0xe9, 0x20ac, 0x1f600])).toBe(10)
  const edges = [0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000]
  expect(utf8Length('\udc00\udc00')).toBe(6)
  expect(edges.map((edge) => utf8Length([edge]))).toEqual([1, 2, 2, 3, 3, 4])
})

test('text with a lone surrogate is not well-formed', () => {
  expect(isWellFormed('a\ud800')).toBe(false)
  expect(isWellFormed([0x61])).toBe(false)
})

test('any str comes back from raw-unicode-escape, on one line', () => {
  fc.assert(
    fc.property(content, (given) => {
      const bytes = encodeRawUnicodeEscape(given)

      expect(bytes.includes(0x0a)).toBe(false)
      expect(codePointsOf(decodeRawUnicodeEscape(bytes))).toEqual(codePointsOf(given))
    }),
  )
})

test('any bytes come back from latin-1 and from string escapes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const quoted = encodeStringEscapes(bytes)

      expect(encodeLatin1(decodeLatin1(bytes))).toEqual(bytes)
      expect(decodeStringEscapes(quoted.subarray(1, -1))).toEqual(bytes)
      expect(quoted.at(0)).toBe(quoted.at(-1))
    }),
  )
})

test('a long run of bytes is read as latin-1', () => {
  const bytes = new Uint8Array(200_000).fill(0xe9)

  expect(decodeLatin1(bytes)).toBe('é'.repeat(200_000))
})

// As Python 2.7.18 writes them: repr('it\'s') and so on.
test.each([
  ['abc', "'abc'"],
  ["it's", '"it\'s"'],
  ['"', "'\"'"],
  ['\'"', "'\\'\"'"],
  ['\t\n\r\\\0\x7f\xff', "'\\t\\n\\r\\\\\\x00\\x7f\\xff'"],
])('Python 2 writes the string %j as %s', (text, quoted) => {
  expect(decodeLatin1(encodeStringEscapes(encodeLatin1(text)))).toBe(quoted)
})

test('bytes without a backslash need no copy', () => {
  const bytes = encodeAscii('abc')

  expect(decodeStringEscapes(bytes)).toBe(bytes)
})

// repr(bytearray(b"it's")) and so on, of CPython 3.13.0.
test.each([
  ["it's", 'bytearray(b"it\\\'s")'],
  ['a"', "bytearray(b'a\"')"],
  ['\'"\\', "bytearray(b'\\'\"\\\\')"],
])('the bytearray of %j has the repr %s', (text, repr) => {
  expect(byteArrayRepr(encodeAscii(text))).toBe(repr)
})

// What Python 3.8.18 and 3.13.0 say.
test.each([
  ['\ud800\ue000', "'utf-8' codec can't encode character '\\ud800' in position 0"],
  ['\udc00\ue000', "'utf-8' codec can't encode character '\\udc00' in position 0"],
  [[0xd800, 0xdfff, 0xe000], "'utf-8' codec can't encode characters in position 0-1"],
])('the surrogates of %j end where others begin', (given, message) => {
  expect(() => encodeUtf8(given, 'strict')).toThrow(`${message}: surrogates not allowed`)
})
