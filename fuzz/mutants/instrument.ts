import type ts from 'typescript'
import { type TypeScript, transpiled } from './typescript.ts'

/** What is run together, from `start` to before `end` of a source. */
export type Region = { readonly file: string; readonly start: number; readonly end: number }

/** Where the regions that were run are marked: a byte for each, in the global object. */
export const marksName = 'picklespecRegionsRun'

/**
 * The source without its types, and marking each region when it is run: a statement, the body of an
 * arrow function, either side of a choice. What is run when the module is loaded has no mark. The
 * regions found are put behind those there are; a region is marked at its place in the list.
 */
export function instrumented(
  typescript: TypeScript,
  file: string,
  text: string,
  regions: Region[],
): string {
  const code = transpiled(typescript, text, {
    before: [(context) => (source) => marked(typescript, context, file, source, regions)],
  })
  return `const $run = globalThis.${marksName};\n${code}`
}

function marked(
  ts: TypeScript,
  context: ts.TransformationContext,
  file: string,
  source: ts.SourceFile,
  regions: Region[],
): ts.SourceFile {
  const { factory } = context

  function mark(node: ts.Node): ts.Expression {
    regions.push({ file, start: node.getStart(source), end: node.end })
    return factory.createAssignment(
      factory.createElementAccessExpression(factory.createIdentifier('$run'), regions.length - 1),
      factory.createNumericLiteral(1),
    )
  }

  function markedExpression(node: ts.Expression): ts.Expression {
    const first = mark(node)
    return factory.createParenthesizedExpression(
      factory.createComma(first, ts.visitNode(node, visit, ts.isExpression)),
    )
  }

  function markedStatements(statements: readonly ts.Statement[]): ts.Statement[] {
    return statements.flatMap((one) => {
      const isMarked = !ts.isFunctionDeclaration(one) && !ts.isClassDeclaration(one)
      const first = isMarked ? [factory.createExpressionStatement(mark(one))] : []
      return [...first, ts.visitNode(one, visit, ts.isStatement)]
    })
  }

  function branch(node: ts.Statement): ts.Statement {
    return ts.isBlock(node)
      ? ts.visitNode(node, visit, ts.isStatement)
      : factory.createBlock(markedStatements([node]))
  }

  function visit(node: ts.Node): ts.Node {
    if (ts.isTypeNode(node)) return node
    if (ts.isBlock(node)) return factory.updateBlock(node, markedStatements(node.statements))
    if (ts.isCaseClause(node)) {
      const expression = ts.visitNode(node.expression, visit, ts.isExpression)
      return factory.updateCaseClause(node, expression, markedStatements(node.statements))
    }
    if (ts.isDefaultClause(node)) {
      return factory.updateDefaultClause(node, markedStatements(node.statements))
    }
    if (ts.isIfStatement(node)) {
      const condition = ts.visitNode(node.expression, visit, ts.isExpression)
      const { elseStatement } = node
      const otherwise = elseStatement === undefined ? undefined : branch(elseStatement)
      return factory.updateIfStatement(node, condition, branch(node.thenStatement), otherwise)
    }
    if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isWhileStatement(node)) {
      const { statement } = node
      return ts.visitEachChild(
        node,
        (child) => (child === statement ? branch(statement) : visit(child)),
        context,
      )
    }
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
      const { body } = node
      return ts.visitEachChild(
        node,
        (child) => (child === body ? markedExpression(body) : visit(child)),
        context,
      )
    }
    if (ts.isPropertyDeclaration(node) || ts.isParameter(node)) {
      const { initializer } = node
      return ts.visitEachChild(
        node,
        (child) => (child === initializer ? markedExpression(initializer) : visit(child)),
        context,
      )
    }
    if (ts.isConditionalExpression(node)) {
      return factory.updateConditionalExpression(
        node,
        ts.visitNode(node.condition, visit, ts.isExpression),
        node.questionToken,
        markedExpression(node.whenTrue),
        node.colonToken,
        markedExpression(node.whenFalse),
      )
    }
    if (ts.isBinaryExpression(node) && isOfChoice(node.operatorToken.kind, ts)) {
      return factory.updateBinaryExpression(
        node,
        ts.visitNode(node.left, visit, ts.isExpression),
        node.operatorToken,
        markedExpression(node.right),
      )
    }
    return ts.visitEachChild(node, visit, context)
  }

  const statements = source.statements.map((one) => ts.visitNode(one, visit, ts.isStatement))
  return factory.updateSourceFile(source, statements)
}

function isOfChoice(kind: ts.SyntaxKind, { SyntaxKind }: TypeScript): boolean {
  return [
    SyntaxKind.AmpersandAmpersandToken,
    SyntaxKind.BarBarToken,
    SyntaxKind.QuestionQuestionToken,
  ].includes(kind)
}

/** The place of the smallest region around it; undefined for what is run when a module is loaded. */
export function regionOf(
  regions: readonly Region[],
  { file, start, end }: Region,
): number | undefined {
  let smallest: number | undefined
  let size = Number.POSITIVE_INFINITY
  for (const [at, region] of regions.entries()) {
    if (region.file !== file || region.start > start || region.end < end) continue
    if (region.end - region.start >= size) continue
    smallest = at
    size = region.end - region.start
  }
  return smallest
}
