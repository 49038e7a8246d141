import {
  type AbsentSubject,
  type Details,
  type Difference,
  type EngineScore,
  type ExpectedFailure,
  type Footer,
  type Header,
  type Isolation,
  levels,
  type Machine,
  type RecordClause,
  type RecordSubject,
  type RunRecord,
  recordVersion,
  type StaleEntry,
  type SubjectProfile,
  type Verdict,
  type VerdictKind,
  type VerdictLine,
} from './record.ts'
import {
  byTag,
  flag,
  integer,
  list,
  nullable,
  number,
  object,
  objectAt,
  oneOf,
  type Reader,
  ShapeError,
  text,
} from './shape.ts'

/** The text is not a run record; `line` counts from 1. */
export class RecordError extends Error {
  override readonly name = 'RecordError'
  readonly line: number
  constructor(line: number, message: string, options?: ErrorOptions) {
    super(`line ${line}: ${message}`, options)
    this.line = line
  }
}

const count = integer(0)
const kind = <K extends string>(name: K): Reader<K> => oneOf([name])

const difference: Reader<Difference> = object(
  {
    kind: oneOf(['byte', 'instruction', 'buffer', 'trace', 'graph', 'error', 'outcome']),
    step: count,
    at: (value: unknown, place: string) =>
      typeof value === 'string' ? value : count(value, place),
    expected: nullable(text),
    seen: nullable(text),
  },
  { instruction: count },
)

const verdicts: { readonly [K in VerdictKind]: Reader<Extract<Verdict, { readonly kind: K }>> } = {
  passed: object({ kind: kind('passed') }),
  failed: object({ kind: kind('failed'), because: text }, { difference }),
  lossy: object({ kind: kind('lossy'), because: text }),
  unsupported: object({ kind: kind('unsupported'), because: text }),
  crashed: object({
    kind: kind('crashed'),
    signal: nullable(text),
    exitCode: nullable(count),
    stderr: text,
    inCompanyOnly: flag,
  }),
  'timed-out': object({ kind: kind('timed-out'), afterMs: number(0), inCompanyOnly: flag }),
  'out-of-memory': object({ kind: kind('out-of-memory'), rssMiB: number(0), inCompanyOnly: flag }),
  babbled: object({ kind: kind('babbled'), found: text, inCompanyOnly: flag }),
  'harness-error': object(
    { kind: kind('harness-error'), message: text },
    { by: oneOf(['adapter', 'environment']) },
  ),
}
const verdict: Reader<Verdict> = byTag<Verdict>('kind', verdicts)

const profile: Reader<SubjectProfile> = object({
  name: text,
  version: text,
  wordSize: integer(1),
  language: text,
  runtime: text,
  homepage: text,
  issues: text,
  engines: list(
    object({ id: text, follows: nullable(text) }, { roles: list(text), distinguishes: list(text) }),
  ),
  roles: list(text),
  protocols: list(count),
  capabilities: list(text),
  distinguishes: list(text),
})
const answering = object({ id: text, profile })
const refusing = object({ id: text, refused: verdict })
const subject: Reader<RecordSubject> = (value, place) =>
  Object.hasOwn(objectAt(value, place), 'refused')
    ? refusing(value, place)
    : answering(value, place)

const says: Reader<RecordClause['says']> = (value, place) =>
  typeof value === 'string' ? value : object({ c: text, pure: text })(value, place)
const clause: Reader<RecordClause> = object({
  id: text,
  chapter: text,
  title: text,
  level: oneOf(levels),
  says,
  source: text,
})

const absent: Reader<AbsentSubject> = object({ id: text, reason: text })
export const machine: Reader<Machine> = object({ cores: count, cpu: text, os: text, node: text })

/** A time in ISO 8601, in UTC. */
export const isoTime: Reader<string> = (value, place) => {
  const found = text(value, place)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(found) || Number.isNaN(Date.parse(found))) {
    throw new ShapeError(
      place,
      `found ${JSON.stringify(found)}, wanted a time such as 2026-01-31T12:00:00.000Z`,
    )
  }
  return found
}

const header: Reader<Header> = object(
  {
    record: oneOf([recordVersion]),
    picklespec: text,
    started: isoTime,
    machine,
    suite: text,
    clauses: list(clause),
    subjects: list(subject),
    absent: list(absent),
  },
  { requirements: text, shuffle: text },
)

