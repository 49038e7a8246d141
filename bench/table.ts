import type { Interval } from '../reports/index.ts'
import { type Arm, type Loss, nameOf } from './arms.ts'
import type { Change } from './compare.ts'
import { titleOf } from './questions.ts'
import { describeLoss } from './record.ts'
import type { AgainstPure, Result, Results } from './results.ts'

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Three digits that say something, as people write numbers: 0.0123, 1.23, 12.3, 123, 1,234. */
export function digits(value: number): string {
  if (value >= 100) return grouped.format(value)
  return value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3)
}

const withInterval = (value: Interval, write: (one: number) => string): string =>
  `${write(value.value)} [${write(value.low)}, ${write(value.high)}]`

/** Megabytes a second: bytes a nanosecond, times a thousand. */
export const megabytesPerSecond = ({ bytes, ns }: Result): number => (bytes / ns.value) * 1000

const headings = ['', 'ns per call', 'MB/s', 'ratio', 'growth'] as const

/** The most of a subject's name that a table has room for; a command line may be long. */
const mostOfName = 30

function shortName({ subject, engine }: Arm): string {
  const { id } = subject
  return `${id.length > mostOfName ? `${id.slice(0, mostOfName - 1)}…` : id} ${engine}`
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

function cells(result: Result, baseline: Arm): readonly string[] {
  const { arm, ns, ratio, growth } = result
  return [
    `  ${shortName(arm)}`,
    withInterval(ns, (one) => grouped.format(one)),
    digits(megabytesPerSecond(result)),
    arm === baseline ? '1' : ratio === null ? '-' : withInterval(ratio, digits),
    growth === null ? '-' : `n^${growth.toFixed(2)}`,
  ]
}

/** Columns as wide as their widest cell, the first to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = headings.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

function headingOf({ question, bytes }: Result): string {
  const { workload, protocol, sizes } = question
  const size = sizes[0]?.size ?? 0
  return `${titleOf(question)}: ${grouped.format(size)} ${workload.counts}, ${grouped.format(bytes)} bytes, protocol ${protocol}`
}

/** The table: workload by workload a line for each engine. */
export function renderTable({ results, baseline }: Results): string {
  const lines = aligned([
    headings.map((heading) => (heading === 'ratio' ? `ratio to ${shortName(baseline)}` : heading)),
    ...results.map((result) => cells(result, baseline)),
  ])
  const [head = '', ...rest] = lines
  let before: Result | undefined
  const text = [head]
  for (const [at, result] of results.entries()) {
    if (result.question !== before?.question) text.push(headingOf(result))
    text.push(rest[at] ?? '')
    before = result
  }
  return `${text.join('\n')}\n`
}

/** What the run says as a whole: the summary, how noisy it was, what was not timed. */
export function renderSummary(
  { summary, noise, baseline, results, againstPure }: Results,
  { rounds, losses }: { readonly rounds: number; readonly losses: readonly Loss[] },
): string {
  const { dump, hooks, load } = summary
  const means = [
    ...(dump === null ? [] : [`${digits(dump)} to dump without hooks`]),
    ...(hooks === null ? [] : [`${digits(hooks)} with hooks`]),
    ...(load === null ? [] : [`${digits(load)} to load`]),
  ]
  const workloads = new Set(results.map(({ question }) => question)).size
  const lines = [
    ...(means.length === 0
      ? []
      : [
          `The reference takes ${means.join(', ')} times as long as ${nameOf(baseline)} (geometric means).`,
        ]),
    ...(againstPure === null ? [] : [describeAgainstPure(againstPure)]),
    `Noise: ${nameOf(baseline)} held against itself gave ${digits(noise.low)} to ${digits(noise.high)}, over ${counted(workloads, 'workload')} and ${counted(rounds, 'round')} of fresh processes; a ratio within that says nothing.`,
    ...losses.map((loss) => `Not timed: ${describeLoss(loss)}`),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** How the reference compares with the pickler in Python, and where it is the slower of the two. */
function describeAgainstPure({ pure, ratios }: AgainstPure): string {
  const values = ratios.map(({ ratio }) => ratio.value)
  const slower = ratios.filter(({ ratio }) => ratio.value > 1)
  const times = `${digits(Math.min(...values))} to ${digits(Math.max(...values))} times as long`
  const where =
    slower.length === 0
      ? 'nowhere longer'
      : `longer for ${slower.map(({ question }) => titleOf(question)).join(', ')}`
  return `Against ${nameOf(pure)} it takes ${times}: ${where}.`
}

function changeLine({ row, change }: Change): string {
  const { subject, engine, operation, workload } = row
  return `  ${subject} ${engine ?? ''} ${operation} ${workload}: ${withInterval(change, digits)}`
}

/** What changed since the baseline record, and what of it is beyond the gate. */
export function renderChanges(
  changes: readonly Change[],
  gate: number | undefined,
  beyond: readonly Change[],
): string {
  const lines = ['Time now divided by time in the baseline:', ...changes.map(changeLine)]
  if (gate !== undefined) {
    const percent = `${digits(gate * 100)} %`
    lines.push(
      beyond.length === 0
        ? `Nothing is more than ${percent} slower for sure.`
        : `More than ${percent} slower, by the lower bound:`,
      ...beyond.map(changeLine),
    )
  }
  return `${lines.join('\n')}\n`
}
