/**
 * What the script of the HTML page is given: the lines of a record, with every text that occurs
 * often held once. Pure; the renderer encodes, the page decodes.
 */

import type {
  Details,
  ExpectedFailure,
  Isolation,
  RecordClause,
  RunRecord,
  Verdict,
  VerdictLine,
} from './record.ts'
import { targetKey } from './score-matrix.ts'

/**
 * One line: indices into the tables, -1 for null or absent. In order: case, protocol (itself, not
 * an index), target, clause, chapter, conformance, parity, expected failure, details, isolation.
 */
export type EncodedLine = readonly [
  name: number,
  protocol: number,
  target: number,
  clause: number,
  chapter: number,
  conformance: number,
  parity: number,
  expected: number,
  details: number,
  isolation: number,
]

/** Title, why, scenario and reproduce as texts, expected and seen as lists of texts. */
export type EncodedDetails = readonly [
  title: number,
  why: number,
  scenario: number,
  expected: readonly number[],
  seen: readonly number[],
  reproduce: number,
]

export type PageData = {
  readonly texts: readonly string[]
  readonly targets: readonly { readonly subject: string; readonly engine: string | null }[]
  readonly chapters: readonly string[]
  readonly clauses: readonly Pick<RecordClause, 'id' | 'title' | 'level' | 'says' | 'source'>[]
  readonly verdicts: readonly Verdict[]
  readonly expected: readonly ExpectedFailure[]
  readonly isolations: readonly Isolation[]
  readonly details: readonly EncodedDetails[]
  readonly lines: readonly EncodedLine[]
  /** Lines whose details were left out, since the page would have grown too large. */
  readonly withoutDetails: number
}

/** The most characters of texts that a page carries; what is beyond is in the record alone. */
const mostCharacters = 24_000_000

class Table<T> {
  readonly rows: T[] = []
  readonly #index = new Map<string, number>()

  /** The index of the row with this key, made when there is none. */
  add(key: string, row: T): number {
    const known = this.#index.get(key)
    if (known !== undefined) return known
    this.#index.set(key, this.rows.length)
    return this.rows.push(row) - 1
  }
}

class Texts extends Table<string> {
  characters = 0

  text(text: string): number {
    const before = this.rows.length
    const at = this.add(text, text)
    if (this.rows.length > before) this.characters += text.length
    return at
  }
}

/** Encodes the lines of a record for the page, in their order. */
export function encodePage(record: RunRecord, most = mostCharacters): PageData {
  const texts = new Texts()
  const targets = new Table<PageData['targets'][number]>()
  const chapters = new Table<string>()
  const clauses = new Table<PageData['clauses'][number]>()
  const verdicts = new Table<Verdict>()
  const expected = new Table<ExpectedFailure>()
  const isolations = new Table<Isolation>()
  const details: EncodedDetails[] = []
  const lines: EncodedLine[] = []
  let withoutDetails = 0
  for (const { id, title, level, says, source } of record.header.clauses) {
    clauses.add(id, { id, title, level, says, source })
  }
  const verdict = (given: Verdict | null): number =>
    given === null ? -1 : verdicts.add(JSON.stringify(given), given)

  for (const line of record.verdicts) {
    const isLeftOut = line.details !== undefined && texts.characters > most
    if (isLeftOut) withoutDetails += 1
    lines.push([
      texts.text(line.case),
      line.protocol ?? -1,
      targets.add(targetKey(line), { subject: line.subject, engine: line.engine }),
      clauses.add(line.clause, {
        id: line.clause,
        title: '',
        level: line.level,
        says: '',
        source: '',
      }),
      chapters.add(line.chapter, line.chapter),
      verdict(line.conformance),
      verdict(line.parity),
      line.expectedFailure === undefined
        ? -1
        : expected.add(JSON.stringify(line.expectedFailure), line.expectedFailure),
      line.details === undefined || isLeftOut
        ? -1
        : details.push([
            texts.text(line.details.title),
            texts.text(line.details.why),
            texts.text(line.details.scenario),
            line.details.expected.map((text) => texts.text(text)),
            line.details.seen.map((text) => texts.text(text)),
            texts.text(line.details.reproduce),
          ]) - 1,
      line.isolation === undefined
        ? -1
        : isolations.add(JSON.stringify(line.isolation), line.isolation),
    ])
  }
  return {
    texts: texts.rows,
    targets: targets.rows,
    chapters: chapters.rows,
    clauses: clauses.rows,
    verdicts: verdicts.rows,
    expected: expected.rows,
    isolations: isolations.rows,
    details,
    lines,
    withoutDetails,
  }
}

/** A line as the page has it: a verdict line with its clause, less what the page does not show. */
export type PageLine = Pick<
  VerdictLine,
  'case' | 'protocol' | 'subject' | 'engine' | 'chapter' | 'conformance' | 'parity'
> & {
  readonly clause: PageData['clauses'][number]
  readonly expectedFailure?: ExpectedFailure
  readonly isolation?: Isolation
  /** Read only when asked for: most are never looked at. */
  readonly details: () => Details | undefined
}

/** The row of a table, which whoever encoded it put there. */
function rowOf<T>(rows: readonly T[], at: number): T {
  const row = rows[at]
  if (row === undefined) throw new RangeError(`found row ${at}, wanted one of ${rows.length}`)
  return row
}

function decodeDetails(data: PageData, at: number): Details | undefined {
  if (at === -1) return undefined
  const [title, why, scenario, expected, seen, reproduce] = rowOf(data.details, at)
  const text = (index: number): string => rowOf(data.texts, index)
  return {
    title: text(title),
    why: text(why),
    scenario: text(scenario),
    expected: expected.map(text),
    seen: seen.map(text),
    reproduce: text(reproduce),
  }
}

/**
 * Decodes what {@link encodePage} made.
 *
 * @throws {RangeError} when an index has no row
 */
export function decodePage(data: PageData): PageLine[] {
  const verdict = (at: number): Verdict | null => (at === -1 ? null : rowOf(data.verdicts, at))
  return data.lines.map(
    ([
      name,
      protocol,
      target,
      clause,
      chapter,
      conformance,
      parity,
      expected,
      details,
      isolation,
    ]) => ({
      case: rowOf(data.texts, name),
      protocol: protocol === -1 ? null : protocol,
      ...rowOf(data.targets, target),
      clause: rowOf(data.clauses, clause),
      chapter: rowOf(data.chapters, chapter),
      conformance: verdict(conformance),
      parity: verdict(parity),
      ...(expected === -1 ? {} : { expectedFailure: rowOf(data.expected, expected) }),
      ...(isolation === -1 ? {} : { isolation: rowOf(data.isolations, isolation) }),
      details: () => decodeDetails(data, details),
    }),
  )
}
