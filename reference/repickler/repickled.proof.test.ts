import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { discoverPythons } from '../../conformance/index.ts'
import { checkRecording } from './fixtures/check-rows.ts'
import { readRecording } from './fixtures/recording.ts'

const execute = promisify(execFile)
const script = fileURLToPath(new URL('fixtures/record_repickled.py', import.meta.url))
const pythons = (await discoverPythons()).filter(
  ({ id, status }) => status === 'ready' && id.startsWith('cpython-'),
)

test('a CPython is here to be asked', () => {
  expect(pythons.map(({ id }) => id)).not.toEqual([])
})

test.each(pythons)(
  'at least 60 values of $id at every protocol are written again at every protocol as by it',
  async ({ command, env }) => {
    const [program = '', ...args] = command
    const { stdout } = await execute(program, [...args, script], {
      env: { ...process.env, ...env, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' },
      maxBuffer: 1 << 28,
    })
    const recording = readRecording(stdout)
    const { differences, checked } = checkRecording(recording)

    expect(differences).toEqual([])
    expect(recording.rows.length).toBeGreaterThanOrEqual(60)
    expect(checked).toBeGreaterThanOrEqual(60 * 36)
  },
)
