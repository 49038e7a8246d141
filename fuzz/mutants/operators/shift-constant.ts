import { isOfModule, type Operator, replaced } from './operator.ts'

/** Not in tables, whose cells are exchanged. */
export const shiftConstant: Operator = {
  name: 'shift-constant',
  does: 'a number is one more',
  edits: (node, sighted) => {
    const { ts, textOf } = sighted
    if (!ts.isNumericLiteral(node) && !ts.isBigIntLiteral(node)) return []
    if (ts.isPropertyAssignment(node.parent) && node.parent.name === node) return []
    const isCell = ts.isArrayLiteralExpression(node.parent) || ts.isPropertyAssignment(node.parent)
    if (isCell && isOfModule(node, ts)) return []
    return [replaced(node, `(${textOf(node)} + 1${ts.isBigIntLiteral(node) ? 'n' : ''})`, sighted)]
  },
}
