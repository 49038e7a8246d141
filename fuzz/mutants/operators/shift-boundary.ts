import { type Operator, operatorInstead } from './operator.ts'

export const shiftBoundary: Operator = {
  name: 'shift-boundary',
  does: 'what is compared may be equal, or may no more',
  edits: (node, sighted) => {
    const { SyntaxKind: kind } = sighted.ts
    const instead = new Map([
      [kind.LessThanToken, '<='],
      [kind.LessThanEqualsToken, '<'],
      [kind.GreaterThanToken, '>='],
      [kind.GreaterThanEqualsToken, '>'],
    ])
    return operatorInstead(node, instead, sighted)
  },
}
