import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { captureIo, WrongUsage } from '../../reports/command.ts'
import { questionsOf } from '../cases/index.ts'
import { exportVectors } from '../commands/export-vectors.ts'
import { packageFile } from '../package-root.ts'
import { loadSuite } from '../runner/suite.ts'
import { expectedLoad } from '../scenario/expected-load.ts'
import type { Manifest } from './vector-files.ts'

const suite = loadSuite()

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'picklespec-vectors-'))
  exportVectors(captureIo({ cwd: home }), 'vectors', suite)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const json = (path: string): unknown =>
  JSON.parse(readFileSync(join(home, 'vectors', path), 'utf8'))
// Its schema is held against it below.
const manifest = (): Manifest => json('manifest.json') as Manifest

type Exported = {
  readonly vectors: readonly {
    readonly id: string
    readonly kind: string
    readonly load?: string
    readonly expected?: readonly {
      readonly pickle?: string
      readonly graph?: unknown
      readonly disassembly?: string
    }[]
  }[]
}
let all: Exported['vectors'] | undefined
function exported(): Exported['vectors'] {
  all ??= manifest().files.flatMap(({ path }) => (json(path) as Exported).vectors)
  return all
}

const schema = (name: string): object =>
  JSON.parse(readFileSync(packageFile('conformance', 'vectors', `${name}.schema.json`), 'utf8'))

describe('the vectors of the suite', () => {
  test('are what their schemas want, every file', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false })
    const isManifest = ajv.compile(schema('manifest'))
    const isFile = ajv.compile(schema('vectors'))

    expect(isManifest(json('manifest.json')), JSON.stringify(isManifest.errors)).toBe(true)
    for (const { path } of manifest().files) {
      expect(isFile(json(path)), `${path}: ${JSON.stringify(isFile.errors)}`).toBe(true)
    }
    const [{ path } = { path: '' }] = manifest().files
    const { vectors } = json(path) as Exported
    for (const change of [
      { id: 'x' },
      { kind: 'load' },
      { more: 1 },
      { expected: [{ wrote: 'A' }] },
    ]) {
      const changed = [{ ...vectors[0], ...change }]
      expect(isFile({ $schema: '', title: 'x', vectors: changed }), JSON.stringify(change)).toBe(
        false,
      )
    }
  })

  test('are every case at every protocol, each once, as the manifest counts them', () => {
    const ids = exported().map(({ id }) => id)

    expect(ids.sort()).toEqual(
      questionsOf(suite.cases.map((one) => one.case))
        .map(({ id }) => id)
        .sort(),
    )
    const { counts, files, hash } = manifest()
    expect(counts).toMatchObject({ vectors: ids.length, cases: suite.cases.length })
    expect(hash).toBe(suite.hash)
    const ofKinds = Object.values(counts.kinds).reduce((sum, count) => sum + count, 0)
    expect(ofKinds).toBe(ids.length)
    for (const { path, sha256 } of files) {
      const text = readFileSync(join(home, 'vectors', path))
      expect(createHash('sha256').update(text).digest('hex'), path).toBe(sha256)
    }
  })

  test('have the graph of each pickle to load, and the disassembly of each that is written', () => {
    const plain = exported().filter(({ kind }) => kind === 'load')
    const agreeing = plain.filter(({ load = '', expected }) => {
      const loaded = expectedLoad({ pickle: load }, 'documented', 'symbols')
      const graph = expected?.[0]?.graph
      return 'graph' in loaded ? JSON.stringify(graph) === JSON.stringify(loaded.graph) : !graph
    })
    expect(plain.length).toBeGreaterThan(200)
    expect(agreeing.length / plain.length).toBeGreaterThan(0.9)

    const dumped = exported().filter(({ kind }) => kind === 'dump')
    expect(dumped.length).toBeGreaterThan(500)
    for (const { id, expected = [] } of dumped) {
      const [{ pickle, graph, disassembly = 'STOP' } = {}] = expected
      expect(pickle, id).toMatch(/2e$/)
      expect(graph, id).toBeDefined()
      expect(disassembly, id).toContain('STOP')
    }
    const told = dumped.filter(({ expected }) => expected?.[0]?.disassembly !== undefined)
    expect(told.length / dumped.length).toBeGreaterThan(0.9)
  })
})

describe('exporting', () => {
  const few = { cases: suite.cases.slice(0, 3), hash: 'ab' }
  const files = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const texts = (folder: string): string[] =>
    files(folder)
      .filter((path) => path.includes('.'))
      .map((path) => readFileSync(join(folder, path), 'utf8'))

  test('writes the same for the same suite, and replaces what was exported before', () => {
    const io = captureIo({ cwd: home })

    expect(exportVectors(io, 'few', few)).toBe(0)
    expect(exportVectors(io, 'again', few)).toBe(0)
    expect(io.out()).toContain('few: 3 cases in 1 files; see few/README.md\n')
    expect(texts(join(home, 'again'))).toEqual(texts(join(home, 'few')))

    const other = { cases: suite.cases.slice(-1), hash: 'cd' }
    exportVectors(io, 'again', other)
    const left = files(join(home, 'again'))
    expect(left.filter((path) => path.endsWith('.json') && path.includes('/'))).toHaveLength(1)
    expect(left).toEqual(
      expect.arrayContaining(['README.md', 'manifest.schema.json', 'vectors.schema.json']),
    )
  })

  test('leaves alone what is no export', () => {
    mkdirSync(join(home, 'mine'))
    writeFileSync(join(home, 'mine', 'notes'), 'mine')
    const io = captureIo({ cwd: home })

    expect(() => exportVectors(io, 'mine', few)).toThrow(WrongUsage)
    writeFileSync(
      join(home, 'mine', 'manifest.json'),
      '{"vectors":1,"files":[{"path":"../few/README.md"}]}',
    )
    expect(exportVectors(io, 'mine', few)).toBe(0)
    expect(readFileSync(join(home, 'mine', 'notes'), 'utf8')).toBe('mine')
    expect(existsSync(join(home, 'few', 'README.md'))).toBe(true)
  })
})
