import type ts from 'typescript'
import type { TypeScript } from '../typescript.ts'
import {
  type Edit,
  exchanged,
  few,
  hashOf,
  isOfModule,
  type Operator,
  type Sighted,
} from './operator.ts'

/** So many pairs of neighbours of a literal; one table is not to be all there is. */
const pairsOfLiteral = 4

/** So many lines of a table that is one text. */
const linesOfText = 6

/** In what a module holds for all its functions; the table of profiles has operators of its own. */
export const swapCells: Operator = {
  name: 'swap-cells',
  does: 'two cells of a table stand each in the place of the other',
  edits: (node, sighted) => {
    const { ts, source } = sighted
    if (!isOfModule(node, ts) || isProfileTable(source.fileName)) return []
    if (ts.isArrayLiteralExpression(node)) return neighbours(secondCells(node, ts), sighted)
    if (ts.isObjectLiteralExpression(node)) {
      const values = node.properties.flatMap((one) =>
        ts.isPropertyAssignment(one) && !isProse(one, sighted) ? [one.initializer] : [],
      )
      return neighbours(values, sighted)
    }
    return ts.isNoSubstitutionTemplateLiteral(node) ? textRows(node, sighted) : []
  },
}

export const isProfileTable = (fileName: string): boolean => fileName.endsWith('/behaviours.ts')

/** What is said for people only. */
function isProse({ name }: ts.PropertyAssignment, { textOf }: Sighted): boolean {
  return ['says', 'because', 'link', 'clause'].includes(textOf(name))
}

/** Of rows in a list: what stands behind their keys. */
function secondCells({ elements }: ts.ArrayLiteralExpression, ts: TypeScript): ts.Expression[] {
  return elements.flatMap((row) => {
    const second = ts.isArrayLiteralExpression(row) ? row.elements[1] : undefined
    return second === undefined ? [] : [second]
  })
}

function neighbours(cells: readonly ts.Expression[], sighted: Sighted): Edit[] {
  const { ts, textOf } = sighted
  const pairs = cells.flatMap((cell, at) => {
    const next = cells[at + 1]
    if (next === undefined || ts.isSpreadElement(cell) || ts.isSpreadElement(next)) return []
    return textOf(cell) === textOf(next) ? [] : [exchanged(cell, next, sighted)]
  })
  return few(pairs, pairsOfLiteral, ({ text }) => text)
}

/** Of a text with a row on each line: two fields of a row are exchanged, or one of a list left out. */
function textRows(node: ts.NoSubstitutionTemplateLiteral, { startOf, textOf }: Sighted): Edit[] {
  const edits: Edit[] = []
  let start = startOf(node)
  for (const line of textOf(node).split('\n')) {
    const edit = line.includes('|') ? fieldsExchanged(line) : wordDropped(line)
    if (edit !== undefined) {
      edits.push({ start: start + edit.start, end: start + edit.end, text: edit.text })
    }
    start += line.length + 1
  }
  return edits.length < 2 ? [] : few(edits, linesOfText, ({ text, end }) => `${text}${end}`)
}

function fieldsExchanged(line: string): Edit | undefined {
  const pairs = [...line.matchAll(/(?<=\||^)([^|`]+)\|(?=([^|`]+))/g)].flatMap((match) => {
    const [, first = '', second = ''] = match
    const end = match.index + match[0].length + second.length
    return first === second ? [] : [{ start: match.index, end, text: `${second}|${first}` }]
  })
  return pairs[hashOf(line) % Math.max(1, pairs.length)]
}

function wordDropped(line: string): Edit | undefined {
  const words = [...line.matchAll(/[^\s`]+/g)]
  const word = words[hashOf(line) % Math.max(1, words.length)]
  if (word === undefined) return undefined
  return { start: word.index, end: word.index + word[0].length, text: '' }
}
