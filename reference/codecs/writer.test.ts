import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hexOfBytes } from './hex.ts'
import { type StrContent, strContent } from './str-content.ts'
import { encodeUtf8 } from './text.ts'
import { Writer } from './writer.ts'

function written(write: (writer: Writer) => void, capacity?: number): string {
  const writer = new Writer(capacity)
  write(writer)
  return hexOfBytes(writer.take())
}

test.each<[string, (writer: Writer) => void, string]>([
  ['u8', (writer) => writer.u8(0xab), 'ab'],
  ['u16le', (writer) => writer.u16le(0x0102), '0201'],
  ['u32le', (writer) => writer.u32le(0xfffefdfc), 'fcfdfeff'],
  ['u32le of a negative', (writer) => writer.u32le(-2), 'feffffff'],
  ['u64le', (writer) => writer.u64le(0x1_0000_0002), '0200000001000000'],
  [
    'u64le at its greatest safe',
    (writer) => writer.u64le(Number.MAX_SAFE_INTEGER),
    'ffffffffffff1f00',
  ],
  ['u64le of a bigint', (writer) => writer.u64le(2n ** 64n - 2n), 'feffffffffffffff'],
  ['f64be', (writer) => writer.f64be(1.5), '3ff8000000000000'],
  ['f64be of any NaN', (writer) => writer.f64be(Number.NaN), '7ff8000000000000'],
  ['f64be of bits', (writer) => writer.f64be(0x7ff0000000000001n), '7ff0000000000001'],
  ['bytes', (writer) => writer.bytes(Uint8Array.of(1, 2)), '0102'],
  ['many bytes', (writer) => writer.bytes(new Uint8Array(100).fill(7)), '07'.repeat(100)],
  ['ascii', (writer) => writer.ascii('ab'), '6162'],
  ['long ascii', (writer) => writer.ascii('ab'.repeat(200)), '6162'.repeat(200)],
])('%s', (_, write, hex) => {
  expect(written(write)).toBe(hex)
  // The same when the buffer has to grow at every write.
  expect(written(write, 0)).toBe(hex)
})

test('a str is written as its codec does, at any length, and counted', () => {
  const content = fc
    .tuple(
      fc.array(fc.integer({ min: 0, max: 0x10ffff }), { minLength: 1, maxLength: 9 }),
      fc.nat(30),
    )
    .map(([unit, times]) => strContent(Array.from({ length: times }, () => unit).flat()))
  const units = fc.oneof(
    content,
    fc.string({ maxLength: 200 }),
    fc.array(fc.integer({ min: 0xd7fe, max: 0xe001 })).map(strContent),
  )
  fc.assert(
    fc.property(units, (given) => {
      const writer = new Writer(1)
      writer.u8(0xee)
      const byteLength = writer.utf8(given)
      writer.u8(0xee)

      const expected = hexOfBytes(encodeUtf8(given))
      expect(byteLength).toBe(expected.length / 2)
      expect(hexOfBytes(writer.take())).toBe(`ee${expected}ee`)
    }),
  )
})

test.each<[StrContent, string]>([
  ['aé€😀\ud800', '61c3a9e282acf09f9880eda080'],
  [[0xd83d, 0xde00], 'eda0bdedb880'],
  [`${'a'.repeat(40)}\udc00`, `${'61'.repeat(40)}edb080`],
  [`${'a'.repeat(40)}é`, `${'61'.repeat(40)}c3a9`],
])('%j is %s in UTF-8', (content, hex) => {
  expect(written((writer) => writer.utf8(content), 0)).toBe(hex)
})

test('a very long str takes no more room than it needs', () => {
  const text = 'é€'.repeat(40_000)
  const writer = new Writer(0)

  expect(writer.utf8(text)).toBe(200_000)
  expect(hexOfBytes(writer.take())).toBe('c3a9e282ac'.repeat(40_000))
})

test('short ASCII gets its opcode and length in front', () => {
  expect(written((writer) => writer.shortAscii(0x8c, 'ab'))).toBe('8c026162')
  expect(written((writer) => writer.shortAscii(0x8c, ''), 0)).toBe('8c00')
})

test.each([[31], [32], [33], [255]])('so does ASCII of length %i', (length) => {
  const text = 'ab'.repeat(128).slice(0, length)
  const hex = hexOfBytes(encodeUtf8(text))

  expect(written((writer) => writer.shortAscii(0x8c, text), 0)).toBe(
    `8c${length.toString(16)}${hex}`,
  )
})

test.each([
  ['é'],
  ['abé'],
  ['a'.repeat(256)],
  [`${'a'.repeat(32)}é`],
  [`é${'a'.repeat(32)}`],
  ['é'.repeat(100)],
  [`${'a'.repeat(100)}\ud800`],
  [`${'a'.repeat(100)}😀`],
])('%s is not written as short ASCII', (text) => {
  const writer = new Writer(0)
  writer.u8(1)

  expect(writer.shortAscii(0x8c, text)).toBe(false)
  expect(hexOfBytes(writer.take())).toBe('01')
})

test('a gap is left zero and filled later', () => {
  const writer = new Writer(64)
  writer.bytes(new Uint8Array(64).fill(0xff))
  writer.take()
  writer.u8(1)
  const at = writer.reserve(9)
  writer.u8(2)
  writer.setU64le(at + 1, 10)
  writer.setU32le(at + 1, 10)

  expect(at).toBe(1)
  expect(hexOfBytes(writer.view())).toBe('01000a0000000000000002')
  expect(hexOfBytes(writer.view(9))).toBe('0002')
})

test('a gap can be taken out again', () => {
  const writer = new Writer()
  writer.ascii('abcdef')

  writer.remove(1, 3)

  expect(writer.length).toBe(3)
  expect(hexOfBytes(writer.take())).toBe(hexOfBytes(encodeUtf8('aef')))
})

test('what was taken is a copy, and the writer begins anew', () => {
  const writer = new Writer()
  writer.u8(1)
  const first = writer.take()
  writer.u8(2)

  expect(hexOfBytes(first)).toBe('01')
  expect(hexOfBytes(writer.take())).toBe('02')
  expect(writer.length).toBe(0)
})

test.each([
  ['\u0800', 'e0a080'],
  ['\u07ff', 'dfbf'],
  ['\u{10000}\u0800', 'f0908080e0a080'],
])('the short text %j in UTF-8 is %s', (text, hex) => {
  expect(written((writer) => writer.utf8(text))).toBe(hex)
})

test.each([
  ['a\x7f', true, '8c02617f'],
  ['a\x80', false, ''],
  [`${'a'.repeat(40)}\x80`, false, ''],
])('%j written as short ASCII: %s', (text, isWritten, hex) => {
  const writer = new Writer()

  expect(writer.shortAscii(0x8c, text)).toBe(isWritten)
  expect(hexOfBytes(writer.take())).toBe(hex)
})

test('what is reserved is zero, whatever was there', () => {
  const writer = new Writer()
  writer.bytes(new Uint8Array(20).fill(0xff))
  writer.clear()

  expect(writer.reserve(8)).toBe(0)
  expect(hexOfBytes(writer.take())).toBe('0000000000000000')
})
