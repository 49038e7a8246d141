import { list, object, oneOf, type Reader, ShapeError, text } from '../../reports/index.ts'

/** An id of a case or clause that is another since a release of the suite. */
export type Renamed = { readonly from: string; readonly to: string; readonly since: string }

/** An id that is gone, or a case whose question or answer was wrong, with why. */
export type Reasoned = { readonly id: string; readonly since: string; readonly because: string }

/** What became of published ids. */
export type Ledger = {
  readonly renamed: readonly Renamed[]
  readonly withdrawn: readonly Reasoned[]
  /** Cases that were published with a mistake; what they ask or expect is another since then. */
  readonly corrected: readonly Reasoned[]
}

/** The version of the format, the value of the field `ledger`. */
const ledgerVersion = 1 as const

/** The file is no ledger, or no release; the message has the place. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError'
}

const some: Reader<string> = (value, place) => {
  const found = text(value, place)
  if (found === '') throw new ShapeError(place, 'found an empty text, wanted some')
  return found
}

/** A release of the suite, such as `0.1.0`. */
export const releaseName: Reader<string> = (value, place) => {
  const found = text(value, place)
  if (!/^\d+\.\d+\.\d+$/.test(found)) {
    throw new ShapeError(place, `found ${JSON.stringify(found)}, wanted a release such as 0.1.0`)
  }
  return found
}

const reasoned = list<Reasoned>(object({ id: some, since: releaseName, because: some }))

const ledgerFile = object(
  {
    ledger: oneOf([ledgerVersion]),
    renamed: list<Renamed>(object({ from: some, to: some, since: releaseName })),
    withdrawn: reasoned,
    corrected: reasoned,
  },
  { $schema: text },
)

/**
 * Reads JSON text by a reader.
 *
 * @throws {ReleaseError} for what is no JSON, or not what is wanted
 */
export function readJson<T>(source: string, read: Reader<T>): T {
  try {
    return read(JSON.parse(source), '$')
  } catch (cause) {
    if (cause instanceof ShapeError) throw new ReleaseError(cause.message, { cause })
    if (cause instanceof SyntaxError) throw new ReleaseError('this is not JSON', { cause })
    throw cause
  }
}

/**
 * Reads a ledger from its text.
 *
 * @throws {ReleaseError} with the place of what is wrong
 */
export function parseLedger(source: string): Ledger {
  const { renamed, withdrawn, corrected } = readJson(source, ledgerFile)
  return { renamed, withdrawn, corrected }
}

/** What has become of an id: what it is called today, and since when; undefined for one never renamed. */
export function renamedTo(ledger: Ledger, id: string): Renamed | undefined {
  let found: Renamed | undefined
  // A name may have been changed more than once; a circle ends where it began.
  for (let left = ledger.renamed.length; left > 0; left -= 1) {
    const next = ledger.renamed.find(({ from }) => from === (found?.to ?? id))
    if (next === undefined) break
    found = next
  }
  return found === undefined ? undefined : { ...found, from: id }
}

/** Two releases in order, as for a sort. */
export function compareSuiteReleases(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
