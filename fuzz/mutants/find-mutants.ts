import type ts from 'typescript'
import { operators } from './operators/index.ts'
import { type Edit, hashOf, type Operator, type Sighted } from './operators/operator.ts'
import type { TypeScript } from './typescript.ts'

/** A source of the reference with one thing changed. */
export type Mutant = Edit & {
  /** The same while the function it stands in has its name and what is changed its text. */
  readonly id: string
  /** Below the package: `reference/pickler/save.ts`. */
  readonly file: string
  readonly line: number
  readonly operator: string
  /** What stands there, what stands there instead. */
  readonly before: string
  readonly after: string
}

/** A source as operators look at it. */
export function sight(ts: TypeScript, file: string, text: string): Sighted {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)
  const startOf = (node: ts.Node): number => node.getStart(source)
  return { ts, source, startOf, textOf: (node) => text.slice(startOf(node), node.end) }
}

/** Everything that the operators make of a source, in the order of the text. */
export function findMutants(
  ts: TypeScript,
  file: string,
  text: string,
  using: readonly Operator[] = operators,
): Mutant[] {
  const sighted = sight(ts, file, text)
  const mutants: Mutant[] = []
  const met = new Map<string, number>()

  function visit(node: ts.Node, within: string): void {
    if (isOfTypes(node, ts)) return
    const name = nameOf(node, sighted) ?? within
    for (const operator of using) {
      for (const edit of operator.edits(node, sighted)) {
        const mutant = mutantOf(sighted, edit, operator.name, name)
        const count = (met.get(mutant.id) ?? 0) + 1
        met.set(mutant.id, count)
        mutants.push(count === 1 ? mutant : { ...mutant, id: `${mutant.id}:${count}` })
      }
    }
    ts.forEachChild(node, (child) => visit(child, name))
  }

  ts.forEachChild(sighted.source, (child) => visit(child, ''))
  return mutants.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** An edit with its name and place. */
export function mutantOf(
  { source }: Sighted,
  { start, end, text }: Edit,
  operator: string,
  within: string,
): Mutant {
  const file = source.fileName
  const before = source.text.slice(start, end)
  const hash = hashOf(`${before}\0${text}`).toString(16).padStart(8, '0')
  const line = source.getLineAndCharacterOfPosition(start).line + 1
  const place = [file.replace(/^reference\//, ''), within].filter((part) => part !== '').join(':')
  return {
    id: `${place}:${operator}:${hash}`,
    file,
    line,
    operator,
    before,
    after: text,
    start,
    end,
    text,
  }
}

/** What the removal of types takes away, and imports. */
function isOfTypes(node: ts.Node, ts: TypeScript): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node)
  )
}

/** The name that a function or a constant gives to what stands in it. */
function nameOf(node: ts.Node, { ts, textOf }: Sighted): string | undefined {
  const isNaming =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isPropertyDeclaration(node) ||
    (ts.isVariableDeclaration(node) && isTop(node, ts))
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  if (ts.isClassDeclaration(node) && node.name !== undefined) return textOf(node.name)
  return isNaming && node.name !== undefined ? textOf(node.name) : undefined
}

function isTop(node: ts.VariableDeclaration, ts: TypeScript): boolean {
  return ts.isSourceFile(node.parent.parent.parent)
}

/** The text of the source with the mutant in it. */
export function withEdit(text: string, { start, end, text: instead }: Edit): string {
  return text.slice(0, start) + instead + text.slice(end)
}
