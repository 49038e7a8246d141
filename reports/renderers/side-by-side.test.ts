import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sideBySide } from './side-by-side.ts'
import { displayWidth } from './terminal.ts'

const view = { columns: 60, colour: false }

test('the first difference has the arrow, and numbers count each side', () => {
  expect(
    sideBySide(
      ['PROTO 2', 'EMPTY_LIST', 'BININT1 1', 'APPEND', 'STOP'],
      ['PROTO 2', 'EMPTY_LIST', 'BINPUT 0', 'BININT1 1', 'APPEND', 'STOP'],
      view,
    ),
  ).toEqual([
    '    expected                      seen',
    '  0 PROTO 2                     0 PROTO 2',
    '  1 EMPTY_LIST                  1 EMPTY_LIST',
    '→                               2 BINPUT 0',
    '  2 BININT1 1                   3 BININT1 1',
    '  3 APPEND                      4 APPEND',
    '  4 STOP                        5 STOP',
  ])
})

test('what is far from the difference is counted, not shown', () => {
  const many = Array.from({ length: 30 }, (_, at) => `BININT1 ${at}`)

  const lines = sideBySide([...many, 'LIST', ...many], [...many, 'TUPLE', ...many], view)

  expect(lines[1]?.trim()).toBe('… 26 equal lines before')
  expect(lines.at(-1)?.trim()).toBe('… 25 further lines')
  expect(lines.filter((line) => line.startsWith('→'))).toEqual([
    `→ 30 ${'LIST'.padEnd(25)}  30 TUPLE`,
  ])
})

test('texts that part beyond the width are cut so that it shows', () => {
  const long = 'x'.repeat(100)

  const arrow = sideBySide([`${long}expected`], [`${long}seen`], view).find((line) =>
    line.startsWith('→'),
  )

  expect(arrow).toMatch(/^→ 0 …x+expected +0 …x+seen$/)
})

test('nothing against nothing is nothing, and equal lists have no arrow', () => {
  expect(sideBySide([], [], view)).toEqual([])
  expect(sideBySide(['A'], ['A'], view).join()).not.toContain('→')
})

test('no line is wider than the view, whatever the texts', () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 80 }), { maxLength: 12 })
  fc.assert(
    fc.property(texts, texts, fc.integer({ min: 40, max: 120 }), (expected, seen, columns) => {
      for (const line of sideBySide(expected, seen, { columns, colour: false })) {
        expect(displayWidth(line)).toBeLessThanOrEqual(columns)
      }
    }),
  )
})
