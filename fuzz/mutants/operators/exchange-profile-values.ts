import type ts from 'typescript'
import { type Edit, exchanged, type Operator, type Sighted } from './operator.ts'
import { isProfileTable } from './swap-cells.ts'

/** In the table of behaviours: two engines, two releases; or what is documented is not. */
export const exchangeProfileValues: Operator = {
  name: 'exchange-profile-values',
  does: 'an engine or a release behaves as another does',
  edits: (node, sighted) => {
    const { ts, source } = sighted
    if (!isProfileTable(source.fileName)) return []
    if (ts.isArrayLiteralExpression(node)) return exchangedSince([...node.elements], sighted)
    if (!ts.isObjectLiteralExpression(node) || !ts.isCallExpression(node.parent)) return []
    const cell = (name: string): ts.PropertyAssignment | undefined =>
      node.properties.find(
        (one): one is ts.PropertyAssignment =>
          ts.isPropertyAssignment(one) && sighted.textOf(one.name) === name,
      )
    const [c, py, documented] = [cell('c'), cell('py'), cell('documented')]
    if (c === undefined || py === undefined) return []
    return [
      ...(sighted.textOf(c.initializer) === sighted.textOf(py.initializer)
        ? []
        : [exchanged(c.initializer, py.initializer, sighted)]),
      ...(documented === undefined
        ? []
        : [{ start: sighted.startOf(documented.name), end: documented.end, text: '' }]),
    ]
  },
}

/** The values of two entries of a history. */
function exchangedSince(entries: readonly ts.Expression[], sighted: Sighted): Edit[] {
  const { ts, textOf } = sighted
  const values = entries.map((entry) =>
    ts.isArrayLiteralExpression(entry) ? entry.elements[1] : undefined,
  )
  return values.flatMap((value, at) => {
    const next = values[at + 1]
    if (value === undefined || next === undefined || textOf(value) === textOf(next)) return []
    return [exchanged(value, next, sighted)]
  })
}
