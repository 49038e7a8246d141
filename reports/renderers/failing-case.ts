import { describeBlame } from '../blame.ts'
import { describePlace, describeVerdict, protocolRanges, ruleOf, targetName } from '../describe.ts'
import { type CaseLines, displeased, protocolsByTarget } from '../failures.ts'
import {
  type Details,
  type Difference,
  type RecordClause,
  type Verdict,
  type VerdictLine,
  verdictOf,
} from '../record.ts'
import { visible, visibleLines } from '../visible.ts'
import { sideBySide } from './side-by-side.ts'
import { cutTo, displayWidth, inks, type TerminalView, wrap } from './terminal.ts'

/** Lines of standard error shown of a subject that crashed. */
const stderrLines = 8

/** The lines of a block, each indented by two and wrapped. */
export function indented(text: string, view: TerminalView, by = 2): string[] {
  return wrap(visible(text), view.columns - by).map((line) => `${' '.repeat(by)}${line}`)
}

/** Whether the disassemblies will show both sides of the difference in full. */
function isInRows(
  { expected, seen }: Difference,
  details: Details | undefined,
  view: TerminalView,
) {
  const room = Math.floor(view.columns / 2) - 8
  const isIn = (text: string | null, lines: readonly string[]): boolean =>
    text === null || (lines.includes(text) && displayWidth(visible(text)) <= room)
  return details !== undefined && isIn(expected, details.expected) && isIn(seen, details.seen)
}

/** Where the answer parts from what was expected, with both sides unless they follow anyway. */
function differenceLines(line: VerdictLine, view: TerminalView): string[] {
  const verdict = verdictOf(line)
  if (verdict.kind !== 'failed' || verdict.difference === undefined) return []
  const { difference } = verdict
  const ink = inks(view.colour)
  const lines = indented(`first difference: ${describePlace(difference)}`, view)
  if (isInRows(difference, line.details, view)) return lines
  const side = (name: string, text: string | null): string[] =>
    wrap(text === null ? '(nothing)' : visible(text), view.columns - 14).map(
      (line, at) => `    ${(at === 0 ? name : '').padEnd(10)}${line}`,
    )
  return [
    ...lines,
    ...side('expected', difference.expected).map(ink.green),
    ...side('seen', difference.seen).map(ink.red),
  ]
}

function endOfStderr(verdict: Verdict, view: TerminalView): string[] {
  if (verdict.kind !== 'crashed') return []
  return visibleLines(verdict.stderr)
    .slice(-stderrLines)
    .map((line) => `    ${inks(view.colour).dim(cutTo(line, view.columns - 4))}`)
}

/** Which engines gave these lines, at which protocols: `cpython-3.13.0 c at 2-5`. */
export function whoAt(lines: readonly VerdictLine[]): string {
  return protocolsByTarget(lines)
    .map(({ target, protocols }) => `${target} at ${protocolRanges(protocols)}`)
    .join('; ')
}

/** `FAST-01 Fast mode stores nothing in the memo (documented)`, as far as the clause is known. */
export function clauseHeadline(id: string, clause: RecordClause | undefined): string {
  return clause === undefined ? id : `${clause.id}  ${clause.title} (${clause.level})`
}

/** What each judge says who is not pleased: `conformance failed: the pickles part at byte 2`. */
function judgements(line: VerdictLine): string[] {
  const judges = new Map<string, string[]>()
  for (const judge of displeased(line)) {
    const verdict = line[judge]
    if (verdict === null) continue
    const text = `${verdict.kind}: ${describeVerdict(verdict)}`
    judges.set(text, [...(judges.get(text) ?? []), judge])
  }
  return [...judges].map(([text, names]) => `${names.join(' and ')} ${text}`)
}

/** Who has to look at it, and what asking again has shown. */
export function blameLines(line: VerdictLine): string[] {
  const blame = describeBlame(line)
  return blame === undefined ? [] : [`blame: ${blame}`]
}

/** What one answer was and what it should have been, with the command that asks again. */
export function answerLines(line: VerdictLine, view: TerminalView): string[] {
  const ink = inks(view.colour)
  const verdict = verdictOf(line)
  return [
    ...judgements(line).flatMap((text) => indented(text, view)),
    ...differenceLines(line, view),
    ...endOfStderr(verdict, view),
    ...blameLines(line).flatMap((text) => indented(text, view)),
    ...(line.details === undefined
      ? []
      : [
          ...sideBySide(line.details.expected, line.details.seen, {
            ...view,
            columns: view.columns - 2,
          }).map((row) => `  ${row}`),
          // Never wrapped: it is there to be copied.
          `  ${ink.dim('reproduce:')} ${ink.cyan(visible(line.details.reproduce))}`,
        ]),
  ]
}

/** A failing case: who fails it, under which clause, how the first answer differs. */
export function failingCaseLines(
  failing: CaseLines,
  clause: RecordClause | undefined,
  view: TerminalView,
): string[] {
  const ink = inks(view.colour)
  const { shown } = failing
  const [head, ...tail] = wrap(visible(failing.case), view.columns - 2)
  return [
    `${ink.red('✗')} ${ink.bold(head ?? '')}`,
    ...tail.map((line) => `  ${ink.bold(line)}`),
    ...indented(clauseHeadline(failing.clause, clause), view),
    ...(shown.details === undefined
      ? []
      : indented(
          shown.details.title === clause?.title
            ? shown.details.why
            : `${shown.details.title}: ${shown.details.why}`,
          view,
        ).map(ink.dim)),
    ...indented(`fails: ${whoAt(failing.lines)}`, view),
    ...indented(`shown: ${targetName(shown)} at ${protocolRanges([shown.protocol])}`, view),
    ...answerLines(shown, view),
    ...(shown.details === undefined && clause !== undefined
      ? indented(ruleOf(clause), view).map(ink.dim)
      : []),
  ]
}
