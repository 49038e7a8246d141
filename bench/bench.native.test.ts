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
    summary: { dump: expect.any(Number), hooks: expect.any(Number) },
    losses: [],
  })
  const record = readBenchBeside(folder)
  expect(record?.rows.map(({ subject, engine }) => `${subject} ${engine}`)).toEqual([
    'reference documented',
    'cpython-3.14-embedded c',
    'cpython-3.14-embedded py',
    'reference documented',
    'cpython-3.14-embedded c',
    'cpython-3.14-embedded py',
  ])
  for (const row of record?.rows ?? []) expect(row.nsPerCall.median).toBeGreaterThan(100)
})
