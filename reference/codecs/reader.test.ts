import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { Reader, TruncationError } from './reader.ts'
import { encodeUtf8 } from './text.ts'

const reader = (...bytes: number[]): Reader => new Reader(Uint8Array.from(bytes))

test('reads pass what they read', () => {
  const input = reader(1, 2, 1, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)

  expect(input.peek()).toBe(1)
  expect(input.u8()).toBe(1)
  expect(input.u16le()).toBe(258)
  expect(input.i32le()).toBe(-2)
  expect(input.u32le()).toBe(0xffffffff)
  expect(input.remaining).toBe(0)
  expect(input.peek()).toBeUndefined()
})

test.each([
  [[5, 0, 0, 0, 0, 0, 0, 0], 5],
  [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0], Number.MAX_SAFE_INTEGER],
  [[0, 0, 0, 0, 0, 0, 0x20, 0], 2n ** 53n],
  [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 2n ** 64n - 1n],
])('%o are the count %d', (bytes, value) => {
  expect(reader(...bytes).u64le()).toBe(value)
})

test('a float is read by value and by bits', () => {
  const bytes = [0x3f, 0xf8, 0, 0, 0, 0, 0, 0]

  expect(reader(...bytes).f64be()).toBe(1.5)
  expect(reader(...bytes).f64Bits()).toBe(0x3ff8000000000000n)
  expect(reader(0x7f, 0xf0, 0, 0, 0, 0, 0, 1).f64Bits()).toBe(0x7ff0000000000001n)
})

test.each([
  ['', ''],
  ['abc', 'abc'],
  ['abcdefghijkl', 'abcdefghijkl'],
  ['abcdefghijklm', 'abcdefghijklm'],
  ['aé', 'aé'],
  ['\ud800', '\ud800'],
])('the text %j is read', (text, expected) => {
  const bytes = encodeUtf8(text)
  const input = new Reader(Uint8Array.of(...bytes, 0x61))

  expect(input.utf8(bytes.length)).toBe(expected)
  expect(input.remaining).toBe(1)
})

test.each([0xff, 0x80])('text that is not UTF-8 is refused, and passed: %i', (byte) => {
  const input = reader(byte, 0x61)

  expect(() => input.utf8(1)).toThrow(expect.objectContaining({ type: 'UnicodeDecodeError' }))
  expect(input.position).toBe(1)
})

test('bytes and lines are views of what is read', () => {
  const bytes = Uint8Array.of(0x61, 0x62, 0x0a, 0x0a, 0x63)
  const input = new Reader(bytes)

  expect(input.line()).toEqual(Uint8Array.of(0x61, 0x62))
  expect(input.line()).toEqual(new Uint8Array(0))
  expect(input.bytes(1)).toEqual(Uint8Array.of(0x63))
  expect(new Reader(bytes).bytes(2n).buffer).toBe(bytes.buffer)
})

test('a part of a larger buffer is read as if it stood alone', () => {
  const input = new Reader(
    Uint8Array.of(9, 9, 1, 2, 0, 0, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 9).subarray(2, 14),
  )

  expect(input.u32le()).toBe(513)
  expect(input.f64be()).toBe(1.5)
  expect(input.remaining).toBe(0)
})

test('reading begins anywhere', () => {
  const input = new Reader(Uint8Array.of(1, 2, 3), 2)

  expect(input.u8()).toBe(3)
  input.position = 0
  expect(input.u8()).toBe(1)
})

test.each([[-1], [4], [1.5], [Number.NaN]])('%d is no position in three bytes', (position) => {
  const input = reader(1, 2, 3)

  expect(() => {
    input.position = position
  }).toThrow(new RangeError(`${position} is no position: wanted 0 to 3`))
  expect(() => new Reader(new Uint8Array(3), position)).toThrow(RangeError)
})

describe('a read beyond the end says what was wanted, and moves nothing', () => {
  test.each<[string, (input: Reader) => unknown]>([
    ['u16le', (input) => input.u16le()],
    ['i32le', (input) => input.i32le()],
    ['u32le', (input) => input.u32le()],
    ['u64le', (input) => input.u64le()],
    ['f64be', (input) => input.f64be()],
    ['f64be', (input) => input.f64Bits()],
    ['2 bytes', (input) => input.bytes(2)],
    ['3 bytes', (input) => input.utf8(3)],
    ['99 bytes', (input) => input.utf8(99)],
    ['18446744073709551615 bytes', (input) => input.bytes(2n ** 64n - 1n)],
    ['a line', (input) => input.line()],
  ])('%s', (wanted, read) => {
    const input = new Reader(Uint8Array.of(0x0a, 5), 1)

    expect(() => read(input)).toThrow(TruncationError)
    expect(() => read(input)).toThrow(
      expect.objectContaining({
        type: 'EOFError',
        offset: 1,
        wanted,
        available: 1,
        message: `1 byte is left at byte 1: wanted ${wanted}`,
      }),
    )
    expect(input.position).toBe(1)
  })

  test('u8', () => {
    expect(() => reader().u8()).toThrow('0 bytes are left at byte 0: wanted u8')
    expect(() => reader().u8()).toThrow(PickleError)
  })
})
