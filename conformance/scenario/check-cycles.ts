import type { Noted, Reading } from './reading.ts'
import type { Entry, Item, TaggedValue, Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'

/**
 * Refuses a cycle of immutable objects alone: each needs the others before it can be made. Contents
 * of lists, dicts, sets, iterators and instances come later, so cycles through them are fine.
 */
export function checkCycles(reading: Reading): void {
  const { objects } = reading
  const done = new Set<string>()
  for (const start of objects.keys()) {
    const path = new Set<string>()
    const open: { readonly id: string; readonly needs: readonly string[]; next: number }[] = []
    const enter = (id: string): void => {
      const object = objects.get(id)
      if (object === undefined || done.has(id)) return
      if (path.has(id)) refuseCycle([...path].slice([...path].indexOf(id)), object)
      path.add(id)
      open.push({ id, needs: neededIds(object.what), next: 0 })
    }
    enter(start)
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const need = top.needs[top.next]
      top.next += 1
      if (need !== undefined) {
        enter(need)
      } else {
        done.add(top.id)
        path.delete(top.id)
        open.pop()
      }
    }
  }
}

function refuseCycle(ids: readonly string[], object: Noted<TaggedValue>): never {
  const loop = [...ids, ids[0]].map((id) => JSON.stringify(id)).join(' needs ')
  refuse(
    object.place,
    `found a cycle of immutable objects, ${loop}, wanted a list, dict, set or attribute on the way`,
  )
}

/** The ids of the objects that must be there before this one can be made. */
function neededIds(value: TaggedValue): readonly string[] {
  const ids: string[] = []
  const waiting: Value[] = [...needs(value)]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one !== 'object' || one === null) continue
    if ('ref' in one) ids.push(one.ref)
    else if ('id' in one && one.id !== undefined) ids.push(one.id)
    else waiting.push(...needs(one))
  }
  return ids
}

/** The values that must be there before a value can be made. */
function needs(value: TaggedValue): readonly Value[] {
  if ('tuple' in value) return value.tuple.flatMap(itemValues)
  if ('frozenset' in value) return value.frozenset.flatMap(itemValues)
  if ('nest' in value) return value.in === 'tuple' || value.in === 'frozenset' ? [value.of] : []
  if ('buffer' in value) return [value.buffer]
  if ('opaque' in value) return value.arguments
  if ('instance' in value && value.of !== undefined) return [value.of]
  return []
}

/** The value of an item; a range makes its own. */
export function itemValues(item: Item): readonly Value[] {
  if (typeof item !== 'object' || item === null) return [item]
  if ('range' in item) return []
  return 'repeat' in item ? [item.of] : [item]
}

/** The key and the value of an entry; the keys of a range make themselves. */
export function entryValues(entry: Entry): readonly Value[] {
  return 'value' in entry ? [entry.value] : [entry[0], entry[1]]
}
