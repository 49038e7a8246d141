import { expect, test } from 'vitest'
import { PyStr } from '../values/value.ts'
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

test('an index has one entry, the latest, in whatever order they were put', () => {
  for (const isFarApart of [false, true]) {
    const memo = new LoadMemo(isFarApart)
    for (const [index, value] of [
      [1, 'a'],
      [0, 'b'],
      [1, 'c'],
      [0, 'd'],
      [2, 'e'],
    ] as const) {
      memo.put(index, new PyStr(value))
    }

    expect(memo.size).toBe(3)
    expect([0, 1, 2].map((index) => memo.get(index))).toMatchObject([
      { content: 'd' },
      { content: 'c' },
      { content: 'e' },
    ])
  }
})

test('an entry that MEMOIZE made is put over', () => {
  const memo = memoOf(false, 1)
  memo.put(0, true)

  expect(memo.get(0)).toBe(true)
  expect(memo.size).toBe(1)
})
