import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageFile } from '../package-root.ts'
import { ask } from '../runner/ask.ts'
import { findExecutable } from '../runner/executable.ts'
import { expectedLoad } from '../scenario/expected-load.ts'
import { discoverPythons } from '../subjects/python/discover.ts'
import { knownSubjects } from '../subjects/registry.ts'
import { type Optimized, optimized, type Printed, printed } from './fixtures/pickletools-answers.ts'

/** Packages whose tests bring pickles, written by Python 2.7 to 3.10 with the libraries of their time. */
const wheels = [
  ['gensim==3.8.3', '--python-version', '3.7', '--abi', 'cp37m', '--platform', 'manylinux1_x86_64'],
  ['joblib==1.4.2'],
  ['numpy==2.1.3', '--python-version', '3.12', '--platform', 'manylinux2014_x86_64'],
  ['statsmodels==0.14.4', '--python-version', '3.12', '--platform', 'manylinux2014_x86_64'],
]

/** A crate whose tests bring pickles, where cargo is to fetch it. */
const manifest = `[package]
name = "pickles"
version = "0.1.0"
[lib]
path = "lib.rs"
[dependencies]
serde-pickle = "=1.2.0"
`

type Shipped = {
  readonly name: string
  readonly pickle: string
  readonly dis: Printed
  readonly optimize: Optimized
}

const execute = promisify(execFile)
const newest = (await discoverPythons()).findLast(
  ({ id, status }) => status === 'ready' && id.startsWith('cpython-'),
)
const interpreters = (await knownSubjects(process.env)).flatMap((known) =>
  known.status === 'ready' && /^cpython-[\d.]+$/.test(known.id) ? [known] : [],
)

let folder: string
let shipped: readonly Shipped[] = []

async function fetchPackages(python: string): Promise<void> {
  for (const [name = '', ...options] of wheels) {
    const asked = ['download', '-q', '--no-deps', '--only-binary=:all:', '-d', folder, ...options]
    await execute(python, ['-m', 'pip', ...asked, name])
  }
  if (findExecutable('cargo', folder, process.env['PATH'] ?? '') === undefined) return
  const crate = join(folder, 'crate')
  mkdirSync(crate)
  writeFileSync(join(crate, 'Cargo.toml'), manifest)
  writeFileSync(join(crate, 'lib.rs'), '')
  await execute('cargo', ['vendor', '-q'], { cwd: crate })
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'picklespec-shipped-'))
  const [python = 'python3', ...args] = newest?.command ?? []
  await fetchPackages(python)
  const collect = packageFile('conformance/commands/fixtures/collect-pickles.py')
  const { stdout } = await execute(python, [...args, '-W', 'ignore', collect, folder], {
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    maxBuffer: 1 << 30,
  })
  shipped = stdout
    .trimEnd()
    .split('\n')
    .map((line): Shipped => JSON.parse(line))
}, 600_000)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const bytesOf = ({ pickle }: Shipped): Uint8Array => Buffer.from(pickle, 'hex')

test('projects ship many pickles', () => {
  expect(shipped.length).toBeGreaterThan(130)
})

describe(`as with pickletools of ${newest?.id}`, () => {
  const profile = `${newest?.id}-c`

  test('they are disassembled', async () => {
    for (const one of shipped) {
      expect(await printed(bytesOf(one), { profile }), one.name).toEqual(one.dis)
    }
  })

  test('they are optimized', async () => {
    for (const one of shipped) {
      expect(await optimized(bytesOf(one), profile), one.name).toEqual(one.optimize)
    }
  })
})

describe.each(interpreters)('as in $id', ({ id, subject }) => {
  test.each(['c', 'py'])('they are loaded by its engine %s', async (engine) => {
    const replied = await ask(
      subject,
      {
        request: 'load',
        engines: [engine],
        world: 'symbols',
        pickles: shipped.map(({ pickle }) => ({ pickle })),
      },
      { limitMs: 120_000 },
    )
    expect(replied.kind).toBe('answered')
    expect(replied.answers).toHaveLength(shipped.length)
    for (const [index, answer] of replied.answers.entries()) {
      const one = shipped[index]
      const [seen] = 'loads' in answer ? answer.loads : []
      const loaded = expectedLoad({ pickle: one?.pickle ?? '' }, `${id}-${engine}`, 'symbols')
      expect({ ...loaded, engine }, one?.name).toEqual(seen)
    }
  })
})
