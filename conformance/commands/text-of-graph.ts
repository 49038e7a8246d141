import type { ValueGraph } from '../../reference/index.ts'

/** Deeper than this a graph is printed as a table. */
const deepest = 60
/** What fits into a line is not broken. */
const widest = 100

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * A graph as a scenario value that a person reads: each object where it is first met, with an `id` if
 * it is met again. The scenario parser takes it, unless there are objects that only loads make. A graph
 * that is very deep is its table of objects, a line for each.
 */
export function textOfGraph(graph: ValueGraph): string {
  const shared = sharedObjects(graph)
  const nested = nestedValue(graph, shared)
  if (nested !== undefined) return pretty(nested, '')
  const objects = graph.objects.map((object, at) => `${at}: ${JSON.stringify(object)}`)
  return [JSON.stringify(graph.value), ...objects].join('\n')
}

/** The number that a leaf refers to. */
function numberAt(leaf: Json): number | undefined {
  const isReference =
    typeof leaf === 'object' && leaf !== null && !Array.isArray(leaf) && 'at' in leaf
  return isReference ? Number((leaf as { readonly at: Json }).at) : undefined
}

/** The objects that more than one place refers to, or that contain themselves. */
function sharedObjects({ value, objects }: ValueGraph): ReadonlySet<number> {
  const met = new Set<number>()
  const shared = new Set<number>()
  const pending: Json[] = [value as Json, ...(objects as readonly Json[])]
  for (let json = pending.pop(); json !== undefined; json = pending.pop()) {
    const at = numberAt(json)
    if (at !== undefined) {
      if (met.has(at)) shared.add(at)
      met.add(at)
    } else if (typeof json === 'object' && json !== null) pending.push(...Object.values(json))
  }
  return shared
}

/** undefined for a graph that is too deep. */
function nestedValue(
  { value, objects }: ValueGraph,
  shared: ReadonlySet<number>,
): Json | undefined {
  const defined = new Set<number>()
  let isTooDeep = false
  const nest = (json: Json, depth: number): Json => {
    if (depth > deepest * 3 || isTooDeep) {
      isTooDeep = true
      return null
    }
    if (typeof json !== 'object' || json === null) return json
    const at = numberAt(json)
    if (at === undefined) {
      if (Array.isArray(json)) return json.map((item) => nest(item, depth + 1))
      const pairs = Object.entries(json).map(([key, part]) => [key, nest(part, depth + 1)] as const)
      return Object.fromEntries(pairs)
    }
    if (defined.has(at)) return { ref: `o${at}` }
    defined.add(at)
    const object = nest(objects[at] as Json, depth)
    return shared.has(at) ? { id: `o${at}`, ...(object as object) } : object
  }
  const nested = nest(value as Json, 0)
  return isTooDeep ? undefined : nested
}

/** JSON with lines that are broken where they are long. */
function pretty(json: Json, indent: string): string {
  const line = oneLine(json)
  if (indent.length + line.length <= widest || typeof json !== 'object' || json === null)
    return line
  const inner = `${indent}  `
  if (Array.isArray(json)) {
    const items = json.map((item) => `${inner}${pretty(item, inner)}`)
    return `[\n${items.join(',\n')}\n${indent}]`
  }
  const parts = Object.entries(json).map(
    ([key, part]) => `${inner}${JSON.stringify(key)}: ${pretty(part, inner)}`,
  )
  return `{\n${parts.join(',\n')}\n${indent}}`
}

function oneLine(json: Json): string {
  if (Array.isArray(json)) return `[${json.map(oneLine).join(', ')}]`
  if (typeof json !== 'object' || json === null) return JSON.stringify(json)
  const parts = Object.entries(json).map(
    ([key, part]) => `${JSON.stringify(key)}: ${oneLine(part)}`,
  )
  return `{${parts.join(', ')}}`
}
