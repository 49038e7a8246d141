import {
  list,
  nullable,
  object,
  oneOf,
  type Reader,
  ShapeError,
  type StaleEntry,
  text,
  type VerdictLine,
  verdictOf,
} from '../../reports/index.ts'
import {
  matchesProtocol,
  matchesVersion,
  parseProtocolRange,
  parseVersionRange,
} from '../scenario/index.ts'
import { caseMatcher } from './choose.ts'
import { signatureOf } from './signature.ts'

/** A failure that is known, with its reason: red, and no news. */
export type ExpectedFailureEntry = {
  /** A pattern of case ids: `fast/cycles/*`. */
  readonly case: string
  /** One engine of the subject; absent: all. */
  readonly engine?: string
  /** Releases of the subject, `<3.13.1`; absent: all. */
  readonly versions?: string
  /** `0-1`; absent: all. */
  readonly protocols?: string
  readonly reason: string
  readonly link: string | null
  /** How it fails, see `signature.ts`. */
  readonly signature: string
}

/** The version of the format, the value of the field `expectedFailures`. */
export const expectedFailuresVersion = 1 as const

/** The file is not one of expected failures. */
export class ExpectedFailuresError extends Error {
  override readonly name = 'ExpectedFailuresError'
}

function range(parse: (text: string) => unknown): Reader<string> {
  return (value, place) => {
    const found = text(value, place)
    try {
      parse(found)
    } catch (error) {
      if (error instanceof RangeError) throw new ShapeError(place, error.message)
      throw error
    }
    return found
  }
}

const reason: Reader<string> = (value, place) => {
  const found = text(value, place)
  if (found === '' || found === unexplained) {
    throw new ShapeError(place, `found ${JSON.stringify(found)}, wanted a reason`)
  }
  return found
}

/** What stands in a written file for a reason that nobody has given yet. */
export const unexplained = '?'

const fileWith = (reasonOf: Reader<string>) =>
  object(
    {
      expectedFailures: oneOf([expectedFailuresVersion]),
      entries: list<ExpectedFailureEntry>(
        object(
          { case: text, reason: reasonOf, link: nullable(text), signature: text },
          {
            engine: text,
            versions: range(parseVersionRange),
            protocols: range(parseProtocolRange),
          },
        ),
      ),
    },
    { $schema: text },
  )

const files = { explained: fileWith(reason), draft: fileWith(text) }

/**
 * Reads a file of expected failures from its text. A draft may have `?` for reasons, as an update
 * writes them; only another update takes that.
 *
 * @throws {ExpectedFailuresError} with the place of what is wrong
 */
export function parseExpectedFailures(
  source: string,
  as: 'explained' | 'draft' = 'explained',
): readonly ExpectedFailureEntry[] {
  let json: unknown
  try {
    json = JSON.parse(source)
  } catch (cause) {
    throw new ExpectedFailuresError('this is not JSON', { cause })
  }
  try {
    return files[as](json, '$').entries
  } catch (error) {
    if (error instanceof ShapeError)
      throw new ExpectedFailuresError(error.message, { cause: error })
    throw error
  }
}

/** The text of a file of expected failures. */
export function formatExpectedFailures(entries: readonly ExpectedFailureEntry[]): string {
  const whole = { expectedFailures: expectedFailuresVersion, entries }
  return `${JSON.stringify(whole, null, 2)}\n`
}

type Watched = {
  readonly entry: ExpectedFailureEntry
  readonly isCase: (id: string) => boolean
  matches: number
  passes: number
  fails: number
}

/** Whether an entry says anything of this version of a subject. */
export function isForRelease({ versions }: ExpectedFailureEntry, version: string): boolean {
  if (versions === undefined) return true
  try {
    return matchesVersion(versions, version)
  } catch {
    // The subject's version is no release of Python: a range of releases says nothing of it.
    return false
  }
}

function covers({ entry, isCase }: Watched, line: VerdictLine): boolean {
  return (
    isCase(line.case) &&
    (entry.engine === undefined || entry.engine === line.engine) &&
    (entry.protocols === undefined ||
      (line.protocol !== null && matchesProtocol(entry.protocols, line.protocol)))
  )
}

/** Holds the lines of one subject, as they come, against what is known to fail. */
export class Expectations {
  readonly #watched: readonly Watched[]

  /** `version` is the subject's; entries for other releases are left out. */
  constructor(entries: readonly ExpectedFailureEntry[], version: string) {
    this.#watched = entries
      .filter((one) => isForRelease(one, version))
      .map((one) => ({
        entry: one,
        isCase: caseMatcher(one.case),
        matches: 0,
        passes: 0,
        fails: 0,
      }))
  }

  /** The line, with the entry that it meets; a line that fails otherwise meets none. */
  apply(line: VerdictLine): VerdictLine {
    const { kind } = verdictOf(line)
    if (kind === 'unsupported' || kind === 'lossy') return line
    const signature = signatureOf(line)
    let met: ExpectedFailureEntry | undefined
    for (const watched of this.#watched) {
      if (!covers(watched, line)) continue
      watched.matches += 1
      if (kind === 'passed') watched.passes += 1
      const isMet = kind === 'passed' || watched.entry.signature === signature
      if (isMet) met ??= watched.entry
      else watched.fails += 1
    }
    return met === undefined
      ? line
      : { ...line, expectedFailure: { reason: met.reason, link: met.link } }
  }

  /** Entries that are no longer true. Whether one matches nothing is known only of a whole suite. */
  stale(subject: string, isWhole: boolean): StaleEntry[] {
    return this.#watched.flatMap(({ entry: { case: pattern, reason }, matches, passes, fails }) => {
      const because =
        matches === 0 && isWhole
          ? 'matches-nothing'
          : passes > 0
            ? 'passes'
            : fails > 0
              ? 'fails-otherwise'
              : undefined
      return because === undefined ? [] : [{ subject, case: pattern, reason, because }]
    })
  }
}
