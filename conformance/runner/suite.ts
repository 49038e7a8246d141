import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Case, checkSuite, parseCaseFileText } from '../cases/index.ts'
import { clauses } from '../clauses/index.ts'
import { packageFile } from '../package-root.ts'
import { ScenarioError } from '../scenario/index.ts'

/** A case with the title of the file it stands in. */
export type TitledCase = { readonly title: string; readonly case: Case }

export type Suite = {
  readonly cases: readonly TitledCase[]
  /** SHA-256 over names and contents of the case files, hex. */
  readonly hash: string
}

/** A case file is wrong; the message has its path below the folder of the cases, and the place. */
export class SuiteError extends Error {
  override readonly name = 'SuiteError'
}

/** Names of the case files, `<chapter>/<file>`, in order. */
function fileNames(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((chapter) =>
      readdirSync(join(root, chapter.name))
        .filter((name) => name.endsWith('.json'))
        .map((name) => `${chapter.name}/${name.slice(0, -'.json'.length)}`),
    )
    .sort()
}

function refusing<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof ScenarioError)) throw cause
    throw new SuiteError(`${name}: ${cause.message}`, { cause })
  }
}

/**
 * Reads every case file below the folder, and makes sure that they go together.
 *
 * @throws {SuiteError} for the first file that is wrong
 */
export function loadSuite(root: string = packageFile('conformance', 'cases')): Suite {
  const hash = createHash('sha256')
  const cases: TitledCase[] = []
  for (const name of fileNames(root)) {
    const text = readFileSync(join(root, `${name}.json`), 'utf8')
    hash.update(JSON.stringify([name, text]))
    const file = refusing(`${name}.json`, () => parseCaseFileText(text, name))
    cases.push(...file.cases.map((one) => ({ title: file.title, case: one })))
  }
  const known = {
    clauses: new Set(clauses.map(({ id }) => id)),
    boundaries: new Set(clauses.flatMap(({ boundaries = [] }) => boundaries.map(({ id }) => id))),
  }
  refusing('the suite', () =>
    checkSuite(
      cases.map((one) => one.case),
      known,
    ),
  )
  return { cases, hash: hash.digest('hex') }
}
