import { expect, test } from 'vitest'
import type { Verdict, VerdictLine } from '../../reports/index.ts'
import type { ExpectedFailureEntry } from './expected-failures.ts'
import { patternsOf, type RunLine, updatedEntries } from './update-expected-failures.ts'

const failed: Verdict = {
  kind: 'failed',
  because: 'so',
  difference: {
    kind: 'error',
    step: 1,
    at: 'class',
    expected: 'RecursionError',
    seen: 'ValueError',
  },
}
const signature = 'conformance: class ValueError for RecursionError'
const passed: Verdict = { kind: 'passed' }

function line(id: string, over: Partial<VerdictLine> = {}, more: Partial<RunLine> = {}): RunLine {
  return {
    line: {
      case: id,
      protocol: 2,
      subject: 'one',
      engine: 'c',
      clause: 'FAST-04',
      chapter: 'FAST',
      level: 'documented',
      positive: true,
      conformance: passed,
      parity: null,
      ...over,
    },
    release: '3.13.0',
    known: undefined,
    ...more,
  }
}

const entry = (over: Partial<ExpectedFailureEntry>): ExpectedFailureEntry => ({
  case: 'a/b/c',
  reason: '?',
  link: null,
  signature,
  ...over,
})

test('a failure without a reason is written with a question mark', () => {
  expect(updatedEntries([line('a/b/c', { conformance: failed }), line('a/b/d')], [])).toEqual([
    entry({}),
  ])
})

test('what a case knows of a failure is its reason', () => {
  const known = { reason: 'a bug', link: 'https://example.org' }

  expect(updatedEntries([line('a/b/c', { conformance: failed }, { known })], [])).toEqual([
    entry(known),
  ])
})

test('a reason given before is kept while the failure is the same', () => {
  const before = [entry({ case: 'a/**', reason: 'old', link: 'https://example.org' })]

  expect(updatedEntries([line('a/b/c', { conformance: failed })], before)).toEqual([
    entry({ reason: 'old', link: 'https://example.org' }),
  ])
  expect(
    updatedEntries(
      [line('a/b/c', { conformance: { kind: 'timed-out', afterMs: 1, inCompanyOnly: false } })],
      before,
    ),
  ).toEqual([entry({ signature: 'conformance: timed-out' })])
})

test('what no longer fails is not written', () => {
  expect(updatedEntries([line('a/b/c')], [entry({ reason: 'old' })])).toEqual([])
})

test('what is unsupported is no failure', () => {
  const unsupported: Verdict = { kind: 'unsupported', because: 'so' }

  expect(updatedEntries([line('a/b/c', { conformance: unsupported })], [])).toEqual([])
})

test('protocols are named unless all of them fail', () => {
  const at = (protocol: number, conformance: Verdict): RunLine =>
    line('a/b/c', { protocol, conformance })

  expect(updatedEntries([at(0, failed), at(1, failed), at(2, passed), at(3, failed)], [])).toEqual([
    entry({ protocols: '0-1' }),
    entry({ protocols: '3' }),
  ])
  expect(updatedEntries([at(0, failed), at(1, failed)], [])).toEqual([entry({})])
})

test('engines are named unless all of them fail', () => {
  const by = (engine: string, conformance: Verdict): RunLine =>
    line('a/b/c', { engine, conformance })

  expect(updatedEntries([by('c', failed), by('py', passed)], [])).toEqual([entry({ engine: 'c' })])
  expect(updatedEntries([by('c', failed), by('py', failed)], [])).toEqual([entry({})])
})

test('releases are named unless all of them fail', () => {
  const on = (release: string, conformance: Verdict): RunLine =>
    line('a/b/c', { conformance }, { release })
  const all = [
    on('3.11.2', failed),
    on('3.11.7', passed),
    on('3.9.1', failed),
    on('3.8.18', failed),
  ]

  expect(updatedEntries([...all, on('3.10.1', passed)], [])).toEqual([
    entry({ versions: '3.8-3.9' }),
    entry({ versions: '3.11.2' }),
  ])
})

test('entries for releases that were not asked stay', () => {
  const old = entry({ case: 'a/b/c', versions: '3.8', reason: 'old' })

  expect(updatedEntries([line('a/b/c')], [old])).toEqual([old])
})

test('patterns cover what fails and nothing that passes', () => {
  const all = ['a/b/1', 'a/b/2', 'a/c/1', 'd/e/1', 'd/e/2', 'd/f/1']

  expect(patternsOf(all, ['a/b/1'])).toEqual(['a/b/1'])
  expect(patternsOf(all, ['a/b/1', 'a/b/2'])).toEqual(['a/b/*'])
  expect(patternsOf(all, ['a/b/1', 'a/b/2', 'a/c/1'])).toEqual(['a/**'])
  expect(patternsOf(all, ['d/f/1'])).toEqual(['d/f/1'])
  expect(patternsOf(all, ['d/e/1', 'd/e/2', 'a/b/2'])).toEqual(['d/e/*', 'a/b/2'])
})

test('failures of one kind in a whole file are one entry', () => {
  const lines = ['a/b/1', 'a/b/2', 'a/c/1'].map((id) =>
    line(id, { conformance: id === 'a/c/1' ? passed : failed }),
  )

  expect(updatedEntries(lines, [])).toEqual([entry({ case: 'a/b/*' })])
})
