import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { discoverPythons } from './discover.ts'

let folder = ''

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'picklespec-venv-')))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('an interpreter of a virtual environment is started as that, with its packages', async () => {
  const [python] = (await discoverPythons()).filter(
    ({ id, status }) => status === 'ready' && id.startsWith('cpython-'),
  )
  const [program = 'python3', ...args] = python?.command ?? []
  execFileSync(program, [...args, '-m', 'venv', '--without-pip', folder])

  const env = { PATH: join(folder, 'bin'), PYENV_ROOT: folder }
  const found = await discoverPythons({ env, timeoutMs: 10_000 })

  const [own] = found.filter(({ id }) => id === python?.id)
  expect(own?.status).toBe('ready')
  const [started = '', ...rest] = own?.command ?? []
  const asked = [...rest, '-c', 'import sys; print(sys.prefix)']
  expect(execFileSync(started, asked, { encoding: 'utf8' }).trim()).toBe(folder)
})
