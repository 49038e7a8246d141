import { type Change, type ChangeKind, changeKinds, isWorse } from '../compare.ts'
import { describeVerdict, protocolRanges, targetName } from '../describe.ts'
import { type RunRecord, verdictOf } from '../record.ts'
import { indented } from './failing-case.ts'
import { inks, type TerminalView } from './terminal.ts'

/** Cases named under each head. */
const casesNamed = 40

const heads = {
  'newly-failing': 'Newly failing',
  'newly-passing': 'Newly passing',
  otherwise: 'Otherwise than before',
  new: 'New',
  gone: 'Gone',
} as const satisfies Record<ChangeKind, string>

const painted = {
  'newly-failing': 'red',
  'newly-passing': 'green',
  otherwise: 'yellow',
  new: 'cyan',
  gone: 'dim',
} as const satisfies Record<ChangeKind, string>

/** Changes of one case and engine that say the same. */
type Group = { readonly text: string; readonly because: string; readonly changes: Change[] }

function grouped(changes: readonly Change[]): Group[] {
  const groups = new Map<string, Group>()
  for (const change of changes) {
    const because = describeVerdict(verdictOf(change.line))
    const text = `${change.line.case}: ${targetName(change.line)}`
    const key = JSON.stringify([text, because, change.before, change.after])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { text, because, changes: [change] })
    else group.changes.push(change)
  }
  return [...groups.values()]
}

function standings(change: Change): string {
  if (change.before === undefined) return `${change.after}`
  if (change.after === undefined) return `was ${change.before}`
  return change.before === change.after
    ? `still ${change.after}`
    : `was ${change.before}, is ${change.after}`
}

/** What changed between two records, for people, by kind of change. */
export function renderComparison(
  older: RunRecord,
  newer: RunRecord,
  changes: readonly Change[],
  view: TerminalView,
): string {
  const ink = inks(view.colour)
  const { suite } = newer.header
  const lines = [
    ...indented(`from ${older.header.started} to ${newer.header.started}`, view, 0).map(ink.dim),
    ...(older.header.suite === suite
      ? []
      : indented('The questions are not the same: the cases changed in between.', view, 0)),
    ...(older.footer === undefined || newer.footer === undefined
      ? indented('One of the runs is incomplete.', view, 0).map(ink.red)
      : []),
  ]
  for (const kind of changeKinds) {
    const found = changes.filter((change) => change.kind === kind)
    if (found.length === 0) continue
    const groups = grouped(found)
    lines.push(
      '',
      ink.bold(`${heads[kind]}: ${found.length} ${found.length === 1 ? 'answer' : 'answers'}`),
    )
    for (const { text, because, changes: alike } of groups.slice(0, casesNamed)) {
      const [first] = alike
      if (first === undefined) continue
      const protocols = protocolRanges(alike.map((change) => change.line.protocol))
      const paint = ink[isWorse(first) ? 'red' : painted[kind]]
      lines.push(
        ...indented(
          `${text} at ${protocols} (${standings(first)})${because === '' ? '' : `: ${because}`}`,
          view,
        ).map(paint),
      )
    }
    if (groups.length > casesNamed) {
      lines.push(ink.dim(`  and ${groups.length - casesNamed} more`))
    }
  }
  if (changes.length === 0) lines.push('Nothing changed.')
  return `${lines.join('\n')}\n`
}
