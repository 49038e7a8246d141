import { CouldNotRun, type Io, WrongUsage } from '../../reports/command.ts'
import type { Ledger } from '../releases/index.ts'
import { type Choice, choose, FilterError } from '../runner/choose.ts'
import { loadSuite, type Suite, SuiteError } from '../runner/suite.ts'
import { nameOfToday } from './names-of-today.ts'

/**
 * The suite of this package, or below another folder.
 *
 * @throws {CouldNotRun} for the first file that is wrong
 */
export function theSuite(root: string | undefined): Suite {
  try {
    return loadSuite(root)
  } catch (error) {
    if (error instanceof SuiteError) throw new CouldNotRun(error.message, { cause: error })
    throw error
  }
}

/**
 * What filters choose, cases by the names they have today.
 *
 * @throws {WrongUsage} for one that means nothing
 */
export function chosenCases(io: Io, ledger: Ledger, filters: readonly string[]): Choice {
  try {
    return choose(filters.map((filter) => nameOfToday(io, ledger, filter)))
  } catch (error) {
    if (error instanceof FilterError) throw new WrongUsage(error.message)
    throw error
  }
}
