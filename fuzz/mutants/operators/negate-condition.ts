import { conditionOf, type Operator, replaced } from './operator.ts'

/** What was done when it holds is done when it does not. */
export const negateCondition: Operator = {
  name: 'negate-condition',
  does: 'a condition is turned round',
  edits: (node, sighted) => {
    const condition = conditionOf(node, sighted.ts)
    return condition === undefined
      ? []
      : [replaced(condition, `!(${sighted.textOf(condition)})`, sighted)]
  },
}
