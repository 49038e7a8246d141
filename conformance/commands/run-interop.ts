import { CouldNotRun, type ExitCode, type Io } from '../../reports/command.ts'
import { loadLedger } from '../releases/index.ts'
import { interop, interopTable } from '../runner/interop.ts'
import { chosenCases, theSuite } from './chosen-cases.ts'
import { chosenSubjects } from './chosen-subjects.ts'

export type InteropOptions = {
  readonly subject: readonly string[]
  readonly filter: readonly string[]
  readonly json: boolean
}

/**
 * Prints how each implementation reads what each of them wrote; 1 when any two disagree.
 *
 * @throws {WrongUsage} for subjects and filters that mean nothing
 * @throws {CouldNotRun} when there is nobody to ask, or nothing to ask them
 */
export async function runInterop(io: Io, options: InteropOptions): Promise<ExitCode> {
  const choice = chosenCases(io, loadLedger(), options.filter)
  const cases = theSuite(undefined)
    .cases.map((one) => one.case)
    .filter(choice)
  const { ready } = await chosenSubjects(io, options.subject)
  const subjects = ready.map(({ subject }) => subject)
  const found = await interop(subjects, cases, io.signal, (done) => {
    if (io.stderr.isTTY) io.stderr.write(`${done}\n`)
  })
  if (found.values === 0) throw new CouldNotRun('no case that is chosen dumps a plain value')
  if (found.cells.every(({ asked }) => asked === 0)) {
    throw new CouldNotRun(
      `nobody reads what another wrote${found.silent.map((one) => `\n  ${one}`).join('')}`,
    )
  }
  io.stdout.write(options.json ? `${JSON.stringify(found, null, 2)}\n` : interopTable(found))
  return found.silent.length === 0 && found.cells.every(({ first }) => first === undefined) ? 0 : 1
}
