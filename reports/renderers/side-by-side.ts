import { type AlignedRow, align, firstDifference } from '../align.ts'
import { visible } from '../visible.ts'
import { cutTo, displayWidth, inks, padEnd, padStart, type TerminalView } from './terminal.ts'

/** Rows shown before and after the first difference. */
const rowsBefore = 4
const rowsAfter = 5

const arrow = '→'

/** Both texts from shortly before they part, so that the difference is within the width. */
function cutTogether(left: string, right: string, width: number): [string, string] {
  const [a, b] = [[...left], [...right]]
  let parts = 0
  while (parts < a.length && parts < b.length && a[parts] === b[parts]) parts += 1
  if (displayWidth(a.slice(0, parts).join('')) < width - 8) return [left, right]
  const from = Math.max(0, parts - Math.floor(width / 3))
  return [`…${a.slice(from).join('')}`, `…${b.slice(from).join('')}`]
}

/** Rows with the number each side's line has, from 0. */
function numbered(rows: readonly AlignedRow[]): { row: AlignedRow; left: string; right: string }[] {
  let [left, right] = [0, 0]
  return rows.map((row) => ({
    row,
    left: row.expected === undefined ? '' : `${left++}`,
    right: row.seen === undefined ? '' : `${right++}`,
  }))
}

const more = (count: number, where: string): string =>
  `… ${count} ${where} ${count === 1 ? 'line' : 'lines'}`

/**
 * Two lists next to each other around their first difference, which an arrow points at. Empty when
 * both are. No line is wider than the view.
 */
export function sideBySide(
  expected: readonly string[],
  seen: readonly string[],
  view: TerminalView,
  titles: readonly [string, string] = ['expected', 'seen'],
): string[] {
  if (expected.length === 0 && seen.length === 0) return []
  const ink = inks(view.colour)
  const rows = align(expected.map(visible), seen.map(visible))
  const first = firstDifference(rows)
  const from = first === undefined ? 0 : Math.max(0, first - rowsBefore)
  const to = Math.min(rows.length, (first ?? rowsBefore) + rowsAfter + 1)
  const shown = numbered(rows).slice(from, to)

  const digits = Math.max(1, ...shown.flatMap(({ left, right }) => [left.length, right.length]))
  // Arrow, space, number, space, text, two spaces, number, space, text.
  const left = Math.max(4, Math.floor((view.columns - 2 - 2 * (digits + 1) - 2) / 2))
  const gutter = ' '.repeat(2 + digits + 1)
  const lines = [
    ink.dim(
      `${gutter}${padEnd(cutTo(titles[0], left), left)}  ${' '.repeat(digits + 1)}${cutTo(titles[1], left)}`,
    ),
  ]
  if (from > 0) lines.push(ink.dim(`${gutter}${more(from, 'equal')} before`))
  for (const [at, { row, ...number }] of shown.entries()) {
    const isFirst = from + at === first
    const [a, b] = isFirst
      ? cutTogether(row.expected ?? '', row.seen ?? '', left)
      : [row.expected ?? '', row.seen ?? '']
    const texts = [padEnd(cutTo(a, left), left), cutTo(b, left)] as const
    const mark = isFirst ? `${ink.red(arrow)} ` : '  '
    const numbers = [padStart(number.left, digits), padStart(number.right, digits)] as const
    lines.push(
      row.isSame
        ? ink.dim(`  ${numbers[0]} ${texts[0]}  ${numbers[1]} ${texts[1]}`).trimEnd()
        : `${mark}${ink.dim(numbers[0])} ${ink.green(texts[0])}  ${ink.dim(numbers[1])} ${ink.red(texts[1])}`.trimEnd(),
    )
  }
  if (to < rows.length) lines.push(ink.dim(`${gutter}${more(rows.length - to, 'further')}`))
  return lines
}
