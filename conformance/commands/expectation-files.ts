import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CouldNotRun, WrongUsage } from '../../reports/command.ts'
import { writeAtomically } from '../../reports/index.ts'
import {
  type ExpectedFailureEntry,
  ExpectedFailuresError,
  formatExpectedFailures,
  parseExpectedFailures,
  unexplained,
} from '../runner/expected-failures.ts'
import { type RunLine, updatedEntries } from '../runner/update-expected-failures.ts'
import type { ChosenSubject } from '../subjects/choose-subjects.ts'

/** The name of the file beside an adapter. */
const fileName = 'expected-failures.json'

/** The expected failures of the subjects of a run, file by file. */
export class ExpectationFiles {
  readonly #isUpdate: boolean
  readonly #given: string | undefined
  readonly #entries = new Map<string, readonly ExpectedFailureEntry[]>()
  readonly #lines = new Map<string, RunLine[]>()
  readonly #today: (pattern: string) => string

  /**
   * `given` is the one file for all subjects, from `cwd`; without it each adapter has its own. `today`
   * gives the name that an old one is called by.
   */
  constructor(
    given: string | undefined,
    cwd: string,
    isUpdate: boolean,
    today: (pattern: string) => string = (pattern) => pattern,
  ) {
    this.#today = today
    this.#given = given === undefined ? undefined : resolve(cwd, given)
    this.#isUpdate = isUpdate
  }

  /**
   * What is known to fail on a subject.
   *
   * @throws {CouldNotRun} when its file cannot be read
   * @throws {WrongUsage} when an update has no file to go to
   */
  of(chosen: ChosenSubject): readonly ExpectedFailureEntry[] {
    const path = this.#pathOf(chosen)
    if (path === undefined) return []
    let entries = this.#entries.get(path)
    if (entries === undefined) {
      entries = this.#read(path)
      this.#entries.set(path, entries)
    }
    return entries
  }

  /** Keeps what an update needs of a line. */
  add(chosen: ChosenSubject, line: RunLine): void {
    const path = this.#isUpdate ? this.#pathOf(chosen) : undefined
    if (path === undefined) return
    const lines = this.#lines.get(path)
    const { details: _, ...kept } = line.line
    const one = { ...line, line: kept }
    if (lines === undefined) this.#lines.set(path, [one])
    else lines.push(one)
  }

  /** Writes every file anew; gives back what to say of each. */
  update(): string[] {
    return [...this.#lines].map(([path, lines]) => {
      const entries = updatedEntries(lines, this.#entries.get(path) ?? [])
      writeAtomically(path, formatExpectedFailures(entries))
      const open = entries.filter(({ reason }) => reason === unexplained).length
      const rest = open === 0 ? '' : `, ${open} of them without a reason yet`
      return `${path}: ${entries.length} expected failures${rest}`
    })
  }

  #pathOf({ folder, subject }: ChosenSubject): string | undefined {
    if (this.#given !== undefined) return this.#given
    if (folder !== undefined) return join(folder, fileName)
    if (!this.#isUpdate) return undefined
    throw new WrongUsage(
      `${JSON.stringify(subject.id)} has no folder of its own: give --expected-failures FILE`,
    )
  }

  #read(path: string): readonly ExpectedFailureEntry[] {
    const isMade = this.#given !== undefined && !this.#isUpdate
    if (!existsSync(path) && !isMade) return []
    try {
      const source = readFileSync(path, 'utf8')
      const entries = parseExpectedFailures(source, this.#isUpdate ? 'draft' : 'explained')
      return entries.map((entry) => ({ ...entry, case: this.#today(entry.case) }))
    } catch (cause) {
      const isOurs = cause instanceof ExpectedFailuresError
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new CouldNotRun(`${path}: ${isOurs ? why : `it cannot be read: ${why}`}`, { cause })
    }
  }
}
