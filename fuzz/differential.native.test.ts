import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageFile } from '../conformance/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'picklespec-differential-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A slice of what `make differential` asks, the same each time. */
const slice = ['--seed', '20261122', '--cases', '64', '--out', folder]

/** Runs `picklespec fuzz`; gives its exit code and what it wrote. */
function fuzz(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const all = [packageFile('dist', 'cli.js'), 'fuzz', ...args]
    execFile(process.execPath, all, { env }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr })
    })
  })
}

test('every Python found agrees with the reference in the same few scenarios, both engines', async () => {
  const { code, stdout } = await fuzz(slice)

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

/** A PATH on which the reference, in the profile of PyPy, is found as a pypy3. */
function pathWithPyPy(): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  const program = join(bin, 'pypy3')
  const said = JSON.stringify([program, '3.9.16', 'pypy', [3, 9]])
  const adapter = packageFile('dist/conformance/subjects/javascript/reference/main.js')
  const lines = [
    '#!/bin/sh',
    `if [ "$1" = -c ]; then echo '${said}'; exit; fi`,
    `exec '${process.execPath}' '${adapter}' pypy-3.9`,
  ]
  writeFileSync(program, `${lines.join('\n')}\n`, { mode: 0o755 })
  return bin
}

test('who follows a profile that is not exact is asked when named, else it says so', async () => {
  const env = { ...process.env, PATH: pathWithPyPy(), PYENV_ROOT: folder }
  const few = ['--seed', '1', '--cases', '2', '--out', folder]
  const unnamed = await fuzz(few, env)
  const named = await fuzz([...few, '--subject', 'pypy-3.9.16'], env)

  expect(unnamed.stderr).toContain(
    'pypy-3.9.16 is not asked: the profile pypy-3.9 is not exact; --subject pypy-3.9.16 asks it\n',
  )
  expect(unnamed.stdout).not.toContain('pypy')
  expect(unnamed.stdout).toMatch(/^2 scenarios of the seed 1, .*; 0 findings/m)
  expect(named.stderr).not.toContain('is not asked')
  expect(named.stdout).toMatch(/^checks: pypy-3\.9 \d+$/m)
})

test('a scenario is replayed to such a one when it is named', async () => {
  const env = { ...process.env, PATH: pathWithPyPy(), PYENV_ROOT: folder }
  const scenario = join(folder, 'scenario.json')
  writeFileSync(scenario, JSON.stringify({ scenario: 1, steps: [{ dump: 1 }] }))
  const unnamed = await fuzz(['--replay', scenario], env)
  const named = await fuzz(['--replay', scenario, '--subject', 'pypy-3.9.16'], env)

  expect(unnamed.stderr).toContain('pypy-3.9.16 is not asked: the profile pypy-3.9 is not exact')
  expect(named.stderr).toBe('')
  expect(named.stdout).toMatch(/^\d+ checks, 0 part from the reference$/m)
})
