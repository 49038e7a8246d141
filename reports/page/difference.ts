import { type AlignedRow, align, firstDifference } from '../align.ts'
import { visible } from '../visible.ts'
import { element } from './dom.ts'

/** Equal rows shown on both sides of a different one. */
const context = 4

/** Runs of equal rows shorter than this are never folded. */
const shortest = 3

type Numbered = { readonly row: AlignedRow; readonly left: string; readonly right: string }

function number(rows: readonly AlignedRow[]): Numbered[] {
  let [left, right] = [0, 0]
  return rows.map((row) => ({
    row,
    left: row.expected === undefined ? '' : `${left++}`,
    right: row.seen === undefined ? '' : `${right++}`,
  }))
}

/** The text with the part where it departs from the other one marked. */
function marked(text: string, other: string | undefined): Node[] {
  if (other === undefined) return [document.createTextNode(visible(text))]
  const [a, b] = [[...text], [...other]]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  const most = Math.min(a.length, b.length) - start
  while (end < most && a.at(-1 - end) === b.at(-1 - end)) end += 1
  // With nothing in common there is no part to point out.
  if (start === 0 && end === 0) return [document.createTextNode(visible(text))]
  const middle = a.slice(start, a.length - end).join('')
  return [
    document.createTextNode(visible(a.slice(0, start).join(''))),
    ...(middle === '' ? [] : [element('mark', {}, visible(middle))]),
    document.createTextNode(visible(a.slice(a.length - end).join(''))),
  ]
}

function side(text: string | undefined, other: string | undefined, isSame: boolean): Node[] {
  if (text === undefined) return []
  return isSame ? [document.createTextNode(visible(text))] : marked(text, other)
}

function rowElement({ row, left, right }: Numbered, isFirst: boolean): HTMLTableRowElement {
  const pointer = element('td', { className: 'pointer' })
  if (isFirst) {
    pointer.append(
      element('span', { title: 'the first difference' }, '→'),
      element('span', { className: 'unseen' }, 'first difference'),
    )
  }
  return element(
    'tr',
    { className: `${row.isSame ? 'same' : 'different'}${isFirst ? ' first' : ''}` },
    pointer,
    element('td', { className: 'at' }, left),
    element('td', { className: 'expected' }, ...side(row.expected, row.seen, row.isSame)),
    element('td', { className: 'at' }, right),
    element('td', { className: 'seen' }, ...side(row.seen, row.expected, row.isSame)),
  )
}

/** A row that stands for equal ones and becomes them when asked. */
function folded(rows: readonly Numbered[]): HTMLTableRowElement {
  const button = element('button', {}, `${rows.length} equal rows`)
  button.type = 'button'
  const cell = element('td', {}, button)
  cell.colSpan = 5
  const made = element('tr', { className: 'folded' }, cell)
  button.addEventListener('click', () => {
    made.replaceWith(...rows.map((row) => rowElement(row, false)))
  })
  return made
}

/** Both lists side by side, the first difference pointed at, long equal runs folded. */
export function differenceTable(
  expected: readonly string[],
  seen: readonly string[],
): HTMLTableElement {
  const aligned = align(expected, seen)
  const rows = number(aligned)
  const first = firstDifference(aligned)
  const isNear = rows.map((_, at) =>
    aligned.slice(Math.max(0, at - context), at + context + 1).some((row) => !row.isSame),
  )
  const body = element('tbody')
  for (let at = 0; at < rows.length; ) {
    let end = at
    while (end < rows.length && first !== undefined && isNear[end] !== true) end += 1
    if (end - at >= shortest) {
      body.append(folded(rows.slice(at, end)))
      at = end
      continue
    }
    const stop = Math.max(end, at + 1)
    for (; at < stop; at += 1) {
      const row = rows[at]
      if (row !== undefined) body.append(rowElement(row, at === first))
    }
  }
  const head = (title: string): HTMLTableCellElement => {
    const made = element('th', {}, title)
    made.scope = 'col'
    return made
  }
  const heads = [
    element('td', { className: 'pointer' }),
    element('td', { className: 'at' }),
    head('expected'),
    element('td', { className: 'at' }),
    head('seen'),
  ]
  return element(
    'table',
    { className: 'difference' },
    element('thead', {}, element('tr', {}, ...heads)),
    body,
  )
}
