import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = join(import.meta.dirname, '..', '.ci', 'count.mjs')
const passing = { fullName: 'holds', status: 'passed' }
const failing = { fullName: 'breaks', status: 'failed' }
const skipped = { fullName: 'waits', status: 'skipped' }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picklespec-count-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

interface TestFile {
  readonly status: 'passed' | 'failed'
  readonly tests: readonly { fullName: string; status: string }[]
}

/** Counts a run in which `unit` reported these files and the steps ended with these codes. */
async function count(files: readonly TestFile[], steps: Readonly<Record<string, number>>) {
  const testResults = files.map(({ status, tests }) => ({
    name: join(process.cwd(), 'some.test.ts'),
    status,
    message: '',
    assertionResults: tests,
  }))
  await writeFile(join(folder, 'unit.json'), JSON.stringify({ testResults }))
  const lines = Object.entries(steps).map((step) => step.join(' '))
  await writeFile(join(folder, 'steps'), `${lines.join('\n')}\n`)
  const { stdout, status } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
  return { last: stdout.trimEnd().split('\n').at(-1), exitCode: status }
}

const green: TestFile = { status: 'passed', tests: [passing, passing] }

test.each([
  ['tests and steps add up', [green], { types: 0, unit: 0 }, '4 passed, 0 failed', 0],
  [
    'a failed test is counted once, not again with its step',
    [green, { status: 'failed', tests: [passing, failing] }],
    { unit: 1 },
    '3 passed, 1 failed',
    1,
  ],
  [
    'a step that fails with all its tests green is counted',
    [green],
    { unit: 1 },
    '2 passed, 1 failed',
    1,
  ],
  ['a step without tests is counted', [green], { types: 2, unit: 0 }, '3 passed, 1 failed', 1],
  [
    'a skipped test is not green',
    [{ status: 'passed', tests: [passing, skipped] }],
    { unit: 0 },
    '2 passed, 1 failed',
    1,
  ],
  [
    'a file that could not be loaded is counted',
    [green, { status: 'failed', tests: [] }],
    { unit: 1 },
    '2 passed, 1 failed',
    1,
  ],
  ['a run without tests fails', [], { types: 0, unit: 0 }, '2 passed, 1 failed', 1],
] as const)('%s', async (_, files, steps, last, exitCode) => {
  expect(await count(files, steps)).toEqual({ last, exitCode })
})
