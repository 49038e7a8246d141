import { createHash } from 'node:crypto'
import { cpus } from 'node:os'
import { join, relative } from 'node:path'
import { CouldNotRun, type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import {
  createRecordFile,
  type Footer,
  type RecordFile,
  readBenchBeside,
  readRecordFile,
  recordFile,
  recordVersion,
  renderConsole,
  Tally,
  terminalView,
  writeReports,
} from '../../reports/index.ts'
import {
  type Ledger,
  loadLedger,
  loadRequirements,
  ReleaseError,
  type Requirements,
  requiredCases,
} from '../releases/index.ts'
import type { Choice } from '../runner/choose.ts'
import { run } from '../runner/run.ts'
import type { Suite } from '../runner/suite.ts'
import { machine, outFolder, packageVersion } from '../surroundings.ts'
import { chosenCases, theSuite } from './chosen-cases.ts'
import { chosenSubjects } from './chosen-subjects.ts'
import { ExpectationFiles } from './expectation-files.ts'
import { nameOfToday } from './names-of-today.ts'
import { predict } from './predict.ts'
import { Progress } from './progress.ts'

export type RunOptions = {
  readonly subject: readonly string[]
  readonly filter: readonly string[]
  readonly protocol: readonly number[]
  /** A release whose requirements are judged, and nothing else. */
  readonly suite: string | undefined
  readonly expectedFailures: string | undefined
  readonly updateExpectedFailures: boolean
  readonly out: string | undefined
  readonly shuffle: string | undefined
  readonly json: boolean
}

/** Failing questions of each subject that are asked again: one finding seldom has as many faces. */
const failuresAskedAgain = 8

function loadRelease(release: string, root: string | undefined): Requirements {
  try {
    return loadRequirements(release, root)
  } catch (error) {
    if (error instanceof ReleaseError) throw new WrongUsage(error.message)
    throw error
  }
}

/** The suite as a release requires it: its cases are chosen, at its protocols; others are there as twins. */
function asRequired(
  { cases, hash }: Suite,
  requirements: Requirements,
  ledger: Ledger,
): { readonly suite: Suite; readonly isRequired: Choice } {
  const required = requiredCases(
    requirements,
    ledger,
    cases.map((one) => one.case),
  )
  const byId = new Map(required.map((one) => [one.id, one]))
  return {
    suite: {
      cases: cases.map((one) => ({ ...one, case: byId.get(one.case.id) ?? one.case })),
      hash: createHash('sha256').update(`${hash} ${requirements.release}`).digest('hex'),
    },
    isRequired: ({ id }) => byId.has(id),
  }
}

function exitCodeOf(footer: Footer): ExitCode {
  if (!footer.complete || footer.executed === 0) return 3
  const { failed, crashed, timedOut, outOfMemory, babbled, harnessError } = footer
  const { unexpectedPasses, stale } = footer
  const findings = failed + crashed + timedOut + outOfMemory + babbled + harnessError
  return findings + unexpectedPasses + stale.length > 0 ? 1 : 0
}

/**
 * Asks the chosen subjects the chosen cases, writes the record line by line and the reports at the
 * end, and prints the summary or, as JSON, the record's footer.
 *
 * @throws {WrongUsage} for subjects, filters or combinations that mean nothing
 * @throws {CouldNotRun} without any subject or case, and for files that cannot be read
 */
export async function runTheSuite(
  io: Io,
  options: RunOptions,
  casesRoot?: string,
  releasesRoot?: string,
): Promise<ExitCode> {
  const { updateExpectedFailures: isUpdate } = options
  const isPart =
    options.filter.length > 0 || options.protocol.length > 0 || options.suite !== undefined
  if (isUpdate && isPart) {
    throw new WrongUsage('--update-expected-failures asks the whole suite: leave out the filters')
  }
  const ledger = loadLedger(releasesRoot)
  const isChosen = chosenCases(io, ledger, options.filter)
  const whole = theSuite(casesRoot)
  const { suite, isRequired } =
    options.suite === undefined
      ? { suite: whole, isRequired: () => true }
      : asRequired(whole, loadRelease(options.suite, releasesRoot), ledger)
  const choice: Choice = (one) => isRequired(one) && isChosen(one)
  if (!suite.cases.some((one) => choice(one.case))) {
    const why = options.filter.length === 0 ? 'there are no cases' : 'no case matches the filters'
    throw new CouldNotRun(why)
  }
  const { ready, absent } = await chosenSubjects(io, options.subject)
  if (ready.length === 0) {
    const reasons = absent.map(({ id, reason }) => `\n  ${id}: ${reason}`).join('')
    throw new CouldNotRun(`no subject is here${reasons}`)
  }
  const files = new ExpectationFiles(options.expectedFailures, io.cwd, isUpdate, (pattern) =>
    nameOfToday(io, ledger, pattern),
  )
  const subjects = ready.map((chosen) => ({
    chosen,
    subject: chosen.subject,
    expected: files.of(chosen),
  }))
  const chosenById = new Map(ready.map((chosen) => [chosen.subject.id, chosen]))

  const folder = outFolder(io, options.out)
  const path = join(folder, recordFile)
  const tally = new Tally()
  const progress = new Progress(io, tally)
  const began = performance.now()
  const started = new Date().toISOString()
  const record: { file?: RecordFile } = {}
  try {
    const end = await run({
      suite,
      choice,
      protocols: options.protocol,
      subjects,
      judges: { predict },
      shuffle: options.shuffle,
      askedAgain: isUpdate ? 0 : failuresAskedAgain,
      atOnce: cpus().length,
      signal: io.signal,
      onStart: (start) => {
        const { clauses, subjects: heard } = start
        record.file = createRecordFile(path)
        record.file.append({
          record: recordVersion,
          picklespec: packageVersion(),
          started,
          machine: machine(),
          suite: start.suite,
          ...(options.suite === undefined ? {} : { requirements: options.suite }),
          clauses,
          subjects: heard,
          absent,
          ...(options.shuffle !== undefined && { shuffle: options.shuffle }),
        })
      },
      onLine: (line, more) => {
        record.file?.append(line)
        tally.add(line)
        progress.step(line.subject)
        const chosen = chosenById.get(line.subject)
        if (chosen !== undefined) files.add(chosen, { line, ...more })
      },
    })
    const ms = Math.round(performance.now() - began)
    const footer = tally.footer({ stale: end.stale, complete: end.isComplete, ms })
    record.file?.append(footer)
    progress.clear()
    if (isUpdate && end.isComplete) {
      for (const said of files.update()) io.stderr.write(`${said}\n`)
    }
    const written = readRecordFile(path)
    const bench = readBenchBeside(folder)
    const reports = writeReports(folder, written, bench === undefined ? {} : { bench })
    if (options.json) {
      io.stdout.write(`${JSON.stringify(footer, null, 2)}\n`)
    } else {
      const [page = path] = reports
      const rest = relative(io.cwd, page)
      io.stdout.write(renderConsole(written, terminalView(io), { rest }))
      if (options.suite !== undefined) {
        io.stdout.write(`Judged: what release ${options.suite} of the suite requires.\n`)
      }
      io.stdout.write(`All answers: ${rest}\n`)
    }
    return exitCodeOf(footer)
  } finally {
    record.file?.close()
  }
}
