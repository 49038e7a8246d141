import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFile } from '../package-root.ts'
import { compareSuiteReleases, type Ledger, parseLedger, ReleaseError } from './ledger.ts'
import { parseRequirements, type Requirements } from './requirements.ts'

export { type Ledger, ReleaseError, renamedTo } from './ledger.ts'
export {
  brokenPromises,
  formatRequirements,
  type Requirements,
  requiredCases,
  requirementsOf,
} from './requirements.ts'

const folder = packageFile('conformance', 'releases')

/** The releases of the suite whose requirements are written down, the oldest first. */
export function releaseNames(root: string = folder): readonly string[] {
  return readdirSync(root)
    .flatMap((name) => /^(\d+\.\d+\.\d+)\.json$/.exec(name)?.[1] ?? [])
    .sort(compareSuiteReleases)
}

/**
 * What a release requires.
 *
 * @throws {ReleaseError} for one that is not written down
 */
export function loadRequirements(release: string, root: string = folder): Requirements {
  const path = join(root, `${release}.json`)
  if (!releaseNames(root).includes(release) || !existsSync(path)) {
    const known = releaseNames(root).join(', ')
    throw new ReleaseError(`found the release ${JSON.stringify(release)}, wanted one of ${known}`)
  }
  return parseRequirements(readFileSync(path, 'utf8'))
}

/** What became of ids that were published. */
export function loadLedger(root: string = folder): Ledger {
  return parseLedger(readFileSync(join(root, 'ledger.json'), 'utf8'))
}
