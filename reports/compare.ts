import { type Standing, standingOf } from './failures.ts'
import { lineKey } from './merge.ts'
import { type RunRecord, type VerdictLine, verdictOf } from './record.ts'

export const changeKinds = [
  'newly-failing',
  'newly-passing',
  /** It neither passed nor passes, and its verdict is another one, or differs elsewhere. */
  'otherwise',
  'new',
  'gone',
] as const

export type ChangeKind = (typeof changeKinds)[number]

/** One answer that is not what it was. */
export type Change = {
  readonly kind: ChangeKind
  /** The line as it is now, or as it was when it is gone. */
  readonly line: VerdictLine
  /** How it stood and stands; undefined where it was not asked. */
  readonly before: Standing | undefined
  readonly after: Standing | undefined
}

const fails = (standing: Standing | undefined): boolean =>
  standing === 'failing' || standing === 'unexpected-pass'

function changeKind(before: VerdictLine, after: VerdictLine): ChangeKind | undefined {
  const [was, is] = [standingOf(before), standingOf(after)]
  if (fails(is) && !fails(was)) return 'newly-failing'
  if (is === 'passed' && was !== 'passed') return 'newly-passing'
  if (was === is) {
    return JSON.stringify(verdictOf(before)) === JSON.stringify(verdictOf(after))
      ? undefined
      : 'otherwise'
  }
  return 'otherwise'
}

/** What changed from one record to another, in the order of the newer one, what is gone last. */
export function compareRecords(older: RunRecord, newer: RunRecord): Change[] {
  const before = new Map(older.verdicts.map((line) => [lineKey(line), line]))
  const changes: Change[] = []
  for (const line of newer.verdicts) {
    const key = lineKey(line)
    const was = before.get(key)
    before.delete(key)
    if (was === undefined) {
      changes.push({ kind: 'new', line, before: undefined, after: standingOf(line) })
      continue
    }
    const kind = changeKind(was, line)
    if (kind !== undefined) {
      changes.push({ kind, line, before: standingOf(was), after: standingOf(line) })
    }
  }
  const gone = [...before.values()].map(
    (line): Change => ({ kind: 'gone', line, before: standingOf(line), after: undefined }),
  )
  return [...changes, ...gone]
}

/** Whether the change is for the worse: it fails now, and did not or was not asked. */
export function isWorse(change: Change): boolean {
  return fails(change.after) && !fails(change.before)
}
