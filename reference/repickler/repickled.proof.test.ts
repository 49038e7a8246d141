import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { discoverPythons, packageFile } from '../../conformance/index.ts'
import { bytesOfHex } from '../codecs/hex.ts'
import type { PythonVersion } from '../codecs/python-version.ts'
import { disassemble } from '../tools/disassemble.ts'
import { optimize } from '../tools/optimize.ts'
import { checkRecording } from './fixtures/check-rows.ts'
import { type Recording, readRecording, undecided } from './fixtures/recording.ts'

type Interpreter = {
  readonly id: string
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

const execute = promisify(execFile)
const script = 'reference/repickler/fixtures/record_repickled.py'
const host = packageFile('dist', 'conformance', 'subjects', 'python', 'pyodide', 'host.js')

const pythons: readonly Interpreter[] = (await discoverPythons()).filter(
  ({ id, status }) => status === 'ready' && id.startsWith('cpython-'),
)
const embedded: readonly Interpreter[] = ['pyodide', 'pyodide-315'].map((runtime) => ({
  id: `the CPython of ${runtime}`,
  command: [process.execPath, host, `--runtime=${runtime}`, '--run'],
  env: {},
}))

async function recordingOf({ command, env }: Interpreter, module: string): Promise<Recording> {
  const [program = '', ...args] = command
  const { stdout } = await execute(program, [...args, script, '--tools', module], {
    cwd: packageFile('.'),
    env: { ...process.env, ...env, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 1 << 30,
  })
  return readRecording(stdout)
}

const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex')

/** Pickles of which `dis` or `optimize` gives something else than pickletools, and how many there are. */
function checkTools({ python, rows }: Recording) {
  const [major, minor] = python.split('.')
  const settings = { python: `${major}.${minor}` as PythonVersion }
  const pickles = rows.flatMap(({ name, pickles = [], tools = [] }) =>
    pickles.map((pickle, at) => ({ name, pickle: bytesOfHex(pickle), tools: tools[at] })),
  )
  const differences = pickles.filter(({ pickle, tools }) => {
    const made = [disassemble(pickle, settings).text, optimize(pickle, settings)].map(sha256)
    return made.join() !== tools?.join()
  })
  return { count: pickles.length, differences: differences.map(({ name }) => name) }
}

/** One line for who reads the output of the proof. */
function say(who: string, recording: Recording, noted: number, checked: number, tools: number) {
  const packages = Object.entries(recording.packages).map((one) => one.join(' '))
  const what = packages.length === 0 ? 'the standard library' : packages.join(', ')
  const figures = [
    `${recording.rows.length} values of ${what}`,
    `${checked} comparisons, ${noted} noted, the others equal`,
    `${tools} pickles through dis and optimize`,
  ]
  process.stdout.write(`${who}: ${figures.join('; ')}\n`)
}

test('a CPython is here to be asked', () => {
  expect(pythons.map(({ id }) => id)).not.toEqual([])
})

describe.each([...pythons, ...embedded])('$id', (interpreter) => {
  let library: Recording
  let packages: Recording

  beforeAll(async () => {
    library = await recordingOf(interpreter, 'library')
    packages = await recordingOf(interpreter, 'packages')
  })

  test('writes at least 60 values of its library at every protocol as they are written here', () => {
    const { differences, noted, checked } = checkRecording(library)
    const tools = checkTools(library)
    say(interpreter.id, library, noted.length, checked, tools.count)

    expect(differences).toEqual([])
    for (const { name, said } of noted) expect(said, name).toContain(undecided.get(name)?.[0])
    expect(library.rows.length).toBeGreaterThanOrEqual(60)
    expect(checked).toBeGreaterThanOrEqual(60 * 36)
    expect(tools.differences).toEqual([])
  })

  test('writes the values of the packages that it has as they are written here', () => {
    const { differences, noted, checked } = checkRecording(packages)
    const tools = checkTools(packages)
    say(interpreter.id, packages, noted.length, checked, tools.count)

    expect(differences).toEqual([])
    expect(noted.length).toBeLessThanOrEqual(checked / 8)
    for (const name of ['numpy', 'pandas'].filter((one) => one in packages.packages)) {
      const rows = packages.rows.filter((row) => row.name.startsWith(name) && !row.refused)
      expect(rows.length, name).toBeGreaterThanOrEqual(15)
    }
    expect(tools.differences).toEqual([])
  })
})
