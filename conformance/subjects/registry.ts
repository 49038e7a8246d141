import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, normalize, relative } from 'node:path'
import { packageFile, packageRoot } from '../package-root.ts'
import { findExecutable } from '../runner/executable.ts'
import { defaultLimits, type SubjectCommand, type SubjectLimits } from '../runner/subject.ts'
import { discoverPythons, type PythonSubject } from './python/discover.ts'
import {
  parseSubjectFileText,
  type Replacements,
  type SubjectFile,
  startCommand,
} from './subject-file.ts'

/** A subject that ships with an adapter, here or not. */
export type KnownSubject = {
  readonly id: string
  readonly title: string
  /** The folder of its adapter, where its expected failures are written down. */
  readonly folder: string
} & (
  | { readonly status: 'ready'; readonly subject: SubjectCommand }
  | { readonly status: 'absent'; readonly reason: string }
)

type Environment = Readonly<Record<string, string | undefined>>

const subjectsRoot = packageFile('conformance', 'subjects')

/** Every adapter's `subject.json`, two folders down: `<language>/<name>/subject.json`. */
export function subjectFiles(root: string = subjectsRoot): string[] {
  const foldersIn = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name))
      .sort()
  return foldersIn(root)
    .flatMap(foldersIn)
    .map((folder) => join(folder, 'subject.json'))
    .filter((path) => existsSync(path))
}

function limitsOf({ limits }: SubjectFile, isCpython: boolean): SubjectLimits {
  return {
    ...defaultLimits,
    startMs: limits.startSeconds * 1000,
    scenarioMs: limits.secondsPerScenario * 1000,
    memoryMiB: limits.memoryMiB,
    lineBytes: limits.lineMiB * 1024 * 1024,
    dataMiB: Math.round(limits.memoryMiB * 1.5),
    // An interpreter that meets this one raises MemoryError, which is an answer.
    addressMiB: isCpython ? limits.memoryMiB * 2 : null,
  }
}

const installOf = ({ install }: SubjectFile): string =>
  typeof install === 'string' ? install : `run: ${install.join(' ')}`

const require = createRequire(import.meta.url)

function isInstalled(name: string): boolean {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}

/** What the subject needs and is not there; undefined when nothing is missing. */
function missing(
  { needs = [] }: SubjectFile,
  command: readonly string[],
  env: Environment,
  folder: string,
): string | undefined {
  const lacking = needs.find((name) => !isInstalled(name))
  if (lacking !== undefined) return `there is no package ${lacking}`
  const [program = '', ...rest] = command
  const isOwn = (part: string): boolean => part.startsWith(packageRoot) || part.startsWith(folder)
  const named = (path: string): string =>
    relative(path.startsWith(packageRoot) ? packageRoot : folder, path)
  if (findExecutable(program, packageRoot, env['PATH'] ?? '') === undefined) {
    return isOwn(program) ? `there is no ${named(program)} yet` : `there is no ${program}`
  }
  // A part that leads through a folder that the build has not got is taken for where it leads to.
  const file = rest.find((part) => isOwn(part) && !existsSync(normalize(part)))
  return file === undefined ? undefined : `there is no ${named(file)} yet`
}

/** What stands for the placeholders of a file, but for the interpreter. */
export function replacementsOf(file: SubjectFile, folder: string): Replacements {
  return {
    node: process.execPath,
    folder,
    built: packageFile('dist', relative(packageRoot, folder)),
    installed: packageFile('.subjects', file.id),
  }
}

function knownSubject(
  file: SubjectFile,
  folder: string,
  env: Environment,
  python?: PythonSubject,
): KnownSubject {
  const isLibrary = file.discover === 'python-library'
  const id = python === undefined ? file.id : isLibrary ? `${file.id}-${python.id}` : python.id
  const title = python === undefined || isLibrary ? file.title : id
  const known = { id, title, folder }
  const install = installOf(file)
  if (python?.status === 'absent') {
    return { ...known, status: 'absent', reason: `${python.reason ?? 'not found'}; ${install}` }
  }
  const command = startCommand(file, {
    ...replacementsOf(file, folder),
    ...(python === undefined ? {} : { python: python.command }),
  })
  const lacks = missing(file, command, env, folder)
  if (lacks !== undefined) return { ...known, status: 'absent', reason: `${lacks}; ${install}` }
  const limits = limitsOf(file, python?.id.startsWith('cpython-') === true)
  const subject = { id, command, env: { ...file.env, ...python?.env }, cwd: folder, limits }
  return { ...known, status: 'ready', subject }
}

/**
 * The subject of a folder that somebody keeps elsewhere; undefined where there is no `subject.json`.
 *
 * @throws {SubjectFileError} for a `subject.json` that is not one
 */
export function subjectInFolder(folder: string, env: Environment): KnownSubject | undefined {
  const path = join(folder, 'subject.json')
  if (!existsSync(path)) return undefined
  return knownSubject(parseSubjectFileText(readFileSync(path, 'utf8')), folder, env)
}

/**
 * Every subject that has an adapter, ready or with why it is not: one for each `subject.json`, and
 * where that is for all Pythons, one for each interpreter found.
 *
 * @throws {SubjectFileError} for a `subject.json` that is not one
 */
export async function knownSubjects(
  env: Environment,
  root: string = subjectsRoot,
): Promise<readonly KnownSubject[]> {
  const known: KnownSubject[] = []
  let pythons: readonly PythonSubject[] | undefined
  for (const path of subjectFiles(root)) {
    const file = parseSubjectFileText(readFileSync(path, 'utf8'))
    const folder = dirname(path)
    if (file.discover === undefined) {
      known.push(knownSubject(file, folder, env))
      continue
    }
    pythons ??= await discoverPythons({ env, timeoutMs: 10_000 })
    const isLibrary = file.discover === 'python-library'
    const found = pythons
      .filter((python) => isFor(file, python))
      .map((python) => knownSubject(file, folder, env, python))
    known.push(...(isLibrary ? ofLibrary(file, folder, env, found) : found))
  }
  return known.sort(inOrder)
}

/** Whether the file stands for this interpreter. Who did not say what it is, is told by its name. */
function isFor({ discover }: SubjectFile, { id }: PythonSubject): boolean {
  if (discover === 'python-library') return id.startsWith('cpython-')
  return id.startsWith('pypy') === (discover === 'pypy')
}

/** A library in the interpreters that are here; one absent subject where it is in none. */
function ofLibrary(
  file: SubjectFile,
  folder: string,
  env: Environment,
  found: readonly KnownSubject[],
): readonly KnownSubject[] {
  const ready = found.filter(({ status }) => status === 'ready')
  if (ready.length > 0) return ready
  const reason = missing(
    file,
    startCommand(file, { ...replacementsOf(file, folder), python: [process.execPath] }),
    env,
    folder,
  )
  const { id, title } = file
  const because = reason ?? 'there is no Python'
  return [{ id, title, folder, status: 'absent', reason: `${because}; ${installOf(file)}` }]
}

const rank = ({ id }: KnownSubject): number => {
  if (id === 'reference') return 0
  return id.startsWith('cpython-') ? 1 : 2
}

/** The reference, then the CPythons, then the others; releases in their order. */
function inOrder(a: KnownSubject, b: KnownSubject): number {
  return rank(a) - rank(b) || a.id.localeCompare(b.id, 'en', { numeric: true })
}
