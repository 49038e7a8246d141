import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AlignedRow, align, firstDifference } from './align.ts'

const lines = fc.array(fc.constantFrom('MARK', 'STOP', 'NONE', 'FRAME 3', 'FRAME 4'), {
  maxLength: 30,
})

const pairs = (rows: readonly AlignedRow[]): string[] =>
  rows.map(({ expected = '', seen = '', isSame }) => `${expected} ${isSame ? '=' : '|'} ${seen}`)

describe('two lists side by side', () => {
  test('hold every line of both, in order, and call equal exactly what is equal', () => {
    fc.assert(
      fc.property(lines, lines, (expected, seen) => {
        const rows = align(expected, seen)

        expect(rows.flatMap((row) => row.expected ?? [])).toEqual(expected)
        expect(rows.flatMap((row) => row.seen ?? [])).toEqual(seen)
        for (const row of rows) expect(row.isSame).toBe(row.expected === row.seen)
      }),
    )
  })

  test('start with all that both begin with', () => {
    fc.assert(
      fc.property(lines, lines, lines, (start, expected, seen) => {
        const rows = align([...start, 'A', ...expected], [...start, 'B', ...seen])

        expect(rows.slice(0, start.length).every((row) => row.isSame)).toBe(true)
        expect(rows[start.length]?.isSame).toBe(false)
      }),
    )
  })

  test('meet in as many lines as any common subsequence has', () => {
    const longest = (a: readonly string[], b: readonly string[]): number => {
      const [x, ...as] = a
      const [y, ...bs] = b
      if (x === undefined || y === undefined) return 0
      return x === y ? 1 + longest(as, bs) : Math.max(longest(as, b), longest(a, bs))
    }
    const few = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 })
    fc.assert(
      fc.property(few, few, (expected, seen) => {
        const met = align(expected, seen).filter((row) => row.isSame).length

        expect(met).toBe(longest(expected, seen))
      }),
    )
  })

  test.each([
    ['seen', ['A', 'B', 'C', 'B', 'C'], ['A', 'X', 'B', 'C', 'Y']],
    ['expected', ['A', 'X', 'B', 'C', 'Y'], ['A', 'B', 'C', 'B', 'C']],
  ])('set a line that only %s has against nothing, and meet again at once', (_, left, right) => {
    const rows = align(left, right)

    expect(firstDifference(rows)).toBe(1)
    expect([rows[1]?.expected, rows[1]?.seen].filter((text) => text !== undefined)).toEqual(['X'])
    expect(pairs(rows.slice(2, 4))).toEqual(['B = B', 'C = C'])
  })

  test('are paired by position where a table would be too large', () => {
    const many = Array.from({ length: 1500 }, (_, at) => `BININT ${at}`)

    const rows = align(['MARK', ...many], ['LIST', ...many.map((line) => `${line}0`), 'STOP'])

    expect(rows).toHaveLength(1502)
    expect(rows[1]).toEqual({ expected: 'BININT 0', seen: 'BININT 00', isSame: false })
  })
})

describe('the first difference', () => {
  test('is none between equal lists', () => {
    expect(firstDifference(align(['A', 'B'], ['A', 'B']))).toBeUndefined()
  })

  test('passes over the length of a frame, which follows from what is in it', () => {
    expect(firstDifference(align(['FRAME 3', 'A', 'B'], ['FRAME 4', 'A', 'C']))).toBe(2)
    expect(firstDifference(align(['FRAME 3', 'A'], ['FRAME 4', 'A']))).toBe(0)
    expect(firstDifference(align(['FRAME 3', 'A'], ['PROTO 4', 'A']))).toBe(0)
  })
})
