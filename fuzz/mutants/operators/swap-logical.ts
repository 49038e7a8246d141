import { type Operator, operatorInstead } from './operator.ts'

export const swapLogical: Operator = {
  name: 'swap-logical',
  does: 'and stands for or, or for and',
  edits: (node, sighted) => {
    const { SyntaxKind: kind } = sighted.ts
    const instead = new Map([
      [kind.AmpersandAmpersandToken, '||'],
      [kind.BarBarToken, '&&'],
    ])
    return operatorInstead(node, instead, sighted)
  },
}
