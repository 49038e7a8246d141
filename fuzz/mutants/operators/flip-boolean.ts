import { isOfModule, type Operator, replaced } from './operator.ts'

export const flipBoolean: Operator = {
  name: 'flip-boolean',
  does: 'true stands for false, false for true',
  edits: (node, sighted) => {
    const { SyntaxKind: kind } = sighted.ts
    if (isOfModule(node, sighted.ts)) return []
    if (node.kind === kind.TrueKeyword) return [replaced(node, 'false', sighted)]
    return node.kind === kind.FalseKeyword ? [replaced(node, 'true', sighted)] : []
  },
}
