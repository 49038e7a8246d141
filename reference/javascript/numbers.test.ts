import { expect, test } from 'vitest'
import { isPlainInt, pythonInt } from './numbers.ts'

test.each([
  [BigInt(Number.MIN_SAFE_INTEGER), Number.MIN_SAFE_INTEGER],
  [BigInt(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER],
  [BigInt(Number.MIN_SAFE_INTEGER) - 1n, BigInt(Number.MIN_SAFE_INTEGER) - 1n],
  [BigInt(Number.MAX_SAFE_INTEGER) + 1n, BigInt(Number.MAX_SAFE_INTEGER) + 1n],
])('the bigint %s is %s, a number where one can say it', (value, int) => {
  expect(pythonInt(value)).toBe(int)
})

test('what is no safe integer, or has a sign and is none, is a float', () => {
  expect([0, -1, Number.MAX_SAFE_INTEGER].map(isPlainInt)).toEqual([true, true, true])
  expect([-0, 0.5, Number.MAX_SAFE_INTEGER + 1].map(isPlainInt)).toEqual([false, false, false])
})
