import { targetName } from '../describe.ts'
import type { RunRecord } from '../record.ts'
import type { Score } from '../score.ts'
import {
  conformanceFigure,
  type Figure,
  type MatrixRow,
  parityFigure,
  type ScoreMatrix,
  scoreMatrix,
} from '../score-matrix.ts'
import { visible } from '../visible.ts'
import { cutTo, displayWidth, inks, padEnd, padStart, type TerminalView } from './terminal.ts'

const inkOf = {
  none: 'dim',
  full: 'green',
  failing: 'red',
  expected: 'yellow',
  unable: 'yellow',
} as const satisfies Record<Figure['state'], string>

type Column = { readonly title: string; readonly of: (row: MatrixRow) => Score | undefined }

/** Columns in bands no wider than the view, each band with the names of the rows before it. */
function bands(columns: readonly Column[], widths: readonly number[], room: number): Column[][] {
  const found: Column[][] = []
  let left = 0
  for (const [at, column] of columns.entries()) {
    const width = (widths[at] ?? 0) + 2
    if (found.length === 0 || width > left) {
      found.push([])
      left = room
    }
    found.at(-1)?.push(column)
    left -= width
  }
  return found
}

function table(
  title: string,
  figure: (score: Score | undefined) => Figure,
  matrix: ScoreMatrix,
  view: TerminalView,
): string[] {
  const ink = inks(view.colour)
  const columns: Column[] = [
    { title: 'all', of: (row) => row.total },
    ...matrix.chapters.map((chapter) => ({
      title: visible(chapter),
      of: (row: MatrixRow) => row.chapters.get(chapter),
    })),
  ]
  const most = Math.floor(view.columns / 2)
  const names = matrix.rows.map((row) => cutTo(visible(targetName(row)), most))
  const nameWidth = Math.max(...names.map(displayWidth))
  const room = view.columns - nameWidth
  const widthOf = (column: Column): number =>
    Math.min(
      room - 2,
      Math.max(
        displayWidth(column.title),
        ...matrix.rows.map((row) => displayWidth(figure(column.of(row)).text)),
      ),
    )
  const widths = new Map(columns.map((column) => [column, widthOf(column)]))

  const lines = [ink.bold(cutTo(title, view.columns))]
  for (const [at, band] of bands(columns, [...widths.values()], room).entries()) {
    if (at > 0) lines.push('')
    const cell = (column: Column, text: string): string => {
      const width = widths.get(column) ?? 0
      return `  ${padStart(cutTo(text, width), width)}`
    }
    const heads = band.map((column) => cell(column, column.title)).join('')
    lines.push(ink.dim(`${' '.repeat(nameWidth)}${heads}`))
    for (const [at, row] of matrix.rows.entries()) {
      const cells = band.map((column) => {
        const found = figure(column.of(row))
        return ink[inkOf[found.state]](cell(column, found.text))
      })
      lines.push(`${padEnd(names[at] ?? '', nameWidth)}${cells.join('')}`)
    }
  }
  return lines
}

/**
 * Subject by chapter, as two tables: the clauses met of those judged, and the answers equal to the
 * followed profile of those held against one. A `·` says that nothing was judged there.
 */
export function renderMatrix(record: RunRecord, view: TerminalView): string[] {
  const matrix = scoreMatrix(record)
  if (matrix.rows.length === 0) return []
  return [
    ...table('Conformance: clauses met', conformanceFigure, matrix, view),
    '',
    ...table('Parity: answers equal to the followed profile', parityFigure, matrix, view),
  ]
}
