import { expect, test } from 'vitest'
import type { RunRecord } from './record.ts'
import { conformanceFigure, parityFigure, scoreMatrix } from './score-matrix.ts'
import { sampleRecord } from './testing/sample-record.ts'

const record = sampleRecord()

function figures(subject: string, engine: string, chapter: string): string[] {
  const row = scoreMatrix(record).rows.find(
    (one) => one.subject === subject && one.engine === engine,
  )
  const score = chapter === 'all' ? row?.total : row?.chapters.get(chapter)
  return [conformanceFigure(score), parityFigure(score)].map(
    ({ text, state }) => `${text} ${state}`,
  )
}

test('the rows and columns stand in the order of the header, whatever that of the lines', () => {
  const backwards: RunRecord = { ...record, verdicts: record.verdicts.toReversed() }

  const { chapters, rows } = scoreMatrix(backwards)

  expect(chapters).toEqual(['SAVE', 'PERS', 'RO', 'DISP', 'COPYREG', 'FAST'])
  expect(rows.map(({ subject, engine }) => `${subject} ${engine}`)).toEqual([
    'reference documented',
    'cpython-3.14.2 c',
    'cpython-3.14.2 py',
    'cpython-3.13.0 c',
    'cpython-3.13.0 py',
    'cpython-3.8.18 c',
    'cpython-3.8.18 py',
    'og-rek ogórek',
  ])
})

test('an unknown chapter and an unknown subject come last, and are not lost', () => {
  const [first] = record.verdicts
  if (first === undefined) throw new Error('the sample has no verdicts')
  const stranger = { ...first, subject: 'stranger', engine: null, chapter: 'NEW' }

  const { chapters, rows } = scoreMatrix({ ...record, verdicts: [stranger, ...record.verdicts] })

  expect(chapters.at(-1)).toBe('NEW')
  expect(rows.at(-1)).toMatchObject({ subject: 'stranger', engine: null })
})

test.each([
  ['cpython-3.13.0', 'c', 'SAVE', ['1/1 full', '12/12 full']],
  // Six answers of twelve fail as expected; the clause is not met all the same.
  ['cpython-3.13.0', 'c', 'FAST', ['1/2 expected', '12/12 full']],
  ['cpython-3.13.0', 'py', 'RO', ['1/1 full', '0/6 failing']],
  ['cpython-3.8.18', 'py', 'FAST', ['0/2 failing', '8/12 failing']],
  ['og-rek', 'ogórek', 'FAST', ['0/2 unable', '· none']],
  ['cpython-3.8.18', 'py', 'nothing', ['· none', '· none']],
])('%s %s scores in %s: %j', (subject, engine, chapter, expected) => {
  expect(figures(subject, engine, chapter)).toEqual(expected)
})
