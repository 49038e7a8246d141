import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { captureIo } from '../reports/command.ts'
import { readBenchBeside } from '../reports/index.ts'
import { runBench } from './commands/run-bench.ts'

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the reference and the embedded CPython are timed, their pickles being right', async () => {
  const io = captureIo({ cwd: folder, env: { PATH: process.env['PATH'] } })

  const code = await runBench(
    io,
    {
      subject: ['reference', 'cpython-3.14-embedded'],
      workload: ['pickle-list', 'dispatch-table-copyreg'],
      target: undefined,
      baseline: undefined,
      gate: undefined,
      out: '.',
      json: true,
    },
    {
      budgetMs: 0,
      leastRounds: 1,
      mostRounds: 1,
      warmUpMs: 1,
      sampleMs: 0.5,
      samples: 2,
      divisor: 10,
      hereMs: 5,
    },
  )

  expect(code).toBe(0)
  const told: unknown = JSON.parse(io.out())
  expect(told).toMatchObject({
    against: 'cpython-3.14-embedded c',
    summary: { dump: expect.any(Number), hooks: expect.any(Number), load: expect.any(Number) },
    losses: [],
  })
  const record = readBenchBeside(folder)
  const lines = record?.rows.map((row) => `${row.operation} ${row.subject} ${row.engine}`)
  expect(lines).toEqual([
    'dump reference documented',
    'dump cpython-3.14-embedded c',
    'dump cpython-3.14-embedded py',
    'dump reference documented',
    'dump cpython-3.14-embedded c',
    'dump cpython-3.14-embedded py',
    'load reference documented',
    'load cpython-3.14-embedded c',
    'load cpython-3.14-embedded py',
  ])
  for (const row of record?.rows ?? []) expect(row.nsPerCall.median).toBeGreaterThan(100)
})
