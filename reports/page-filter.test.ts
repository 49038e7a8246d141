import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePage, encodePage } from './page-data.ts'
import {
  filterLines,
  filterOf,
  fragmentOf,
  gatherItems,
  noFilter,
  type PageFilter,
} from './page-filter.ts'
import { sampleRecord } from './testing/sample-record.ts'

const lines = decodePage(encodePage(sampleRecord()))

describe('the filter', () => {
  test.each<[string, Partial<PageFilter>, number]>([
    ['nothing said: what did not pass', {}, 29],
    ['everything', { verdict: 'all' }, lines.length],
    ['failing', { verdict: 'failing' }, 11],
    ['as expected', { verdict: 'expected' }, 18],
    ['lossy', { verdict: 'lossy' }, 12],
    ['a subject', { subject: 'cpython-3.14.2' }, 7],
    ['an engine of it', { subject: 'cpython-3.14.2', engine: 'py' }, 1],
    ['a chapter', { chapter: 'RO' }, 6],
    ['a clause in the text', { text: 'fast-01' }, 4],
    ['a title in the text', { text: 'Before ANY table' }, 6],
    ['words apart in the text', { text: 'sigsegv list-in' }, 1],
    ['a reason in the text', { text: 'depth 50' }, 18],
    ['words of two lines', { text: 'sigsegv sharing' }, 0],
    ['a subject nobody is', { subject: 'nobody' }, 0],
  ])('with %s lets so many through', (_, filter, count) => {
    expect(filterLines(lines, { ...noFilter, ...filter })).toHaveLength(count)
  })

  test('stands in an address and is read back from it', () => {
    fc.assert(
      fc.property(
        fc.record({
          subject: fc.string({ unit: 'grapheme' }),
          engine: fc.string({ unit: 'grapheme' }),
          chapter: fc.string({ unit: 'grapheme' }),
          verdict: fc.constantFrom('open', 'all', 'failing', 'expected', 'passed'),
          text: fc.string({ unit: 'grapheme' }),
        } satisfies { [field in keyof PageFilter]: unknown }),
        (filter) => {
          const fragment = fragmentOf(filter)

          expect(fragment).toMatch(/^[!-~]*$/)
          expect(filterOf(fragment) ?? noFilter).toEqual(filter)
        },
      ),
    )
  })

  test('is none for a place of the page, and open for a verdict that is none', () => {
    expect(fragmentOf(noFilter)).toBe('')
    expect(filterOf('matrix')).toBeUndefined()
    expect(filterOf('?verdict=nice')).toEqual(noFilter)
  })
})

test('lines are gathered by case and engine, the gravest first', () => {
  const items = gatherItems(filterLines(lines, noFilter).toReversed())

  expect(items.map((item) => item.standing)).toEqual([
    'failing',
    'failing',
    'failing',
    'expected',
    'expected',
    'expected',
  ])
  expect(items.flatMap((item) => item.lines)).toHaveLength(29)
})
