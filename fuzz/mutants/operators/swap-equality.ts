import { conditionOf, type Operator, operatorInstead } from './operator.ts'

/** Within a condition; a whole one is turned round by another operator. */
export const swapEquality: Operator = {
  name: 'swap-equality',
  does: 'what is to be the same is to be another',
  edits: (node, sighted) => {
    const { ts } = sighted
    if (conditionOf(node.parent, ts) === node) return []
    const instead = new Map([
      [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
      [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
    ])
    return operatorInstead(node, instead, sighted)
  },
}
