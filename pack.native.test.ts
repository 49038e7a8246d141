import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const execute = promisify(execFile)
const root = import.meta.dirname

/** The folder of somebody who has installed the packed package and nothing else. */
let home: string
let packed: readonly string[]

async function run(command: string, args: readonly string[], cwd = home) {
  return await execute(command, args, { cwd, maxBuffer: 1 << 24 })
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'picklespec-pack-'))
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', home],
    root,
  )
  const [tarball]: { filename: string; files: { path: string }[] }[] = JSON.parse(stdout)
  if (tarball === undefined) throw new Error(`npm pack made nothing: ${stdout}`)
  packed = tarball.files.map((file) => file.path)
  await writeFile(
    join(home, 'package.json'),
    JSON.stringify({ name: 'home', private: true, type: 'module' }),
  )
  await run('npm', [
    ...['install', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'],
    `./${tarball.filename}`,
  ])
})

afterAll(async () => {
  await rm(home, { recursive: true, force: true })
})

test('the packed command prints the version of the manifest', async () => {
  const manifest: { version: string } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  )

  const { stdout } = await run('npx', ['--no-install', 'picklespec', '--version'])

  expect(stdout).toBe(`${manifest.version}\n`)
})

test('the packed command shows its help', async () => {
  const { stdout } = await run('npx', ['--no-install', 'picklespec', '--help'])

  expect(stdout).toContain('Usage: picklespec [options]')
})

test('wrong usage of the packed command ends with 2', async () => {
  await expect(run('npx', ['--no-install', 'picklespec', 'rnu'])).rejects.toMatchObject({ code: 2 })
})

/** What somebody might write who has types. */
const consumer = `
import {
  type DispatchTable, type Reduction, type UnpicklerOptions,
  copyreg, disassemble, dumps, global, loads, NotImplemented, PickleError, Pickler, Reduced, Tuple,
  tuple, Unpickler,
} from 'picklespec'
import { createWorld } from 'picklespec/reference'
import { loadSuite } from 'picklespec/conformance'

class Point {
  constructor(readonly x: number) {}
  __reduce_ex__(protocol: number): Reduction {
    return [global('geometry', 'Point'), [this.x, protocol], new Map([['x', this.x]])]
  }
}
copyreg.pickle(Point, (point) => [global('geometry', 'Point'), [point.x]])
copyreg.unpickle(Point)

const reducers: DispatchTable = new Map([[Point, (point: Point) => \`point\${point.x}\`]])

class MyPickler extends Pickler {
  static override readonly dispatchTable = reducers
  override reducerOverride(object: unknown) {
    return object === Math ? [global('builtins', 'len'), [[]]] : NotImplemented
  }
  override persistentId(object: unknown) {
    return object instanceof Date ? tuple('date', object.getTime()) : super.persistentId(object)
  }
}

class MyUnpickler extends Unpickler {
  override findClass(module: string, name: string) {
    return name === 'Point' ? Point : super.findClass(module, name)
  }
  override persistentLoad(id: unknown) {
    return id instanceof Tuple ? new Date(Number(id.items[1])) : null
  }
}

const pieces: Uint8Array[] = []
const pickler: Pickler = new MyPickler({ write: (piece) => pieces.push(piece) }, { protocol: 4 })
pickler.fast = true
pickler.dump([new Date(0), Math])
const bytes: Uint8Array = dumps(new Point(1), { protocol: 2, profile: 'cpython-3.8-c' })
const options: UnpicklerOptions = { dictsAsObjects: true }
const loaded: unknown = loads(bytes, options)
if (!(loaded instanceof Reduced)) throw new Error('no call')
const point: unknown = new MyUnpickler(bytes).load()
try {
  loads(Uint8Array.of(0))
} catch (error) {
  if (!(error instanceof PickleError) || error.type !== 'UnpicklingError') throw error
}
if (!disassemble(bytes).text.includes('REDUCE')) throw new Error('no call')
const world = createWorld([3, 14, 0])
if (world.release[1] !== 14 || typeof loadSuite !== 'function') throw new Error('no world')
export const seen: string = [String(loaded.callable), loaded.args, point instanceof Point].join(' ')
`

test('a program with types compiles against the packed declarations, and runs', async () => {
  const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.']
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    ...{ module: 'NodeNext', target: 'ES2023', noImplicitOverride: true, types: [], outDir: 'out' },
  }
  await writeFile(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  await writeFile(join(home, 'consumer.ts'), consumer)

  await run(process.execPath, tsc)
  const script = "import { seen } from './out/consumer.js'; console.log(seen)"
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script])
  expect(stdout).toBe('geometry.Point 1,2 true\n')

  await writeFile(join(home, 'consumer.ts'), consumer.replace('bytes: Uint8Array', 'bytes: string'))
  await expect(run(process.execPath, tsc)).rejects.toMatchObject({ code: 2 })
})

test('the tarball holds the build and what is read at run time, and no tests or sources', () => {
  expect(packed).toContain('dist/cli.js')
  expect(packed).toContain('LICENSE')
  expect(
    packed.filter((path) => /\.test\.|(?<!\.d)\.ts$|tsbuildinfo|^reports\/out/.test(path)),
  ).toEqual([])
})
