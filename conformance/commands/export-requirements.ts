import { type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import { clauses } from '../clauses/index.ts'
import { formatRequirements, requirementsOf } from '../releases/index.ts'
import { readSuite } from './explain-the-suite.ts'

/**
 * Prints what the suite at hand requires, under the name of a release.
 *
 * @throws {WrongUsage} for a name that is none
 */
export function exportRequirements(io: Io, release: string): ExitCode {
  if (!/^\d+\.\d+\.\d+$/.test(release)) {
    throw new WrongUsage(`found ${JSON.stringify(release)}, wanted a release such as 0.2.0`)
  }
  const cases = readSuite().cases.map((one) => one.case)
  const ids = clauses.map(({ id }) => id)
  io.stdout.write(formatRequirements(requirementsOf(release, ids, cases)))
  return 0
}
