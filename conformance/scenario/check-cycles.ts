import { findCycle } from './find-cycle.ts'
import { root } from './place.ts'
import type { Reading } from './reading.ts'
import type { TaggedValue, Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'
import { childValues, itemValues } from './walk.ts'

/**
 * Refuses a cycle of immutable objects alone: each needs the others before it can be made. Contents
 * of lists, dicts, sets, iterators and instances come later, so cycles through them are fine.
 */
export function checkCycles({ objects }: Reading): void {
  const cycle = findCycle(objects.keys(), (id) => {
    const object = objects.get(id)
    return object === undefined ? [] : neededIds(object.what)
  })
  const [first] = cycle ?? []
  if (cycle === undefined || first === undefined) return
  const loop = [...cycle, first].map((id) => JSON.stringify(id)).join(' needs ')
  refuse(
    objects.get(first)?.place ?? root,
    `found a cycle of immutable objects, ${loop}, wanted a list, dict, set or attribute on the way`,
  )
}

/**
 * The ids of the objects that must be there before this one can be made. The arguments of an opaque
 * object must be complete, down to the last content.
 */
function neededIds(value: TaggedValue): readonly string[] {
  const ids: string[] = []
  const waiting: { readonly value: Value; readonly complete: boolean }[] = []
  const expand = (one: TaggedValue, complete: boolean): void => {
    const inside = complete || 'opaque' in one
    for (const child of inside ? childValues(one) : immediate(one)) {
      waiting.push({ value: child, complete: inside })
    }
  }
  expand(value, false)
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one.value !== 'object' || one.value === null) continue
    if ('ref' in one.value) ids.push(one.value.ref)
    const id = 'id' in one.value ? one.value.id : undefined
    if (id !== undefined) ids.push(id)
    if (id === undefined || one.complete) expand(one.value, one.complete)
  }
  return ids
}

/** The values that must be there before an immutable value can be made. */
function immediate(value: TaggedValue): readonly Value[] {
  if ('tuple' in value) return value.tuple.flatMap(itemValues)
  if ('frozenset' in value) return value.frozenset.flatMap(itemValues)
  if ('nest' in value) return value.in === 'tuple' || value.in === 'frozenset' ? [value.of] : []
  if ('buffer' in value) return [value.buffer]
  return 'instance' in value && value.of !== undefined ? [value.of] : []
}
