import type ts from 'typescript'
import type { TypeScript } from '../typescript.ts'
import { hashOf, isOfModule, type Operator } from './operator.ts'

/** Of so many messages one is changed: they are many, and all alike to a judge. */
const oneOf = 4

/** Texts of several words, where they are thrown or told. */
export const changeMessage: Operator = {
  name: 'change-message',
  does: 'a message says something else',
  edits: (node, { ts, startOf, textOf }) => {
    const isText =
      ts.isStringLiteral(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateExpression(node)
    if (!isText || isOfModule(node, ts)) return []
    const text = textOf(node)
    if (!isTold(node, ts) || !/\w+ .*\w/.test(text) || hashOf(text) % oneOf !== 0) return []
    const start = startOf(node) + 1
    return [{ start, end: start, text: 'Not so: ' }]
  },
}

/** Behind a throw, or given to a call that is returned. */
function isTold(node: ts.Node, ts: TypeScript): boolean {
  for (let one = node.parent; one !== undefined; one = one.parent) {
    if (ts.isThrowStatement(one) || ts.isNewExpression(one)) return true
    if (ts.isStatement(one) && !ts.isReturnStatement(one)) return false
    if (ts.isFunctionLike(one)) return ts.isArrowFunction(one)
  }
  return false
}
