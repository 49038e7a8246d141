import { targetName } from '../describe.ts'
import { standingOf } from '../failures.ts'
import type { RunRecord } from '../record.ts'
import { conformanceFigure, parityFigure, scoreMatrix, targetKey } from '../score-matrix.ts'
import { visible } from '../visible.ts'
import { incompleteness } from './console.ts'

const begin = '<!-- results -->'
const end = '<!-- /results -->'

/** The text is not one that a results table can stand in, or the table is not one of ours. */
export class MarkdownError extends Error {
  override readonly name = 'MarkdownError'
}

const entities: ReadonlyMap<string, string> = new Map([
  ['|', '&#124;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['&', '&amp;'],
])

/** Text that Markdown leaves alone, in a table too. */
function md(text: string): string {
  return visible(text).replace(
    /[\\`*_[\]<>&|~$]/g,
    (character) => entities.get(character) ?? `\\${character}`,
  )
}

const columns = ['subject', 'version', 'conformance', 'parity', 'failing', 'failing as expected']

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/**
 * The results as a Markdown table, one engine a row: clauses met of those judged, answers equal to
 * the followed profile of those held against one, answers that fail. Under it, how it was made.
 */
export function renderMarkdown(record: RunRecord): string {
  const { header } = record
  const versions = new Map(
    header.subjects.map((subject) => [
      subject.id,
      'profile' in subject ? subject.profile.version : '',
    ]),
  )
  const tallies = new Map<string, { failing: number; expected: number }>()
  for (const line of record.verdicts) {
    const key = targetKey(line)
    const tally = tallies.get(key) ?? { failing: 0, expected: 0 }
    const standing = standingOf(line)
    if (standing === 'failing' || standing === 'unexpected-pass') tally.failing += 1
    if (standing === 'expected') tally.expected += 1
    tallies.set(key, tally)
  }
  const rows = scoreMatrix(record).rows.map((one) => {
    const tally = tallies.get(targetKey(one))
    return row([
      md(targetName(one)),
      md(versions.get(one.subject) ?? ''),
      conformanceFigure(one.total).text,
      parityFigure(one.total).text,
      `${tally?.failing ?? 0}`,
      `${tally?.expected ?? 0}`,
    ])
  })
  const incomplete = incompleteness(record)
  const { machine } = header
  return [
    row(columns),
    row(['---', '---', '---:', '---:', '---:', '---:']),
    ...rows,
    '',
    `Conformance: clauses met of those judged. Parity: answers equal to the followed profile. Measured by \`picklespec run\` ${md(header.picklespec)} on ${header.started.slice(0, 10)}, Node ${md(machine.node)}, ${md(machine.os)}, ${md(machine.cpu)}.`,
    ...(incomplete === undefined ? [] : ['', `**${incomplete}**`]),
    '',
  ].join('\n')
}

function between(text: string): { readonly from: number; readonly to: number } {
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from === -1 || to === -1) throw new MarkdownError(`found no ${begin} … ${end}, wanted one`)
  if (to < from) throw new MarkdownError(`found ${end} before ${begin}, wanted it behind`)
  if (text.indexOf(begin, from + 1) !== -1 || text.indexOf(end, to + 1) !== -1) {
    throw new MarkdownError(`found ${begin} … ${end} twice, wanted it once`)
  }
  return { from: from + begin.length, to }
}

/**
 * The document with the results between its markers replaced.
 *
 * @throws {MarkdownError} when the document does not have each marker once, in order
 */
export function replaceResults(document: string, results: string): string {
  const { from, to } = between(document)
  return `${document.slice(0, from)}\n${results.trimEnd()}\n${document.slice(to)}`
}

/** A row of the results as it stands in a document. */
export type ResultRow = {
  readonly subject: string
  readonly version: string
  readonly conformance: string
  readonly parity: string
  readonly failing: number
  readonly expected: number
}

const figurePattern = /^(?:·|(\d+)\/(\d+))$/

function checkFigure(figure: string, line: string): string {
  const found = figurePattern.exec(figure)
  if (found === null || Number(found[1] ?? 0) > Number(found[2] ?? 0)) {
    throw new MarkdownError(`found the figure ${figure} in ${line}, wanted n/m with n up to m`)
  }
  return figure
}

function readRow(line: string): ResultRow {
  const cells = line.split('|').map((cell) => cell.trim())
  const [before, subject, version, conformance, parity, failing, expected, after] = cells
  if (
    cells.length !== columns.length + 2 ||
    before !== '' ||
    after !== '' ||
    subject === undefined ||
    subject === '' ||
    version === undefined ||
    conformance === undefined ||
    parity === undefined ||
    !/^\d+$/.test(failing ?? '') ||
    !/^\d+$/.test(expected ?? '')
  ) {
    throw new MarkdownError(`found the row ${line}, wanted ${columns.join(', ')}`)
  }
  return {
    subject,
    version,
    conformance: checkFigure(conformance, line),
    parity: checkFigure(parity, line),
    failing: Number(failing),
    expected: Number(expected),
  }
}

/**
 * Reads the results that stand between the markers of a document; none when nothing has been
 * recorded.
 *
 * @throws {MarkdownError} when the markers or the table are malformed
 */
export function parseResults(document: string): ResultRow[] {
  const { from, to } = between(document)
  const lines = document.slice(from, to).trim().split('\n')
  if (lines.length === 1 && lines[0] === 'Nothing has been recorded here yet.') return []
  const [head, rule, ...rest] = lines
  if (head !== row(columns)) {
    throw new MarkdownError(`found ${head ?? 'nothing'}, wanted the head ${row(columns)}`)
  }
  if (rule === undefined || !/^\|(?: -+:? \|)+$/.test(rule)) {
    throw new MarkdownError(`found ${rule ?? 'nothing'} under the head, wanted its rule`)
  }
  const blank = rest.indexOf('')
  const table = blank === -1 ? rest : rest.slice(0, blank)
  if (table.length === 0) throw new MarkdownError('found a table of no rows, wanted one or more')
  return table.map(readRow)
}
