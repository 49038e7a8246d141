import type { GraphLeaf, ValueGraph } from './graph.ts'

/**
 * A graph with the members of its sets in the order of their text, numbered anew: equal for graphs that
 * only the order of sets tells apart, which is the interpreter's.
 *
 * Not in the protocol: for those who compare graphs.
 */
export function graphInOrder(graph: ValueGraph): unknown {
  const numbers = new Map<number, number>()
  const queue: number[] = []
  const placed = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(placed)
    if (typeof part !== 'object' || part === null) return part
    if (isPlace(part)) {
      if (!numbers.has(part.at)) numbers.set(part.at, queue.push(part.at) - 1)
      return { at: numbers.get(part.at) }
    }
    const fields = Object.entries(part).sort(byText)
    return Object.fromEntries(fields.map(([name, value]) => [name, placed(sorted(name, value))]))
  }
  const sorted = (name: string, value: unknown): unknown => {
    if ((name !== 'set' && name !== 'frozenset') || !Array.isArray(value)) return value
    // A set's members are leaves.
    const members = value.map((leaf: GraphLeaf) => [leafText(graph, leaf), leaf] as const)
    return members.sort(byText).map(([, leaf]) => leaf)
  }
  const value = placed(graph.value)
  const objects: unknown[] = []
  for (const number of queue) objects.push(placed(graph.objects[number]))
  return { value, objects }
}

type Texted = readonly [text: string, of: unknown]

const byText = ([one]: Texted, [other]: Texted): number => Number(one > other) - Number(one < other)

/** The text of a leaf, of an object what is in it, to a depth. */
function leafText({ objects }: ValueGraph, leaf: GraphLeaf, depth = 3): string {
  if (!isPlace(leaf) || depth === 0) return JSON.stringify(leaf)
  return JSON.stringify(objects[leaf.at], (_, part: unknown) =>
    isPlace(part) ? leafText({ value: null, objects }, part, depth - 1) : part,
  )
}

type Place = { readonly at: number }

/** Whether it is the number of an object; arrays have an `at` of another kind. */
function isPlace(part: unknown): part is Place {
  return typeof part === 'object' && part !== null && 'at' in part && typeof part.at === 'number'
}
