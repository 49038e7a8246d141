import { describe, expect, test } from 'vitest'
import {
  countEntries,
  countItems,
  type Entry,
  expandEntries,
  expandItems,
  type Item,
} from './index.ts'

const list = { list: [] }

describe('items', () => {
  const items: readonly Item[] = [
    'a',
    { repeat: 3, of: list },
    { range: [-1, 2] },
    list,
    { repeat: 0, of: 1 },
  ]

  test('come one after the other, repetitions and ranges spelled out', () => {
    expect([...expandItems(items)]).toEqual(['a', list, list, list, -1, 0, 1, list])
    expect(countItems(items)).toBe(8)
  })

  test('come as they are asked for', () => {
    const million = expandItems([{ range: [0, 1_000_000] }])

    expect(million.next().value).toBe(0)
    expect(million.next().value).toBe(1)
    expect(countItems([{ range: [0, 1_000_000] }, { repeat: 1_000_000, of: 1 }])).toBe(2_000_000)
  })
})

describe('entries', () => {
  test('come one after the other, ranges spelled out with the same value', () => {
    const entries: readonly Entry[] = [
      ['a', 1],
      { range: [5, 7], value: list },
      { range: [9, 9], value: 0 },
    ]

    expect([...expandEntries(entries)]).toEqual([
      ['a', 1],
      [5, list],
      [6, list],
    ])
    expect(countEntries(entries)).toBe(3)
  })
})
