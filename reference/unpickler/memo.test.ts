import { expect, test } from 'vitest'
import { LoadMemo } from './memo.ts'

/** A memo with as many entries in a row. */
function memoOf(isFarApart: boolean, size: number): LoadMemo {
  const memo = new LoadMemo(isFarApart)
  for (let index = 0; index < size; index++) memo.push(index)
  return memo
}

// Measured on CPython 3.15.0rc1: which index MEMOIZE has after these PUTs.
test.each([
  [32, [64], 33],
  [32, [65], 32],
  [32, [64, 100], 34],
  [32, [64, 127], 34],
  [32, [64, 128], 33],
  [32, [64, 150], 33],
  [33, [67], 33],
  [33, [66], 34],
  [33, [63], 34],
  [1, [31], 2],
  [1, [32], 1],
] as const)('UNP-08: %d entries, then PUT at %j: the next one is at %d', (size, indexes, next) => {
  const [apart, together] = [memoOf(true, size), memoOf(false, size)]

  for (const index of indexes) {
    apart.put(index, true)
    together.put(index, true)
  }

  expect(apart.size).toBe(next)
  expect(together.size).toBe(size + indexes.length)
  for (const index of indexes) expect(apart.get(index)).toBe(true)
})
