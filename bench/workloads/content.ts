import { expandEntries, expandItems, type Scenario, type Value } from '../../conformance/index.ts'

/** How many values of each kind a dump has, kinds in alphabetical order. */
export type Content = Readonly<Record<string, number>>

type Visit = { readonly kind: string; readonly inside: readonly Value[] }

function visit(value: Value): Visit {
  if (value === null) return { kind: 'None', inside: [] }
  if (typeof value === 'boolean') return { kind: 'bool', inside: [] }
  if (typeof value === 'number') return { kind: 'int', inside: [] }
  if (typeof value === 'string' || 'str' in value) return { kind: 'str', inside: [] }
  if ('tuple' in value) return { kind: 'tuple', inside: [...expandItems(value.tuple)] }
  if ('list' in value) return { kind: 'list', inside: [...expandItems(value.list)] }
  if ('dict' in value) return { kind: 'dict', inside: [...expandEntries(value.dict)].flat() }
  if ('instance' in value) {
    const pairs = [...(value.attributes ?? []), ...(value.slots ?? [])]
    return { kind: 'instance', inside: pairs.map(([, content]) => content) }
  }
  const [kind = 'nothing'] = Object.keys(value).filter((key) => key !== 'id' && key !== 'node')
  return { kind, inside: [] }
}

/** Counts what the dump of a workload is made of; a `ref` counts where it stands. */
export function contentOf(scenario: Scenario): Content {
  const counts = new Map<string, number>()
  const queue = scenario.steps.flatMap((step) => ('dump' in step ? [step.dump] : []))
  for (const value of queue) {
    const { kind, inside } = visit(value)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    queue.push(...inside)
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
