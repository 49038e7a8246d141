import { expect, test } from 'vitest'
import { defaultLimits } from '../conformance/index.ts'
import type { Arm } from './arms.ts'
import type { Timed } from './ask-subjects.ts'
import { type Question, questionsOf } from './questions.ts'
import { Random } from './random.ts'
import { recordOf } from './record.ts'
import { resultsOf } from './results.ts'
import { digits, renderChanges, renderSummary, renderTable } from './table.ts'
import { workloads } from './workloads/index.ts'

function arm(id: string, engine: string): Arm {
  const subject = { id, command: [id], env: {}, cwd: '.', limits: defaultLimits }
  return { subject, engine, follows: 'documented', tellsLoads: true, isTwin: false }
}

const c = arm('cpython-3.13.0', 'c')
const twin = { ...c, isTwin: true }
const reference = arm('reference', 'documented')
const pure = { ...arm('cpython-3.13.0', 'py'), subject: c.subject }
const [list, table, loaded] = questionsOf(
  workloads.filter(({ name }) => name === 'pickle-list' || name === 'dispatch-table-copyreg'),
  1,
)
if (list === undefined || table === undefined || loaded === undefined) {
  throw new Error('the workloads are not there')
}

const samples = (ns: number): number[][] => [
  [ns, ns * 1.02, ns * 0.99],
  [ns * 1.01, ns, ns],
]

function timed(who: Arm, question: Question, ns: number): Timed {
  const growth = [1, 2, 4].map((factor) => [factor, ns * factor] as const)
  return { arm: who, question, samples: samples(ns), bytes: 2616, growth }
}

const all = [list, table].flatMap((question, at) => [
  timed(reference, question, 2000 * 1.5 ** at),
  timed(c, question, 1000),
  timed(twin, question, 1000),
])
const results = resultsOf(all, c, new Random(1))
const run = {
  picklespec: '0.1.0',
  started: '2026-01-31T12:00:00.000Z',
  machine: { cores: 2, cpu: 'a cpu', os: 'linux', node: '20.19.0' },
  rounds: 2,
}

