import type { RunRecord, VerdictLine } from './record.ts'
import { targetKey } from './score-matrix.ts'

function ranks(keys: Iterable<string>): (key: string) => number {
  const known = new Map<string, number>()
  for (const key of keys) if (!known.has(key)) known.set(key, known.size)
  return (key) => known.get(key) ?? known.size
}

/**
 * The record with its lines in the order of the specification: by clause, case, subject, engine and
 * protocol. Several subjects answer at once, so lines come in another order each time.
 */
export function inOrder(record: RunRecord): RunRecord {
  const { clauses, subjects } = record.header
  const clauseRank = ranks(clauses.map(({ id }) => id))
  const targetRank = ranks(
    subjects.flatMap((subject) =>
      'profile' in subject
        ? subject.profile.engines.map(({ id }) => targetKey({ subject: subject.id, engine: id }))
        : [targetKey({ subject: subject.id, engine: null })],
    ),
  )
  const keyed = record.verdicts.map((line) => ({
    line,
    clause: clauseRank(line.clause),
    target: targetRank(targetKey(line)),
  }))
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  keyed.sort(
    (a, b) =>
      a.clause - b.clause ||
      byText(a.line.clause, b.line.clause) ||
      byText(a.line.case, b.line.case) ||
      a.target - b.target ||
      byText(targetKey(a.line), targetKey(b.line)) ||
      (a.line.protocol ?? -1) - (b.line.protocol ?? -1),
  )
  return { ...record, verdicts: keyed.map(({ line }): VerdictLine => line) }
}
