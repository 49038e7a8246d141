import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { discoverPythons } from './discover.ts'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'picklespec-discover-'))
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

/** A program that stands for an interpreter: a shell script with this body. */
function program(path: string, body: string): string {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${body}\n`)
  chmodSync(file, 0o755)
  return file
}

function says(executable: string, version: string, implementation: string): string {
  const [major, minor] = version.split('.')
  return `echo '["${executable}","${version}","${implementation}",[${major},${minor}]]'`
}

/** What is found on a PATH of `bin` and under the versions folder of `pyenv`. */
async function discover(timeoutMs = 5_000) {
  const env = { PATH: `${join(root, 'bin')}:/nowhere`, PYENV_ROOT: join(root, 'pyenv') }
  const found = await discoverPythons({ env, timeoutMs })
  return found.map(({ id, status, reason, command }) => ({
    id,
    status,
    ...(reason === undefined ? { command } : { reason: reason.replaceAll(root, '…') }),
  }))
}

const noPypy = { id: 'pypy', status: 'absent', reason: 'there is no pypy3 on the PATH' }

test('interpreters of the PATH and of pyenv are found, in order of their releases', async () => {
  program('bin/python3', says('/opt/a', '3.13.0', 'cpython'))
  program('bin/python-config', says('/opt/c', '3.12.0', 'cpython'))
  program('pyenv/versions/3.9.18/bin/python3.9', says('/opt/b', '3.9.18', 'cpython'))
  program('pyenv/versions/pypy/bin/pypy3', says('/opt/p', '3.9.16', 'pypy'))

  expect(await discover()).toEqual([
    { id: 'cpython-3.9.18', status: 'ready', command: ['/opt/b'] },
    { id: 'cpython-3.13.0', status: 'ready', command: ['/opt/a'] },
    { id: 'pypy-3.9.16', status: 'ready', command: ['/opt/p', '--jit', 'off'] },
  ])
})

test('one release is one subject, the first found on the PATH', async () => {
  const asked = join(root, 'asked')
  const file = program('bin/python3', `echo x >> ${asked}; ${says('/opt/a', '3.13.0', 'cpython')}`)
  symlinkSync(file, join(root, 'bin/python3.13'))
  program('pyenv/versions/3.13.0/bin/python3', says('/opt/b', '3.13.0', 'cpython'))

  expect(await discover()).toEqual([
    { id: 'cpython-3.13.0', status: 'ready', command: ['/opt/a'] },
    noPypy,
  ])
  expect(readFileSync(asked, 'utf8')).toBe('x\n')
})

test.each([
  ['is too old', says('/opt/a', '3.7.16', 'cpython'), 'cpython-3.7.16', 'is older than 3.8'],
  [
    'has no adapter',
    says('/opt/a', '3.11.0', 'graalpy'),
    'graalpy-3.11.0',
    'is graalpy, for which',
  ],
  ['dies', 'echo first >&2; echo no library >&2; exit 1', 'python3', 'does not run: no library'],
  ['talks nonsense', 'echo hello', 'python3', 'says what no interpreter says'],
])('an interpreter that %s is absent, with the reason', async (_, body, id, reason) => {
  program('bin/python3', body)

  const found = (await discover()).find((subject) => subject.id === id)

  expect(found).toMatchObject({ status: 'absent', reason: expect.stringContaining(reason) })
})

test('an interpreter that hangs is given up', async () => {
  program('bin/python3', 'exec /bin/sleep 60')

  const found = await discover(300)

  expect(found).toEqual([
    noPypy,
    { id: 'python3', status: 'absent', reason: '…/bin/python3 did not answer within 300 ms' },
  ])
})

test('a stand-in of pyenv that stands for no version is not spoken of', async () => {
  const shim = program('pyenv/shims/python3.9', 'echo "pyenv: python3.9: not found" >&2; exit 127')
  mkdirSync(join(root, 'bin'))
  const env = { PATH: dirname(shim), PYENV_ROOT: join(root, 'pyenv') }

  const found = await discoverPythons({ env, timeoutMs: 5_000 })

  expect(found.map(({ id, reason }) => [id, reason])).toEqual([
    ['cpython', 'there is no python3 on the PATH'],
    ['pypy', 'there is no pypy3 on the PATH'],
  ])
})
