import { few, isOfModule, type Operator } from './operator.ts'
import { isProfileTable } from './swap-cells.ts'

/** So many of a list. */
const cellsOfList = 3

/** Of lists that a module holds: often their order says nothing, while what is missing is missed. */
export const dropCell: Operator = {
  name: 'drop-cell',
  does: 'a cell of a table is left out',
  edits: (node, sighted) => {
    const { ts, source, startOf, textOf } = sighted
    if (!ts.isArrayLiteralExpression(node) || !isOfModule(node, ts)) return []
    if (isProfileTable(source.fileName) || node.elements.length < 2) return []
    const cells = [...node.elements].filter((cell) => !ts.isSpreadElement(cell))
    if (cells.some((cell) => ts.isArrayLiteralExpression(cell))) return []
    // One of a pair is a row cut short.
    if (ts.isArrayLiteralExpression(node.parent)) return []
    const edits = cells.map((cell) => {
      const next = node.elements[node.elements.indexOf(cell) + 1]
      const end = next === undefined ? cell.end : startOf(next)
      return { start: startOf(cell), end, text: '', cell: textOf(cell) }
    })
    return few(edits, cellsOfList, ({ cell }) => cell).map(({ start, end, text }) => ({
      ...{ start, end, text },
    }))
  },
}
