import { expect, test } from 'vitest'
import { behaviours, type Row, type Since } from './behaviours.ts'
import { measuredReleases, profile, profileNames } from './profiles.ts'
import { compareReleases, parseRelease } from './release.ts'

const rows = Object.entries<Row<string | number | boolean>>(behaviours)

test('every listed profile can be had, and is the same object each time', () => {
  for (const name of profileNames()) {
    expect(profile(name).name).toBe(name)
    expect(profile(name)).toBe(profile(name))
  }
})

test.each([
  ['cpython-3.13.0-c', [3, 13, 0], 'c'],
  ['cpython-3.8.18-py', [3, 8, 18], 'py'],
  ['cpython-3.14-c', [3, 14, 2], 'c'],
  ['cpython-3.15-py', [3, 15, 0, 'rc1'], 'py'],
  ['cpython-3.15.0rc1-c', [3, 15, 0, 'rc1'], 'c'],
  ['cpython-3.15.0-c', [3, 15, 0], 'c'],
  ['documented', [3, 14, 2], 'c'],
  ['pypy-3.9', [3, 9, 16], 'py'],
])('%s is of release %j and engine %s', (name, release, engine) => {
  expect(profile(name)).toMatchObject({ release, engine })
})

test('which releases are the newest known, and which were asked', () => {
  const newest = profileNames().flatMap((name) =>
    name.endsWith('-c') ? [profile(name).release.join('.')] : [],
  )

  expect(newest).toEqual([
    ...['3.8.20', '3.9.25', '3.10.19', '3.11.14', '3.12.12', '3.13.11', '3.14.2', '3.15.0.rc1'],
  ])
  expect(measuredReleases).toEqual([
    ...['3.8.18', '3.9.18', '3.10.13', '3.11.7', '3.12.1', '3.13.0', '3.14.2', '3.15.0rc1'],
  ])
})

test.each([
  'cpython-3.7-c',
  'cpython-3.15.0rc-c',
  'cpython-3.15rc1-c',
  'cpython-3.13',
  'cpython-4.0-c',
  'nonsense',
  '',
])('there is no profile %j, and the refusal names those there are', (name) => {
  expect(() => profile(name)).toThrow(/there are documented, cpython-3\.8-c/)
})

test('a fix in several branches counts in each from its own release on', () => {
  const asks = (release: string) => profile(`cpython-${release}-py`).persistentIdOfId

  expect(asks('3.12.7')).toBe('asked')
  expect(asks('3.12.8')).toBe('not asked')
  expect(asks('3.13.0')).toBe('asked')
  expect(asks('3.13.1')).toBe('not asked')
  expect(asks('3.14.0')).toBe('not asked')
})

test('the documentation overrules the C pickler where it speaks, and only there', () => {
  const documented = profile('documented')
  const c = profile('cpython-3.14.2-c')

  for (const [name, row] of rows) {
    const key = name as keyof typeof behaviours // a row of the table
    expect(documented[key]).toBe(row.documented === undefined ? c[key] : row.documented.is)
  }
})

test.each(rows)('%s cites its clauses, and its history is in order', (_, row) => {
  expect(row.clause).toMatch(/^(?:[A-Z]+-\d\d|OP-[A-Z\d_]+)(?: (?:[A-Z]+-\d\d|OP-[A-Z\d_]+))*$/)
  for (const values of [row.c, row.py]) {
    if (!Array.isArray(values)) continue
    const history: readonly Since<unknown>[] = values
    const releases = history.map(([since]) => parseRelease(since))
    expect(history[0]?.[0]).toBe('3.8.0')
    for (const [at, release] of releases.entries()) {
      const next = releases[at + 1]
      if (next !== undefined) expect(compareReleases(release, next)).toBeLessThan(0)
    }
  }
})
