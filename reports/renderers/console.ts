import { describeVerdict } from '../describe.ts'
import { casesWith, expectedGroups } from '../failures.ts'
import { inOrder } from '../in-order.ts'
import type { Footer, RunRecord, StaleEntry } from '../record.ts'
import { Tally } from '../tally.ts'
import { failingCaseLines, indented, whoAt } from './failing-case.ts'
import { renderMatrix } from './matrix.ts'
import { inks, type TerminalView, wrap } from './terminal.ts'

/** The footer, or one made of the lines there are. */
export function figuresOf(record: RunRecord): Footer {
  if (record.footer !== undefined) return record.footer
  const tally = new Tally()
  for (const line of record.verdicts) tally.add(line)
  return tally.footer({ stale: [], complete: false, ms: 0 })
}

/** What to say of a run that did not end, or undefined when it did. */
export function incompleteness(record: RunRecord): string | undefined {
  if (record.footer === undefined) {
    return 'This run is incomplete: it has no end, so it died or still goes on. What follows counts only the answers it had.'
  }
  return record.footer.complete
    ? undefined
    : 'This run is incomplete: it was interrupted. What follows counts only the answers it had.'
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** Every count of the footer that is not zero, `passed` and `failed` always. */
function counts(figures: Footer): string {
  const shown: [number, string][] = [
    [figures.crashed, 'crashed'],
    [figures.timedOut, 'timed out'],
    [figures.outOfMemory, 'out of memory'],
    [figures.babbled, 'babbled'],
    [figures.harnessError, 'harness errors'],
    [figures.unexpectedPasses, 'passed against expectation'],
    [figures.expectedFailures, 'failed as expected'],
    [figures.lossy, 'lossy'],
    [figures.unsupported, 'unsupported'],
  ]
  return [
    `${figures.passed} passed`,
    `${figures.failed} failed`,
    ...shown.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
  ].join(', ')
}

const staleness = {
  passes: 'what it expects to fail passes',
  'matches-nothing': 'it matches no answer of this run',
  'fails-otherwise': 'what it expects to fail fails in another way',
} as const satisfies Record<StaleEntry['because'], string>

/** What is wrong with an entry of an expected-failures file. */
export function describeStale(entry: StaleEntry): string {
  return `${entry.case}: ${staleness[entry.because]} (its reason: ${entry.reason})`
}

function section(title: string, lines: readonly string[], view: TerminalView): string[] {
  return lines.length === 0
    ? []
    : ['', ...wrap(title, view.columns).map(inks(view.colour).bold), ...lines]
}

/**
 * The whole run for people: scores subject by chapter, the first failing cases with both
 * disassemblies, expected failures and absent subjects with their reasons. No line is wider than
 * the view but the command that asks a question again.
 */
export function renderConsole(
  unordered: RunRecord,
  view: TerminalView,
  shown: {
    /** How many failing cases are shown in full; 5 unless said. */
    readonly failures?: number
    /** Where the others can be seen. */
    readonly rest?: string
  } = {},
): string {
  const ink = inks(view.colour)
  const record = inOrder(unordered)
  const { header, verdicts } = record
  const { failures = 5, rest } = shown
  const figures = figuresOf(record)
  const incomplete = incompleteness(record)
  const clauses = new Map(header.clauses.map((clause) => [clause.id, clause]))
  const block = (text: string, by = 2): string[] => indented(text, view, by)

  const failing = casesWith('failing', verdicts)
  const unexpected = casesWith('unexpected-pass', verdicts)
  const refused = header.subjects.flatMap((subject) =>
    'refused' in subject
      ? [`${subject.id}: ${subject.refused.kind}, ${describeVerdict(subject.refused)}`]
      : [],
  )
  const { machine } = header
  const lines = [
    ...block(
      `picklespec ${header.picklespec}, ${header.started}, ${machine.os}, ${counted(machine.cores, 'core')} of ${machine.cpu}, Node ${machine.node}`,
      0,
    ).map(ink.dim),
    ...(incomplete === undefined ? [] : wrap(incomplete, view.columns).map(ink.red)),
    '',
    ...renderMatrix(record, view),
    ...failing
      .slice(0, failures)
      .flatMap((one) => ['', ...failingCaseLines(one, clauses.get(one.clause), view)]),
    ...(failing.length > failures
      ? [
          '',
          ...block(
            `and ${counted(failing.length - failures, 'more failing case')}${rest === undefined ? '' : `: see ${rest}`}`,
            0,
          ),
        ]
      : []),
    ...section(
      'Expected failures, counted apart',
      expectedGroups(verdicts).flatMap((group) =>
        block(
          `${group.subject}: ${counted(group.lines.length, 'answer')}, ${group.reason}${group.link === null ? '' : ` (${group.link})`}`,
        ).map(ink.yellow),
      ),
      view,
    ),
    ...section(
      'Passed, though expected to fail',
      unexpected.flatMap((one) => block(`${one.case}: ${whoAt(one.lines)}`)).map(ink.red),
      view,
    ),
    ...section(
      'Expected failures that are no longer true',
      figures.stale.flatMap((entry) =>
        block(`${entry.subject}: ${describeStale(entry)}`).map(ink.red),
      ),
      view,
    ),
    ...section(
      'Subjects that did not get as far as a question',
      refused.flatMap((text) => block(text)).map(ink.red),
      view,
    ),
    ...section(
      'Absent subjects',
      header.absent.flatMap(({ id, reason }) => block(`${id}: ${reason}`)).map(ink.dim),
      view,
    ),
    '',
    ...block(
      `Conformance ${figures.conformance.met}/${figures.conformance.of} clauses, parity ${figures.parity.equal}/${figures.parity.of} answers`,
      0,
    ).map(ink.bold),
    ...block(
      `${counts(figures)}; ${counted(figures.executed, 'answer')} in ${(figures.ms / 1000).toFixed(1)} s`,
      0,
    ).map(failing.length > 0 || unexpected.length > 0 ? ink.red : ink.green),
    ...(incomplete === undefined ? [] : [ink.red('INCOMPLETE')]),
  ]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