test('the table has a line for each engine under each workload, all columns in line', () => {
  const lines = renderTable(results).trimEnd().split('\n')

  expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['ns per call', 'MB/s', 'ratio to cpython-3.13.0 c', 'growth'],
    ['dump pickle-list: 50 pairs of lists, 2,616 bytes, protocol 5'],
    [
      'reference documented',
      expect.stringMatching(/^2,000 \[/),
      '1,308',
      expect.any(String),
      'n^1.00',
    ],
    ['cpython-3.13.0 c', expect.stringMatching(/^1,000 \[/), '2,616', '1', 'n^1.00'],
    ['dump dispatch-table-copyreg: 100 instances, 2,616 bytes, protocol 5'],
    [
      'reference documented',
      expect.stringMatching(/^3,000 \[/),
      '872',
      expect.any(String),
      'n^1.00',
    ],
    ['cpython-3.13.0 c', expect.stringMatching(/^1,000 \[/), '2,616', '1', 'n^1.00'],
  ])
  expect(lines[2]).toMatch(/ {2}2\.\d\d \[[12]\.\d\d, 2\.\d\d\] {2}/)
  const ends = lines.filter((line) => line.startsWith('  ')).map((line) => line.length)
  expect(new Set(ends).size).toBe(1)
})

test('the summary has geometric means, the noise and what was not timed', () => {
  const because = 'it wrote another pickle'
  const loss = { subject: 'x', engine: 'y', workload: 'load pickle', because, isFinding: true }

  const text = renderSummary(results, { rounds: 2, losses: [loss] })

  expect(text).toContain(
    'takes 2.00 to dump without hooks, 3.00 with hooks times as long as cpython-3.13.0 c',
  )
  expect(text).toMatch(/cpython-3\.13\.0 c held against itself gave 0\.9\d\d to 1\.0\d/)
  expect(text).toContain('Not timed: x y, load pickle: it wrote another pickle\n')
})

test('without the reference there is nothing to sum up', () => {
  const others = resultsOf(
    all.filter(({ arm: who }) => who !== reference),
    c,
    new Random(1),
  )

  expect(others.summary).toEqual({ dump: null, hooks: null, load: null })
  expect(others.againstPure).toBeNull()
  expect(renderSummary(others, { rounds: 1, losses: [] })).not.toContain('The reference takes')
})

test('loads are summed up by themselves', () => {
  const loads = [timed(reference, loaded, 4000), timed(c, loaded, 1000), timed(twin, loaded, 1000)]

  const found = resultsOf([...all, ...loads], c, new Random(1))

  expect(found.summary.load).toBeCloseTo(4, 9)
  expect(found.summary.dump).toBe(results.summary.dump)
  expect(renderSummary(found, { rounds: 2, losses: [] })).toContain('3.00 with hooks, 4.00 to load')
  expect(renderTable(found)).toContain('\nload pickle-list: 50 pairs of lists')
  expect(recordOf(found, { ...run, losses: [] }).rows[4]?.operation).toBe('load')
})

test('the reference is held against the pickler in Python of the same subject', () => {
  const slow = [timed(pure, list, 4000), timed(pure, table, 2000)]

  const found = resultsOf([...all, ...slow], c, new Random(1))

  expect(found.againstPure?.ratios.map(({ ratio }) => ratio.value)).toEqual([0.5, 1.5])
  expect(renderSummary(found, { rounds: 2, losses: [] })).toContain(
    'Against cpython-3.13.0 py it takes 0.500 to 1.50 times as long: longer for dump dispatch-table-copyreg.',
  )
  const faster = resultsOf([...all, timed(pure, list, 4000)], c, new Random(1))
  expect(renderSummary(faster, { rounds: 2, losses: [] })).toContain('as long: nowhere longer.')
})

test('a baseline that was timed once only says nothing about the noise, and is refused', () => {
  expect(() => resultsOf([timed(c, list, 1000)], c, new Random(1))).toThrow('not timed twice')
})

test('an engine has no ratio where the baseline has no time', () => {
  const some = all.filter(({ arm: who, question }) => who === reference || question === list)

  const found = resultsOf(some, c, new Random(1))

  expect(found.results.map(({ ratio }) => ratio === null)).toEqual([false, false, true])
  expect(renderTable(found)).toMatch(/ {2}- {2}n\^1\.00\n$/)
})

test('the record has a row for each line, and none for the twin', () => {
  const because = 'it crashed'
  const loss = { subject: 'x', engine: null, workload: null, because, isFinding: true }

  const record = recordOf(results, { ...run, losses: [loss] })

  expect(record.rows).toHaveLength(4)
  expect(record.rows[0]).toMatchObject({
    workload: 'pickle-list',
    subject: 'reference',
    nsPerCall: { samples: 6, median: 2000 },
    bytes: 2616,
  })
  expect(record.rows[1]?.ratioToBaseline).toEqual({ value: 1, low: 1, high: 1 })
  expect(record.notes).toContain('Not timed: x: it crashed.')
})

test('changes are listed, and those beyond the gate again', () => {
  const [row] = recordOf(results, { ...run, losses: [] }).rows
  if (row === undefined) throw new Error('there is no row')
  const change = { row, change: { value: 1.2, low: 1.1, high: 1.3 }, by: 'ratio' } as const

  const line = '  reference documented dump pickle-list: 1.20 [1.10, 1.30]\n'
  expect(renderChanges([change], undefined, [])).toBe(
    `Time now divided by time in the baseline:\n${line}`,
  )
  expect(renderChanges([change], 0.05, [change])).toContain(
    `More than 5.00 % slower, by the lower bound:\n${line}`,
  )
  expect(renderChanges([change], 0.2, [])).toContain('Nothing is more than 20.0 % slower')
})

test.each([
  [1234.5, '1,235'],
  [99.94, '99.9'],
  [12.34, '12.3'],
  [1.234, '1.23'],
  [0.0123, '0.012'],
])('%d is written as %s', (value, text) => {
  expect(digits(value)).toBe(text)
})
