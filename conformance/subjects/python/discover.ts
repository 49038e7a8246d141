import { execFile } from 'node:child_process'
import { readdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, delimiter, join } from 'node:path'

/** An interpreter that was looked for. */
export type PythonSubject = {
  /** `cpython-3.13.0`, `pypy-3.9.16`; for what could not be asked, the name it was found under. */
  readonly id: string
  readonly status: 'ready' | 'absent'
  /** Why it is absent. */
  readonly reason?: string
  /** The interpreter and what it needs before any other argument; empty when absent. */
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The environment that is searched. */
export type Search = {
  readonly env: Readonly<Record<string, string | undefined>>
  /** How long an interpreter may take to say what it is, in milliseconds. */
  readonly timeoutMs: number
}

const interpreterName = /^(?:python3(?:\.\d+)?|pypy3(?:\.\d+)?)$/

const question =
  // Not where a link leads to: a virtual environment is known by the name it is started under.
  'import json,platform,sys;print(json.dumps([sys.executable,' +
  'platform.python_version(),sys.implementation.name,list(sys.version_info[:2])]))'

const env = { PYTHONHASHSEED: '0' } as const

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

function executablesIn(folder: string): readonly string[] {
  return namesIn(folder)
    .filter((name) => interpreterName.test(name))
    .map((name) => join(folder, name))
}

function pyenvRoot(search: Search): string {
  const { PYENV_ROOT, HOME } = search.env
  return PYENV_ROOT ?? join(HOME ?? homedir(), '.pyenv')
}

/** Where an interpreter may be, those of the PATH first, each file once. */
function candidates(search: Search): readonly string[] {
  const folders = (search.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const versions = join(pyenvRoot(search), 'versions')
  const installed = namesIn(versions).flatMap((version) =>
    executablesIn(join(versions, version, 'bin')),
  )
  const files = new Map<string, string>()
  for (const path of [...folders.flatMap(executablesIn), ...installed]) {
    const file = realPathOf(path)
    if (!files.has(file)) files.set(file, path)
  }
  return [...files.values()]
}

type Said = {
  readonly executable: string
  readonly version: string
  readonly implementation: string
  readonly release: readonly [number, number]
}

function parseSaid(text: string): Said | undefined {
  try {
    const said: unknown = JSON.parse(text)
    if (!Array.isArray(said)) return undefined
    const [executable, version, implementation, release]: readonly unknown[] = said
    if (typeof executable !== 'string' || typeof version !== 'string') return undefined
    if (typeof implementation !== 'string' || !Array.isArray(release)) return undefined
    const [major, minor]: readonly unknown[] = release
    if (typeof major !== 'number' || typeof minor !== 'number') return undefined
    return { executable, version, implementation, release: [major, minor] }
  } catch {
    return undefined
  }
}

/** Asks an interpreter what it is; a text is the reason why it did not say. */
function ask(path: string, search: Search): Promise<Said | string> {
  const options = {
    env: { ...search.env, PYTHONPATH: '', PYTHONSTARTUP: '' },
    timeout: search.timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024,
  } as const
  return new Promise((resolve) => {
    const child = execFile(path, ['-c', question], options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(parseSaid(stdout) ?? `${path} says what no interpreter says`)
      } else if (error.killed === true) {
        resolve(`${path} did not answer within ${search.timeoutMs} ms`)
      } else {
        const [line = ''] = stderr.trim().split('\n').slice(-1)
        resolve(`${path} does not run: ${line.slice(0, 200) || error.message}`)
      }
    })
    child.stdin?.end()
  })
}

/** A folder of pyenv's stand-ins, each of which may stand for no version at all. */
function isShim(path: string, search: Search): boolean {
  return path.startsWith(join(pyenvRoot(search), '/')) && /\/shims\/[^/]+$/.test(path)
}

function absent(id: string, reason: string): PythonSubject {
  return { id, status: 'absent', reason, command: [], env }
}

function subjectOf(path: string, said: Said): PythonSubject {
  const [major, minor] = said.release
  const name = said.implementation
  const id = `${name}-${said.version}`
  if (name !== 'cpython' && name !== 'pypy') {
    return absent(id, `${path} is ${name}, for which there is no adapter`)
  }
  if (major < 3 || (major === 3 && minor < 8)) {
    return absent(id, `${path} is older than 3.8`)
  }
  // The JIT of 7.3.11 ends the process at random, and does not pay for so short a life.
  const own = name === 'pypy' ? ['--jit', 'off'] : []
  return { id, status: 'ready', command: [said.executable, ...own], env }
}

function byRelease(a: PythonSubject, b: PythonSubject): number {
  return a.id.localeCompare(b.id, 'en', { numeric: true })
}

const askedAtOnce = 4

async function askAll(paths: readonly string[], search: Search) {
  const said: [string, Said | string][] = []
  for (let at = 0; at < paths.length; at += askedAtOnce) {
    const some = paths.slice(at, at + askedAtOnce)
    const answers = await Promise.all(some.map((path) => ask(path, search)))
    some.forEach((path, index) => {
      said.push([path, answers[index] ?? ''])
    })
  }
  return said
}

/**
 * Finds every Python interpreter on the PATH and under pyenv's versions folder, one for each
 * release: the first found, those of the PATH first. What is too old or does not run is absent,
 * with its reason; so is an interpreter of a kind of which there is none.
 */
export async function discoverPythons(
  search: Search = { env: process.env, timeoutMs: 10_000 },
): Promise<readonly PythonSubject[]> {
  const found = new Map<string, PythonSubject>()
  for (const [path, said] of await askAll(candidates(search), search)) {
    if (typeof said === 'string') {
      if (!isShim(path, search)) found.set(path, absent(basename(path), said))
      continue
    }
    const subject = subjectOf(path, said)
    if (!found.has(subject.id)) found.set(subject.id, subject)
  }
  const subjects = [...found.values()]
  for (const [kind, program] of [
    ['cpython', 'python3'],
    ['pypy', 'pypy3'],
  ] as const) {
    if (!subjects.some(({ id }) => id.startsWith(`${kind}-`) || id.startsWith(program))) {
      subjects.push(absent(kind, `there is no ${program} on the PATH`))
    }
  }
  return subjects.sort(byRelease)
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
