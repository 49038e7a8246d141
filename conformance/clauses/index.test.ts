import { expect, test } from 'vitest'
import type { Clause } from './clause.ts'
import { clauseById, clauses } from './index.ts'

const levels = new Set(['documented', 'protocol', 'implementation'])
const oracles = new Set(['bytes', 'instructions', 'graph', 'trace', 'error'])
const chaptersWithEveryBoundary = ['DOC', 'SAVE', 'PERS', 'RO', 'DISP', 'COPYREG', 'FAST']

function sentencesOf({ says, latitude, excluded, boundaries = [] }: Clause): string[] {
  const rule = typeof says === 'string' ? [says] : [says.c, says.pure]
  return [
    ...rule,
    ...(latitude === undefined ? [] : [latitude]),
    ...(excluded === undefined ? [] : [excluded]),
    ...boundaries.flatMap((boundary) => [boundary.says, boundary.excluded ?? boundary.says]),
  ]
}

test('no two clauses have the same id', () => {
  const ids = clauses.map(({ id }) => id)

  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
})

test('no two boundaries have the same id', () => {
  const ids = clauses.flatMap(({ boundaries = [] }) => boundaries.map(({ id }) => id))

  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
})

test('a clause is found by its id, and an unknown id gives nothing', () => {
  expect(clauseById('SAVE-03')?.title).toBe('Atoms are written at once')
  expect(clauses.filter((clause) => clauseById(clause.id) !== clause)).toEqual([])
  expect(clauseById('SAVE-99')).toBeUndefined()
})

test('what a clause restates are other clauses, which restate nothing', () => {
  const wrong = clauses.flatMap(({ id, restates = [] }) =>
    restates.filter(
      (other) =>
        other === id ||
        clauseById(other)?.restates !== undefined ||
        clauseById(other) === undefined,
    ),
  )

  expect(wrong).toEqual([])
})

test('an id is its chapter, a dash, and numbers or names', () => {
  const wrong = clauses.filter(
    ({ id, chapter }) => id.split('-')[0] !== chapter || !/^[A-Z]+-[A-Z0-9_]+(-[0-9]+)?$/.test(id),
  )

  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('a boundary id is its clause id, a slash, and a short kebab-case name', () => {
  const wrong = clauses.flatMap(({ id, boundaries = [] }) =>
    boundaries
      .map((boundary) => boundary.id)
      .filter(
        (name) =>
          !name.startsWith(`${id}/`) ||
          !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name.slice(id.length + 1)) ||
          name.length > 64,
      ),
  )

  expect(wrong).toEqual([])
})

test('every clause has a level, an oracle, a source and a title of one line', () => {
  const wrong = clauses.filter(
    ({ level, oracle, source, title }) =>
      !levels.has(level) ||
      !oracles.has(oracle) ||
      source.trim().length < 4 ||
      title.trim() === '' ||
      title.length > 75,
  )

  expect(wrong.map(({ id }) => id)).toEqual([])
})

test('what a clause says ends with a full stop and a title does not', () => {
  const unfinished = clauses.filter((clause) =>
    sentencesOf(clause).some((sentence) => !/^[^\s.](.*[^.])?\.$/s.test(sentence)),
  )
  const titles = clauses.filter(({ title }) => title.endsWith('.'))

  expect(unfinished.map(({ id }) => id)).toEqual([])
  expect(titles.map(({ id }) => id)).toEqual([])
})

test('where the engines differ, they are said to do different things', () => {
  const same = clauses.filter(({ says }) => typeof says !== 'string' && says.c === says.pure)

  expect(same.map(({ id }) => id)).toEqual([])
})

test('releases are numbers of Python 3 releases, the first before the last', () => {
  const minor = (release: string) => Number(/^3\.(\d+)(\.\d+)?$/.exec(release)?.[1] ?? Number.NaN)
  const wrong = clauses.filter(
    ({ since = '3.8', until = '3.99' }) => !(minor(since) <= minor(until)),
  )

  expect(wrong.map(({ id }) => id)).toEqual([])
})

test.each(chaptersWithEveryBoundary)(
  'each clause of chapter %s names its boundaries',
  (chapter) => {
    const ofChapter = clauses.filter((clause) => clause.chapter === chapter)
    const without = ofChapter.filter(({ boundaries = [] }) => boundaries.length === 0)

    expect(ofChapter.length).toBeGreaterThan(0)
    expect(without.map(({ id }) => id)).toEqual([])
  },
)
