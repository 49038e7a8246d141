import type { RunRecord, VerdictLine } from './record.ts'
import { Score, type Shortfall } from './score.ts'

/** One engine of a subject: a row, with a score in each chapter it was asked about. */
export type MatrixRow = {
  readonly subject: string
  readonly engine: string | null
  readonly total: Score
  readonly chapters: ReadonlyMap<string, Score>
}

/** Who was asked, by what about. */
export type ScoreMatrix = {
  /** In the order of the specification; those it does not know come last. */
  readonly chapters: readonly string[]
  /** In the order of the header: its subjects, and the engines as each names them. */
  readonly rows: readonly MatrixRow[]
}

/** Tells the engines of a record apart. */
export function targetKey(target: {
  readonly subject: string
  readonly engine: string | null
}): string {
  return JSON.stringify([target.subject, target.engine])
}

class Row {
  readonly subject: string
  readonly engine: string | null
  readonly total = new Score()
  readonly chapters = new Map<string, Score>()

  constructor(target: { readonly subject: string; readonly engine: string | null }) {
    this.subject = target.subject
    this.engine = target.engine
  }

  add(line: VerdictLine): void {
    this.total.add(line)
    let chapter = this.chapters.get(line.chapter)
    if (chapter === undefined) {
      chapter = new Score()
      this.chapters.set(line.chapter, chapter)
    }
    chapter.add(line)
  }
}

/** Scores every engine in every chapter. A subject that answered nothing has no row. */
export function scoreMatrix(record: RunRecord): ScoreMatrix {
  const rows = new Map<string, Row>()
  const asked = new Set<string>()
  for (const line of record.verdicts) {
    const key = targetKey(line)
    let row = rows.get(key)
    if (row === undefined) {
      row = new Row(line)
      rows.set(key, row)
    }
    row.add(line)
    asked.add(line.chapter)
  }

  const known = record.header.subjects.flatMap((subject) =>
    'profile' in subject
      ? subject.profile.engines.map(({ id }) => ({ subject: subject.id, engine: id }))
      : [],
  )
  const order = new Set([...known.map(targetKey), ...rows.keys()])
  return {
    chapters: [
      ...new Set([...record.header.clauses.map((clause) => clause.chapter), ...asked]),
    ].filter((chapter) => asked.has(chapter)),
    rows: [...order].flatMap((key) => rows.get(key) ?? []),
  }
}

/** A score as `n/m`, with what to say of it. */
export type Figure = {
  readonly text: string
  readonly state:
    | 'none'
    | 'full'
    /** Something fails that nobody said would. */
    | 'failing'
    /** What is missing fails as expected. */
    | 'expected'
    /** What is missing could not be asked, or not be answered with a value. */
    | 'unable'
  readonly shortfall: Shortfall
}

const nothing: Figure = {
  text: '·',
  state: 'none',
  shortfall: { failing: 0, expected: 0, unable: 0 },
}

function figure(count: number, of: number, shortfall: Shortfall): Figure {
  if (of === 0) return nothing
  const text = `${count}/${of}`
  if (shortfall.failing > 0) return { text, state: 'failing', shortfall }
  if (count === of) return { text, state: 'full', shortfall }
  return { text, state: shortfall.expected > 0 ? 'expected' : 'unable', shortfall }
}

/** Clauses met of those judged; `·` where none was. */
export function conformanceFigure(score: Score | undefined): Figure {
  if (score === undefined) return nothing
  const { met, of } = score.conformance
  return figure(met, of, score.conformanceShortfall)
}

/** Answers equal to the followed profile, of those held against it; `·` where none was. */
export function parityFigure(score: Score | undefined): Figure {
  if (score === undefined) return nothing
  const { equal, of } = score.parity
  return figure(equal, of, score.parityShortfall)
}
