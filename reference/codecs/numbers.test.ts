import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import {
  bitsOfFloat,
  decodeFloat,
  decodeFloatBits,
  encodeFloat,
  floatOfBits,
  floatRepr,
  isNumberEnough,
  nanBits,
  parseFloatStrictly,
  parseFloatText,
} from './float.ts'
import { hexOfBytes } from './hex.ts'
import { decimalDigits, parseIntText } from './int-text.ts'
import { decodeLong, encodeLong, pythonInt } from './long.ts'
import { intRepr } from './repr.ts'

const anyBigInt = fc.oneof(
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.bigInt({ min: -(2n ** 2100n), max: 2n ** 2100n }),
)

test('an int comes back from its bytes, which are the fewest', () => {
  fc.assert(
    fc.property(anyBigInt, (value) => {
      const bytes = encodeLong(value)

      expect(decodeLong(bytes)).toBe(pythonInt(value))
      expect(hexOfBytes(encodeLong(pythonInt(value)))).toBe(hexOfBytes(bytes))
      if (bytes.length > 0) expect(decodeLong(bytes.subarray(0, -1))).not.toBe(pythonInt(value))
    }),
  )
})

test('bytes that an int does not need are read', () => {
  expect(decodeLong(Uint8Array.of(5, 0))).toBe(5)
  expect(decodeLong(Uint8Array.of(0xfb, 0xff, 0xff))).toBe(-5)
  expect(decodeLong(new Uint8Array(40).fill(0xff))).toBe(-1)
  expect(decodeLong(new Uint8Array(40))).toBe(0)
})

test.each([[1.5], [2 ** 53], [Number.NaN]])('%d is not an int', (value) => {
  expect(() => encodeLong(value)).toThrow(
    new RangeError(`${value} is not a safe integer: wanted a bigint`),
  )
})

test.each([
  [2n ** 53n - 1n, Number.MAX_SAFE_INTEGER],
  [2n ** 53n, 2n ** 53n],
  [-(2n ** 53n) + 1n, Number.MIN_SAFE_INTEGER],
  [-(2n ** 53n), -(2n ** 53n)],
])('the int %d is %o', (value, expected) => {
  expect(pythonInt(value)).toBe(expected)
})

test('a bigint in decimal comes back', () => {
  fc.assert(
    fc.property(anyBigInt, (value) => {
      expect(parseIntText(String(value))).toBe(pythonInt(value))
      expect(intRepr(pythonInt(value))).toBe(String(value))
    }),
  )
})

test('minus zero is the int 0', () => {
  expect(Object.is(parseIntText('-0'), 0)).toBe(true)
})

test('digits are counted without signs, blanks and underscores', () => {
  expect(decimalDigits(' -00_12 ')).toBe(4)
})

test('an int of more than 4300 digits has no repr', () => {
  expect(intRepr(-(10n ** 4299n))).toHaveLength(4301)
  expect(() => intRepr(10n ** 4300n)).toThrow(PickleError)
  expect(() => intRepr(10n ** 4300n)).toThrow(
    expect.objectContaining({
      type: 'ValueError',
      message:
        'Exceeds the limit (4300 digits) for integer string conversion; ' +
        'use sys.set_int_max_str_digits() to increase the limit',
    }),
  )
})

test('a float comes back from its bytes and from its repr', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(decodeFloat(encodeFloat(value))).toBe(value)
      expect(floatOfBits(bitsOfFloat(value))).toBe(value)
      expect(isNumberEnough(bitsOfFloat(value))).toBe(true)
      expect(parseFloatText(floatRepr(value))).toBe(bitsOfFloat(value))
    }),
  )
})

test('all 64 bits come back, payloads of NaNs too', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (bits) => {
      const bytes = Uint8Array.of(1, 2, ...encodeFloat(bits))

      expect(decodeFloatBits(bytes, 2)).toBe(bits)
    }),
  )
})

test.each([[0x7ff8000000000001n], [0xfff8000000000000n], [0x7ff0000000000001n]])(
  'the NaN %s is more than a number can keep',
  (bits) => {
    expect(isNumberEnough(bits)).toBe(false)
    expect(floatRepr(floatOfBits(bits))).toBe('nan')
  },
)

test('every NaN from a number is the plain one', () => {
  expect(bitsOfFloat(Number.NaN)).toBe(nanBits)
  expect(hexOfBytes(encodeFloat(floatOfBits(0xfff8000000000123n)))).toBe('7ff8000000000000')
})

test('a float is not read beyond the end', () => {
  expect(() => decodeFloat(new Uint8Array(7))).toThrow(RangeError)
})

test.each([[' 1'], ['1_0'], ['1e999x'], ['']])('C does not read %j as a float', (text) => {
  expect(parseFloatStrictly(text)).toBeUndefined()
})

test.each([
  ['1.5', 1.5],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['1e999', Number.POSITIVE_INFINITY],
])('C reads %j', (text, value) => {
  expect(parseFloatStrictly(text)).toBe(bitsOfFloat(value))
})