const details: Reader<Details> = object({
  title: text,
  why: text,
  scenario: text,
  expected: list(text),
  seen: list(text),
  reproduce: text,
})

const expectedFailure: Reader<ExpectedFailure> = object({ reason: text, link: nullable(text) })

const isolation: Reader<Isolation> = byTag<Isolation>('kind', {
  alike: object({ kind: kind('alike') }),
  otherwise: object({ kind: kind('otherwise'), signature: text }),
  after: object({ kind: kind('after'), case: text }),
  'in-company': object({ kind: kind('in-company') }),
  'not-again': object({ kind: kind('not-again') }),
})

const verdictLine: Reader<VerdictLine> = object(
  {
    case: text,
    protocol: nullable(count),
    subject: text,
    engine: nullable(text),
    clause: text,
    chapter: text,
    level: oneOf(levels),
    positive: flag,
    conformance: nullable(verdict),
    parity: nullable(verdict),
  },
  { expectedFailure, ms: number(0), isolation, details },
)

const conformanceScore = object({ met: count, of: count })
const parityScore = object({ equal: count, of: count })

const engineScore: Reader<EngineScore> = object({
  subject: text,
  engine: nullable(text),
  conformance: conformanceScore,
  parity: parityScore,
})

const stale: Reader<StaleEntry> = object({
  subject: text,
  case: text,
  reason: text,
  because: oneOf(['passes', 'matches-nothing', 'fails-otherwise']),
})

const footer: Reader<Footer> = object({
  passed: count,
  failed: count,
  lossy: count,
  unsupported: count,
  crashed: count,
  timedOut: count,
  outOfMemory: count,
  babbled: count,
  harnessError: count,
  expectedFailures: count,
  unexpectedPasses: count,
  executed: count,
  conformance: conformanceScore,
  parity: parityScore,
  engines: list(engineScore),
  stale: list(stale),
  complete: flag,
  ms: number(0),
})

/** A line of a record with what it is. */
export type ReadLine =
  | { readonly is: 'header'; readonly header: Header }
  | { readonly is: 'verdict'; readonly verdict: VerdictLine }
  | { readonly is: 'footer'; readonly footer: Footer }

function decode(line: string, at: number): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new RecordError(at, 'this is not JSON', { cause })
  }
}

/**
 * Reads one line, `at` being its number from 1.
 *
 * @throws {RecordError} for anything that is not a line of a record of this version
 */
export function parseRecordLine(line: string, at: number): ReadLine {
  const decoded = decode(line, at)
  try {
    const found = objectAt(decoded, '$')
    if (Object.hasOwn(found, 'record')) return { is: 'header', header: header(found, '$') }
    if (Object.hasOwn(found, 'case')) return { is: 'verdict', verdict: verdictLine(found, '$') }
    if (Object.hasOwn(found, 'passed')) return { is: 'footer', footer: footer(found, '$') }
    throw new ShapeError('$', 'found neither "record", "case" nor "passed"')
  } catch (error) {
    if (error instanceof ShapeError) throw new RecordError(at, error.message, { cause: error })
    throw error
  }
}

/**
 * Reads a whole record. A last line without its newline is what a dying run leaves: it is left
 * out, and the record has no footer.
 *
 * @throws {RecordError} when the header is not first, something follows the footer, or a line is wrong
 */
export function parseRecord(source: string): RunRecord {
  const lines = source.split('\n')
  // What follows the last newline is empty, or half a line.
  lines.pop()
  const verdicts: VerdictLine[] = []
  let head: Header | undefined
  let foot: Footer | undefined
  for (const [index, line] of lines.entries()) {
    const at = index + 1
    if (foot !== undefined) throw new RecordError(at, 'the footer is the last line of a record')
    const read = parseRecordLine(line, at)
    if (head === undefined) {
      if (read.is !== 'header')
        throw new RecordError(at, 'the first line of a record is its header')
      head = read.header
    } else if (read.is === 'header') {
      throw new RecordError(at, 'a record has one header')
    } else if (read.is === 'verdict') {
      verdicts.push(read.verdict)
    } else {
      foot = read.footer
    }
  }
  if (head === undefined) throw new RecordError(1, 'there is no header')
  return { header: head, verdicts, footer: foot }
}
