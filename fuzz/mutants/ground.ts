import { createHash } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { CouldNotRun } from '../../reports/command.ts'
import { instrumented, type Region } from './instrument.ts'
import { type TypeScript, transpiled } from './typescript.ts'

/** Where builds with a mutant in them are made and run. */
export type Ground = {
  /** The build of the sources, with the tests that need nothing but Node. */
  readonly plain: string
  /** The same, marking the regions that are run; undefined until somebody asks for it. */
  readonly marking: string | undefined
  readonly regions: readonly Region[]
  /** Sources of the reference by their paths below the package. */
  readonly sources: ReadonlyMap<string, string>
  /** Another when anything that is built but tests is. */
  readonly key: string
  /** Files of tests with what they are known by. */
  readonly testKeys: ReadonlyMap<string, string>
  /** What builds are made in; it is removed at the end. */
  readonly folder: string
}

/** What is built; the rest of the package has no part in what is asked. */
const parts = ['reference', 'conformance', 'reports', 'fuzz'] as const

/** Of which files the tests are asked: of the others, cases are all there is to ask. */
const isAsked = (path: string): boolean =>
  /^(reference|conformance\/(oracles|scenario|commands)|fuzz\/(corpus|regressions))\/.*\.test\.ts$/.test(
    path,
  ) && !/\.(native|proof|browser)\.test\.ts$/.test(path)

const isTest = (path: string): boolean => path.endsWith('.test.ts')

const isMutated = (path: string): boolean =>
  path.startsWith('reference/') &&
  path.endsWith('.ts') &&
  !isTest(path) &&
  !path.includes('/fixtures/')

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.name === 'node_modules' || path === 'reports/out') return []
      return entry.isDirectory() ? filesBelow(root, path) : [path]
    })
    .sort()
}

/** The sources of the reference, by their paths below the package. */
export function readSources(root: string): Map<string, string> {
  if (!existsSync(join(root, 'reference/index.ts'))) {
    throw new CouldNotRun('found no sources of the reference, wanted a checkout of picklespec')
  }
  const paths = filesBelow(root, 'reference').filter(isMutated)
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

const sha = (parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex').slice(0, 24)
}

/** What is kept from run to run. */
export const cacheOf = (root: string): string =>
  join(root, 'node_modules/.cache/picklespec-mutants')

/** Builds what is asked. */
export function makeGround(ts: TypeScript, root: string, standIn: string): Ground {
  const sources = readSources(root)
  const paths = parts.flatMap((part) => filesBelow(root, part))
  const read = (path: string): Buffer => readFileSync(join(root, path))
  const code = paths.filter((path) => path.endsWith('.ts') && !isTest(path))
  const own = ['instrument.js', 'worker.js', 'stand-in.js'].map((name) =>
    readFileSync(join(dirname(standIn), name)),
  )
  const key = sha([...own, ...code.flatMap((path) => [path, read(path)])])
  const fixtures = sha(paths.filter((path) => path.includes('/fixtures/')).map(read))
  const testKeys = new Map(
    paths
      .filter(isAsked)
      .map((path) => [path.replace(/\.ts$/, '.js'), sha([fixtures, read(path)])] as const),
  )
  mkdirSync(cacheOf(root), { recursive: true })
  const folder = mkdtempSync(join(cacheOf(root), 'builds-'))
  const plain = join(folder, 'plain')
  build(ts, root, paths, plain, standIn)
  finish(root, plain)
  const regions = knownRegions(root, key)
  const ground = { plain, sources, key, testKeys, folder }
  return regions === undefined
    ? { ...ground, ...withMarks(ts, root, ground) }
    : { ...ground, regions, marking: undefined }
}

const regionsFile = (root: string, key: string): string =>
  join(cacheOf(root), `regions-${key}.json`)

function knownRegions(root: string, key: string): readonly Region[] | undefined {
  const file = regionsFile(root, key)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** The build that marks what is run, and its regions. */
export function withMarks(
  ts: TypeScript,
  root: string,
  { folder, key, plain, sources }: Pick<Ground, 'folder' | 'key' | 'plain' | 'sources'>,
): { readonly marking: string; readonly regions: readonly Region[] } {
  const marking = join(folder, 'marking')
  linkTree(plain, marking)
  const regions: Region[] = []
  for (const [path, text] of sources) {
    const target = join(marking, 'dist', path.replace(/\.ts$/, '.js'))
    rmSync(target)
    writeFileSync(target, instrumented(ts, path, text, regions))
  }
  finish(root, marking)
  for (const name of readdirSync(cacheOf(root))) {
    if (name.startsWith('regions-')) rmSync(join(cacheOf(root), name))
  }
  writeFileSync(regionsFile(root, key), JSON.stringify(regions))
  return { marking, regions }
}

function build(
  ts: TypeScript,
  root: string,
  paths: readonly string[],
  target: string,
  standIn: string,
): void {
  for (const path of paths) {
    const from = join(root, path)
    const to = join(target, 'dist', path)
    if (path.endsWith('.ts')) {
      if (isTest(path) && !isAsked(path)) continue
      mkdirSync(dirname(to), { recursive: true })
      const target = to.replace(/\.ts$/, '.js')
      const built = join(root, 'dist', path.replace(/\.ts$/, '.js'))
      if (isFresh(built, from)) linkSync(built, target)
      else {
        const code = transpiled(ts, readFileSync(from, 'utf8'))
        writeFileSync(target, code.replace("from 'vitest'", `from ${JSON.stringify(standIn)}`))
      }
    } else if (!path.startsWith('conformance/cases/') || path.endsWith('.schema.json')) {
      mkdirSync(dirname(to), { recursive: true })
      linkSync(from, to)
    }
  }
}

/** Whether the source was built since it was last changed. */
function isFresh(built: string, source: string): boolean {
  return existsSync(built) && statSync(built).mtimeMs > statSync(source).mtimeMs
}

/** Cases, schemas and packages are those of the package itself. */
function finish(root: string, target: string): void {
  for (const shared of ['package.json', 'node_modules']) {
    symlinkSync(join(root, shared), join(target, shared))
  }
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else if (entry.isFile()) linkSync(source, target)
  }
}

let copies = 0

/** A copy of the build in which one file of the reference is another. */
export function plant(
  { folder, plain }: Ground,
  root: string,
  changed: ReadonlyMap<string, string>,
): string {
  copies += 1
  const copy = join(folder, `copy-${copies}`)
  linkTree(join(plain, 'dist'), join(copy, 'dist'))
  for (const [file, code] of changed) {
    const path = join(copy, 'dist', file.replace(/\.ts$/, '.js'))
    rmSync(path)
    writeFileSync(path, code)
  }
  finish(root, copy)
  return copy
}
