import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, normalize, relative } from 'node:path'
import { packageFile, packageRoot } from '../package-root.ts'
import { findExecutable } from '../runner/executable.ts'
import { defaultLimits, type SubjectCommand, type SubjectLimits } from '../runner/subject.ts'
import { discoverPythons, type PythonSubject } from './python/discover.ts'
import { parseSubjectFileText, type SubjectFile, startCommand } from './subject-file.ts'

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

/** Every adapter's `subject.json`, two folders down: `<language>/<name>/subject.json`. */
function subjectFiles(root: string): string[] {
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

function knownSubject(
  file: SubjectFile,
  folder: string,
  env: Environment,
  python?: PythonSubject,
): KnownSubject {
  const id = python?.id ?? file.id
  const known = { id, title: python === undefined ? file.title : id, folder }
  const install = installOf(file)
  if (python?.status === 'absent') {
    return { ...known, status: 'absent', reason: `${python.reason ?? 'not found'}; ${install}` }
  }
  const command = startCommand(file, {
    node: process.execPath,
    folder,
    built: packageFile('dist', relative(packageRoot, folder)),
    ...(python === undefined ? {} : { python: python.command }),
  })
  const lacks = missing(file, command, env, folder)
  if (lacks !== undefined) return { ...known, status: 'absent', reason: `${lacks}; ${install}` }
  const limits = limitsOf(file, id.startsWith('cpython-') && python !== undefined)
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
  root: string = packageFile('conformance', 'subjects'),
): Promise<readonly KnownSubject[]> {
  const known: KnownSubject[] = []
  for (const path of subjectFiles(root)) {
    const file = parseSubjectFileText(readFileSync(path, 'utf8'))
    const folder = dirname(path)
    if (file.discover === undefined) {
      known.push(knownSubject(file, folder, env))
    } else {
      for (const python of await discoverPythons({ env, timeoutMs: 10_000 })) {
        known.push(knownSubject(file, folder, env, python))
      }
    }
  }
  return known.sort(inOrder)
}

const rank = ({ id }: KnownSubject): number => {
  if (id === 'reference') return 0
  return id.startsWith('cpython-') ? 1 : 2
}

/** The reference, then the CPythons, then the others; releases in their order. */
function inOrder(a: KnownSubject, b: KnownSubject): number {
  return rank(a) - rank(b) || a.id.localeCompare(b.id, 'en', { numeric: true })
}
