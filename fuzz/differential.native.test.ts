import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageFile } from '../conformance/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'picklespec-differential-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A slice of what `make differential` asks, the same each time. */
const slice = ['--seed', '20261122', '--cases', '64', '--out', folder]

test('every Python found agrees with the reference in the same few scenarios, both engines', async () => {
  const [code, stdout] = await new Promise<readonly [unknown, string]>((resolve) => {
    const args = [packageFile('dist', 'cli.js'), 'fuzz', ...slice]
    execFile(process.execPath, args, (error, out) => resolve([error?.code ?? 0, out]))
  })

  expect(stdout).toMatch(/^64 scenarios of the seed 20261122, .*; 0 findings/m)
  const checks = new Map(
    [...stdout.matchAll(/(cpython-[\w.]+-(?:c|py)) (\d+)/g)].map(([, profile, count]) => [
      profile,
      Number(count),
    ]),
  )
  expect(checks.get('cpython-3.14.2-c')).toBeGreaterThan(300)
  expect(checks.get('cpython-3.14.2-py')).toBeGreaterThan(50)
  expect([...checks.values()].every((count) => count > 50)).toBe(true)
  expect(code).toBe(0)
})
