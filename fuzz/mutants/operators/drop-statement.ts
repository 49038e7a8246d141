import type ts from 'typescript'
import type { TypeScript } from '../typescript.ts'
import { isOfModule, type Operator, replaced } from './operator.ts'

/** Calls and assignments, throws, and ways out that carry nothing; a call of `super` has to stay. */
export const dropStatement: Operator = {
  name: 'drop-statement',
  does: 'a statement is left out',
  edits: (node, sighted) => (isDropped(node, sighted.ts) ? [replaced(node, '{}', sighted)] : []),
}

function isDropped(node: ts.Node, ts: TypeScript): boolean {
  if (ts.isThrowStatement(node) || ts.isBreakStatement(node) || ts.isContinueStatement(node)) {
    return true
  }
  if (ts.isReturnStatement(node)) return node.expression === undefined
  if (!ts.isExpressionStatement(node) || isOfModule(node, ts)) return false
  const { expression } = node
  return !(
    ts.isCallExpression(expression) && expression.expression.kind === ts.SyntaxKind.SuperKeyword
  )
}
