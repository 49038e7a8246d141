import { type Operator, operatorInstead } from './operator.ts'

export const swapArithmetic: Operator = {
  name: 'swap-arithmetic',
  does: 'a sum is a difference, a shift goes the other way, a mask is laid on',
  edits: (node, sighted) => {
    const { SyntaxKind: kind } = sighted.ts
    const instead = new Map([
      [kind.PlusToken, '-'],
      [kind.MinusToken, '+'],
      [kind.AsteriskToken, '+'],
      [kind.LessThanLessThanToken, '>>'],
      [kind.GreaterThanGreaterThanToken, '<<'],
      [kind.GreaterThanGreaterThanGreaterThanToken, '<<'],
      [kind.AmpersandToken, '|'],
      [kind.BarToken, '&'],
      [kind.PlusEqualsToken, '-='],
      [kind.MinusEqualsToken, '+='],
    ])
    return operatorInstead(node, instead, sighted)
  },
}
