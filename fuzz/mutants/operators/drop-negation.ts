import { conditionOf, type Operator, replaced } from './operator.ts'

/** Within a condition; a whole one is turned round by another operator. */
export const dropNegation: Operator = {
  name: 'drop-negation',
  does: 'a not is left out',
  edits: (node, sighted) => {
    const { ts, textOf } = sighted
    if (!ts.isPrefixUnaryExpression(node)) return []
    if (node.operator !== ts.SyntaxKind.ExclamationToken) return []
    if (conditionOf(node.parent, ts) === node) return []
    return [replaced(node, textOf(node.operand), sighted)]
  },
}
