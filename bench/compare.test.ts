import { expect, test } from 'vitest'
import type { BenchRecord, BenchRow, Interval } from '../reports/index.ts'
import { beyondGate, changesSince, parseGate, quotient } from './compare.ts'

const c = { subject: 'cpython-3.13.0', engine: 'c' }
const reference = { subject: 'reference', engine: 'documented' }

const about = (value: number, spread: number): Interval => ({
  value,
  low: value / (1 + spread),
  high: value * (1 + spread),
})

function row(who: typeof c, ratio: Interval | null, ns = 1000): BenchRow {
  return {
    ...who,
    workload: 'pickle',
    operation: 'dump',
    protocol: 5,
    nsPerCall: { samples: 10, median: ns, low: ns / 1.01, high: ns * 1.01 },
    ratioToBaseline: ratio,
  }
}

function record(rows: readonly BenchRow[], more: Partial<BenchRecord> = {}): BenchRecord {
  return {
    bench: 1,
    picklespec: '0.1.0',
    started: '2026-01-31T12:00:00.000Z',
    machine: { cores: 2, cpu: 'some cpu', os: 'linux', node: '20.19.0' },
    baseline: c,
    rows,
    noise: { aaRatioLow: 0.99, aaRatioHigh: 1.01 },
    notes: [],
    ...more,
  }
}

const one = about(1, 0)
const withRatio = (ratio: Interval): BenchRecord => record([row(c, one), row(reference, ratio)])

test('what is slower for sure is beyond the gate', () => {
  const changes = changesSince(withRatio(about(2, 0.01)), withRatio(about(2.4, 0.01)))

  expect(changes).toHaveLength(1)
  expect(changes[0]?.change.value).toBeCloseTo(1.2, 9)
  expect(beyondGate(changes, 0.05)).toEqual(changes)
  expect(beyondGate(changes, 0.3)).toEqual([])
})

test('a point beyond the gate whose interval reaches back to it passes', () => {
  const changes = changesSince(withRatio(about(2, 0.15)), withRatio(about(2.4, 0.15)))

  expect(changes[0]?.change.value).toBeGreaterThan(1.05)
  expect(changes[0]?.change.low).toBeLessThan(1.05)
  expect(beyondGate(changes, 0.05)).toEqual([])
})

test('what is faster is never beyond the gate', () => {
  const changes = changesSince(withRatio(about(2, 0.01)), withRatio(about(1, 0.01)))

  expect(changes[0]?.change.high).toBeLessThan(0.6)
  expect(beyondGate(changes, 0)).toEqual([])
})

test('a machine that is slower as a whole changes no ratio', () => {
  const slow = record([row(c, one, 9000), row(reference, about(2, 0.01), 18_000)])

  const [change] = changesSince(withRatio(about(2, 0.01)), slow)

  expect(change?.by).toBe('ratio')
  expect(change?.change.value).toBe(1)
})

test('runs with different baseline engines are compared by time, on one machine only', () => {
  const own = { baseline: reference }
  const before = record([row(reference, one, 1000)], own)
  const after = record([row(reference, about(2, 0), 1500)])
  const elsewhere = { ...after.machine, cpu: 'another cpu' }

  const [change] = changesSince(before, after)

  expect(change?.by).toBe('time')
  expect(change?.change.value).toBe(1.5)
  expect(changesSince(before, { ...after, machine: elsewhere })).toEqual([])
})

test('rows that only one record has, or that have no ratio, are not compared', () => {
  const other = { ...row(reference, about(2, 0)), workload: 'another' }

  expect(changesSince(record([other]), withRatio(about(2, 0)))).toEqual([])
  expect(changesSince(withRatio(about(2, 0)), record([row(reference, null)]))).toEqual([])
})

test('the interval of a quotient is wider than either, and narrower than both together', () => {
  const { low, value, high } = quotient(about(3, 0.1), about(2, 0.1))

  expect(value).toBe(1.5)
  expect(high / value).toBeCloseTo(Math.exp(Math.SQRT2 * Math.log(1.1)), 9)
  expect(value / low).toBeCloseTo(high / value, 9)
})

test.each([
  ['5%', 0.05],
  [' 12.5 % ', 0.125],
  ['0%', 0],
  ['5', undefined],
  ['-5%', undefined],
  ['five%', undefined],
  ['', undefined],
])('the gate %j is read as %s', (text, fraction) => {
  expect(parseGate(text)).toBe(fraction)
})
