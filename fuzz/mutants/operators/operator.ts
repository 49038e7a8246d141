import type ts from 'typescript'
import type { TypeScript } from '../typescript.ts'

/** Text that stands in place of what a source has from `start` to before `end`. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string }

/** A source that is looked at. */
export type Sighted = {
  readonly ts: TypeScript
  readonly source: ts.SourceFile
  /** Where a node begins, behind what is said of it. */
  readonly startOf: (node: ts.Node) => number
  readonly textOf: (node: ts.Node) => string
}

/** A way to break a program. */
export type Operator = {
  readonly name: string
  /** What it does, for people. */
  readonly does: string
  /** What it makes of a node alone, not of those below it; mostly nothing. */
  readonly edits: (node: ts.Node, sighted: Sighted) => readonly Edit[]
}

/** The text of the node, and `text` in its place. */
export function replaced(node: ts.Node, text: string, { startOf }: Sighted): Edit {
  return { start: startOf(node), end: node.end, text }
}

/** Two nodes, each in the place of the other, as one edit. */
export function exchanged(first: ts.Node, second: ts.Node, sighted: Sighted): Edit {
  const { source, startOf, textOf } = sighted
  const between = source.text.slice(first.end, startOf(second))
  return {
    start: startOf(first),
    end: second.end,
    text: `${textOf(second)}${between}${textOf(first)}`,
  }
}

/** Whether the node stands in no function: what is read once, when the module is loaded. */
export function isOfModule(node: ts.Node, ts: TypeScript): boolean {
  for (let one = node.parent; one !== undefined; one = one.parent) {
    if (ts.isFunctionLike(one)) return false
  }
  return true
}

/** What a statement or an expression asks before it goes one way or the other. */
export function conditionOf(node: ts.Node, ts: TypeScript): ts.Expression | undefined {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) {
    return node.expression
  }
  if (ts.isConditionalExpression(node) || ts.isForStatement(node)) return node.condition
  return undefined
}

/** Operators of two sides, and what stands for them. */
export function operatorInstead(
  node: ts.Node,
  instead: ReadonlyMap<ts.SyntaxKind, string>,
  sighted: Sighted,
): readonly Edit[] {
  if (!sighted.ts.isBinaryExpression(node)) return []
  const text = instead.get(node.operatorToken.kind)
  return text === undefined ? [] : [replaced(node.operatorToken, text, sighted)]
}

/** A number of a text that stays while the text does. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** So many of them, chosen by their texts, in their order. */
export function few<T>(all: readonly T[], most: number, textOf: (one: T) => string): T[] {
  const ranked = all.map((one, at) => ({ at, one, rank: hashOf(textOf(one)) }))
  ranked.sort((a, b) => a.rank - b.rank || a.at - b.at)
  return ranked
    .slice(0, most)
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}
