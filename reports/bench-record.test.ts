import { expect, test } from 'vitest'
import { type BenchRecord, formatBenchRecord } from './bench-record.ts'
import { isBenchRecord, parseBenchRecord } from './parse-bench-record.ts'
import { ShapeError } from './shape.ts'

const bench: BenchRecord = {
  bench: 1,
  picklespec: '0.1.0',
  started: '2026-01-31T12:00:00Z',
  machine: { cores: 2, cpu: 'some cpu', os: 'linux 6.1', node: '20.19.0' },
  baseline: { subject: 'cpython-3.13.0', engine: 'c' },
  rows: [
    {
      workload: 'deep-list',
      operation: 'dump',
      subject: 'cpython-3.13.0',
      engine: 'c',
      protocol: 5,
      nsPerCall: { samples: 30, median: 1200, low: 1100.5, high: 1300 },
      ratioToBaseline: { value: 1, low: 1, high: 1 },
      bytes: 517,
      growthExponent: 1.02,
    },
    {
      workload: 'deep-list',
      operation: 'load',
      subject: 'go',
      engine: null,
      protocol: 2,
      nsPerCall: { samples: 1, median: 1, low: 1, high: 1 },
      ratioToBaseline: null,
    },
  ],
  noise: { aaRatioLow: 0.98, aaRatioHigh: 1.03 },
  notes: ['the machine was busy'],
}

/** The document with what stands at a path replaced. */
function spoiled(path: readonly (string | number)[], value: unknown): string {
  const decoded: unknown = JSON.parse(formatBenchRecord(bench))
  let at = decoded as Record<string | number, unknown>
  // Each step but the last is an object or an array of the document above.
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  at[path.at(-1) ?? ''] = value
  return JSON.stringify(decoded)
}

test('a bench record is read back as it was written', () => {
  expect(parseBenchRecord(formatBenchRecord(bench))).toEqual(bench)
  expect(isBenchRecord(JSON.parse(formatBenchRecord(bench)))).toBe(true)
  expect(isBenchRecord({ record: 1 })).toBe(false)
})

test.each([
  ['text that is not JSON', 'oops', '$: this is not JSON'],
  ['a list', '[]', '$: found an array of 0, wanted an object'],
  ['the version of the future', spoiled(['bench'], 2), '$.bench: found 2, wanted 1'],
  ['a median outside its interval', spoiled(['rows', 0, 'nsPerCall', 'median'], 9), 'rising order'],
  [
    'a ratio outside its interval',
    spoiled(['rows', 0, 'ratioToBaseline', 'high'], 0.5),
    '$.rows[0].ratioToBaseline: found 1, 1, 0.5',
  ],
  ['a time of nothing', spoiled(['rows', 1, 'nsPerCall', 'low'], 0), 'wanted a number above 0'],
  ['no samples', spoiled(['rows', 0, 'nsPerCall', 'samples'], 0), 'at least 1'],
  ['an operation nobody times', spoiled(['rows', 1, 'operation'], 'sing'), '"dump" or "load"'],
  ['a pickle of nothing', spoiled(['rows', 0, 'bytes'], 0), '$.rows[0].bytes: found 0'],
  ['noise inside out', spoiled(['noise', 'aaRatioLow'], 1.5), '$.noise.aaRatioLow: found 1.5'],
  ['a field nobody knows', spoiled(['mood'], 'good'), '$.mood: this field is not known here'],
])('%s is refused with its place', (_, text, message) => {
  expect(() => parseBenchRecord(text)).toThrow(ShapeError)
  expect(() => parseBenchRecord(text)).toThrow(message)
})
