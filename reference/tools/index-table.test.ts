import { expect, test } from 'vitest'
import { IndexTable } from './index-table.ts'

test.each([
  ['one after the other', (at: number) => at],
  ['every second', (at: number) => 2 * at],
  ['backwards', (at: number) => 4999 - at],
  ['far apart', (at: number) => at * 1_000_003],
])('numbers at indexes %s are found again', (_, indexOf) => {
  const table = new IndexTable()
  for (let at = 0; at < 5000; at++) {
    const index = indexOf(at)
    expect(table.has(index), `${index}`).toBe(false)
    table.set(index, at)
    expect(table.get(index), `${index}`).toBe(at)
  }

  expect(table.size).toBe(5000)
  for (let at = 0; at < 5000; at++) expect(table.get(indexOf(at))).toBe(at)
})

test('an index that is no number the processor counts with is one, too', () => {
  const table = new IndexTable()
  table.set(-1, 7)
  table.set(10n ** 30n, 8)
  table.set(0, 9)
  table.set(-1, 6)

  expect([table.get(-1), table.get(10n ** 30n), table.get(0), table.size]).toEqual([6, 8, 9, 3])
})

test('a number at the first index that is not reached is found', () => {
  for (const first of [1023, 1024, 1025, 2 ** 31]) {
    const table = new IndexTable()
    table.set(first, 5)
    expect(table.get(first)).toBe(5)
    expect(table.get(first + 1)).toBeUndefined()
  }
})
