import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { CouldNotRun, type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import { list, ShapeError, text } from '../../reports/index.ts'
import { packageFile } from '../package-root.ts'
import type { Suite } from '../runner/suite.ts'
import { packageVersion } from '../surroundings.ts'
import { type VectorFile, vectorFiles } from '../vectors/vector-files.ts'
import { readSuite } from './explain-the-suite.ts'

/** What lies beside the vectors as it is. */
const beside = ['README.md', 'manifest.schema.json', 'vectors.schema.json']

const files = list((value, place) => {
  if (typeof value !== 'object' || value === null || !('path' in value)) return ''
  return text(value.path, `${place}.path`)
})

/** The files of vectors that were exported into a folder before; undefined where something else is there. */
function exportedBefore(folder: string): readonly string[] | undefined {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return []
  const manifest = join(folder, 'manifest.json')
  if (!existsSync(manifest)) return undefined
  try {
    const json: unknown = JSON.parse(readFileSync(manifest, 'utf8'))
    if (typeof json !== 'object' || json === null || !('vectors' in json)) return undefined
    return 'files' in json ? files(json.files, '$.files') : undefined
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ShapeError) return undefined
    throw error
  }
}

function write(folder: string, { path, text: content }: VectorFile): void {
  const file = join(folder, path)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  } catch (cause) {
    throw new CouldNotRun(`${file} cannot be written: ${String(cause)}`, { cause })
  }
}

/**
 * Writes every case at every protocol as static JSON, with schemas, a manifest and a README. Vectors that
 * were exported there before are replaced.
 *
 * @throws {WrongUsage} for a folder in which something else is
 * @throws {CouldNotRun} where nothing can be written
 */
export function exportVectors(io: Io, name: string, suite: Suite = readSuite()): ExitCode {
  const folder = resolve(io.cwd, name)
  const before = exportedBefore(folder)
  if (before === undefined) {
    throw new WrongUsage(
      `${name} holds something else than vectors, wanted an empty folder or none`,
    )
  }
  for (const path of before) {
    const file = resolve(folder, path)
    if (file.startsWith(folder + sep)) rmSync(file, { force: true })
  }
  let count = 0
  for (const file of vectorFiles(suite, packageVersion())) {
    write(folder, file)
    count += 1
  }
  for (const path of beside) {
    const content = readFileSync(packageFile('conformance', 'vectors', path), 'utf8')
    write(folder, { path, text: content })
  }
  io.stdout.write(
    `${name}: ${suite.cases.length} cases in ${count - 1} files; see ${name}/README.md\n`,
  )
  return 0
}
