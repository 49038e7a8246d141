import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePointsOf, lengthOf, sameStr, strContent } from './str-content.ts'

const codePoints = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 0x10ffff })),
  fc.array(fc.integer({ min: 0xd7fe, max: 0xe001 })),
)

test.each([
  [[], ''],
  [[0x61, 0x1f600], 'a😀'],
  [[0xd800], '\ud800'],
  [[0xdc00, 0xd800], '\udc00\ud800'],
  [[0xd800, 0x61, 0xdc00], '\ud800a\udc00'],
  [[0xdbff, 0x10000], '\udbff\ud800\udc00'],
  [[0x10000, 0xdc00], '\ud800\udc00\udc00'],
])('%o is the string %j', (given, text) => {
  expect(strContent(given)).toBe(text)
  expect(codePointsOf(text)).toEqual(given)
  expect(lengthOf(text)).toBe(given.length)
})

test('halves that would melt into one character stay code points', () => {
  const given = [0x61, 0xd83d, 0xde00]

  expect(strContent(given)).toEqual(given)
  expect(strContent(given)).not.toBe(given)
  expect(lengthOf(given)).toBe(3)
})

test('content has the code points it was made from', () => {
  fc.assert(
    fc.property(codePoints, (given) => {
      const content = strContent(given)

      expect(codePointsOf(content)).toEqual(given)
      expect(lengthOf(content)).toBe(given.length)
    }),
  )
})

test('long content is made whole', () => {
  const given = Array.from({ length: 300_000 }, (_, index) => index % 0xd800)

  expect(codePointsOf(strContent(given))).toEqual(given)
})

test.each([[-1], [0x110000], [1.5], [Number.NaN]])('%d is no code point', (strange) => {
  expect(() => strContent([0x61, strange])).toThrow(
    new RangeError(
      `${strange} at index 1 is not a code point: wanted an integer from 0 to 1114111`,
    ),
  )
})

test('two strs are equal when their code points are', () => {
  const melting = strContent([0xd83d, 0xde00])

  expect(sameStr('ab', 'ab')).toBe(true)
  expect(sameStr('ab', 'aB')).toBe(false)
  expect(sameStr('😀', melting)).toBe(false)
  expect(sameStr(melting, strContent([0xd83d, 0xde00]))).toBe(true)
  expect(sameStr(melting, strContent([0xd83d, 0xde01]))).toBe(false)
  expect(sameStr([0x61, 0x62], 'ab')).toBe(true)
})

test('what comes right behind the surrogates is none', () => {
  expect(codePointsOf('\ud800\ue000')).toEqual([0xd800, 0xe000])
  expect(codePointsOf('\ud800\udfff')).toEqual([0x103ff])
  expect(strContent([0xd800, 0xe000])).toBe('\ud800\ue000')
  expect(strContent([0xd800, 0xdfff])).toEqual([0xd800, 0xdfff])
})
