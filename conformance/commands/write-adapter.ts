import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { CouldNotRun, type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import { packageFile } from '../package-root.ts'
import { parseSubjectFileText } from '../subjects/subject-file.ts'

/** What stands for the name of the adapter in the templates. */
const nameInTemplates = 'my-adapter'

/** What a build may have left behind in a template. */
const built: ReadonlySet<string> = new Set(['build', 'target', '__pycache__', 'Cargo.lock'])

/** The files of a template, by their paths in it, in order. */
function templateFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !built.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? templateFiles(root, path) : [path]
    })
    .sort()
}

/** The name of a folder as an id: lower-case letters, digits, `.`, `_` and `-`. */
function idOf(folder: string): string {
  const id = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
  return id === '' ? nameInTemplates : id
}

const quoted = (name: string): string =>
  /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`

const writing = (path: string, write: () => void): void => {
  try {
    write()
  } catch (cause) {
    throw new CouldNotRun(`${path} cannot be written: ${String(cause)}`, { cause })
  }
}

/**
 * Writes the template of a language into a folder, under the name of the folder, and prints what to do
 * next.
 *
 * @throws {WrongUsage} for a folder that has something in it
 * @throws {CouldNotRun} where nothing can be written
 */
export function writeAdapter(io: Io, language: string, name: string): ExitCode {
  const folder = resolve(io.cwd, name)
  if (existsSync(folder)) {
    let found: string[] = []
    writing(folder, () => {
      found = readdirSync(folder)
    })
    if (found.length > 0) {
      throw new WrongUsage(`found ${found[0]} in ${name}, wanted an empty folder or none`)
    }
  }
  const template = packageFile('conformance', 'templates', language)
  const files = templateFiles(template)
  for (const file of files) {
    const path = join(folder, file)
    const text = readFileSync(join(template, file), 'utf8')
    writing(path, () => {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text.replaceAll(nameInTemplates, idOf(folder)))
    })
  }
  const { install } = parseSubjectFileText(readFileSync(join(folder, 'subject.json'), 'utf8'))
  const steps = [
    ...(typeof install === 'string' ? [] : [`cd ${quoted(name)} && ${install.join(' ')}`]),
    `picklespec doctor ${quoted(name)}`,
    `picklespec run --subject ${quoted(name)}`,
  ]
  io.stdout.write(`${name}: ${files.join(', ')}\n`)
  io.stdout.write(`Put your implementation in the place of the codec. Next:\n`)
  for (const step of steps) io.stdout.write(`  ${step}\n`)
  return 0
}
