import { CouldNotRun, WrongUsage } from '../../reports/command.ts'
import { choose, FilterError } from '../runner/choose.ts'
import { loadSuite, type Suite, SuiteError } from '../runner/suite.ts'

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
 * What filters choose.
 *
 * @throws {WrongUsage} for one that means nothing
 */
export function chosenCases(filters: readonly string[]): ReturnType<typeof choose> {
  try {
    return choose(filters)
  } catch (error) {
    if (error instanceof FilterError) throw new WrongUsage(error.message)
    throw error
  }
}
