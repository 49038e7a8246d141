import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageRoot } from '../package-root.ts'
import { findExecutable } from '../runner/executable.ts'
import { replacementsOf, subjectFiles } from './registry.ts'
import { parseSubjectFileText, replaced, type SubjectFile } from './subject-file.ts'

/** What became of a subject that can be installed. */
export type Installed = {
  readonly id: string
  readonly outcome: 'installed' | 'was there' | 'left out' | 'failed'
  /** What is missing, or the end of what the command said. */
  readonly because?: string
}

const stampFile = '.stamp'
const said = 2000

/** What an installation is made from: the commands, and the sources beside them. */
function stampOf(file: SubjectFile, folder: string): string {
  const hash = createHash('sha256').update(JSON.stringify(file.setup))
  for (const name of readdirSync(folder).sort()) {
    if (/\.(go|mod|sum)$/.test(name)) hash.update(readFileSync(join(folder, name)))
  }
  return hash.digest('hex')
}

function run(
  command: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const [program = '', ...rest] = command
  return new Promise((resolve) => {
    const child = spawn(program, rest, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let heard = ''
    const hear = (chunk: Buffer): void => {
      heard = `${heard}${chunk.toString()}`.slice(-said)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) =>
      resolve(code === 0 ? undefined : heard.trim() || `it ended with ${code}`),
    )
  })
}

async function install(
  file: SubjectFile,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Installed> {
  const { id, setup = [] } = file
  const tool = setup
    .map(([program = '']) => program)
    .map((program) => (program === '{node}' ? process.execPath : program))
    .find((program) => findExecutable(program, packageRoot, env['PATH'] ?? '') === undefined)
  if (tool !== undefined) return { id, outcome: 'left out', because: `there is no ${tool}` }
  const replacements = replacementsOf(file, folder)
  const stamp = join(replacements.installed, stampFile)
  const wanted = stampOf(file, folder)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return { id, outcome: 'was there' }
  rmSync(replacements.installed, { recursive: true, force: true })
  mkdirSync(replacements.installed, { recursive: true })
  for (const command of setup) {
    const because = await run(replaced(command, replacements), folder, env)
    if (because !== undefined) return { id, outcome: 'failed', because }
  }
  writeFileSync(stamp, wanted)
  return { id, outcome: 'installed' }
}

/**
 * Installs every subject that says how, one after the other, where its tools are. What is there
 * already, made from the same commands and sources, stays.
 *
 * @throws {SubjectFileError} for a `subject.json` that is not one
 */
export async function* installSubjects(
  env: NodeJS.ProcessEnv,
  root?: string,
): AsyncGenerator<Installed> {
  for (const path of subjectFiles(root)) {
    const file = parseSubjectFileText(readFileSync(path, 'utf8'))
    if (file.setup !== undefined) yield await install(file, dirname(path), env)
  }
}
