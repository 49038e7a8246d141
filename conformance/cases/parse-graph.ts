import { found, readFields, readList } from '../scenario/json-fields.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'
import type { Place } from '../scenario/place.ts'
import { at } from '../scenario/place.ts'
import { refuse } from '../scenario/scenario-error.ts'

/** What an object of a graph may be: one of these and what stands beside it. */
const kinds: { readonly [kind: string]: readonly string[] } = {
  tuple: [],
  list: [],
  set: [],
  frozenset: [],
  dict: [],
  bytearray: [],
  iterator: [],
  instance: ['member', 'of', 'attributes', 'slots', 'items', 'entries'],
  reduced: ['by', 'arguments', 'keywords', 'done'],
  symbol: ['done'],
  persistent: [],
  buffer: ['readonly', 'stride', 'released'],
  outOfBand: ['readonly'],
  opaque: ['repr'],
}

/**
 * Reads an expected graph, as the README of scenarios writes loaded values; without `objects` there
 * are none. Every object is one of the known kinds, and every number that of an object.
 */
export function parseGraph(json: unknown, place: Place): LoadedGraph {
  const wanted = 'a graph, {"value":…,"objects":[…]}'
  const fields = readFields(json, place, wanted, ['value', 'objects'], ['value'])
  const here = at(place, 'objects')
  const objects =
    fields['objects'] === undefined ? [] : readList(fields['objects'], here, 'a list of objects')
  for (const [index, object] of objects.entries()) checkObject(object, at(here, index))
  checkNumbers([fields['value'], ...objects], place, objects.length)
  // What a subject answers is held against it as JSON.
  return { value: fields['value'], objects } as LoadedGraph
}

function checkObject(json: unknown, place: Place): void {
  const names = typeof json === 'object' && json !== null ? Object.keys(json) : []
  const kind = Object.keys(kinds).find((name) => names.includes(name))
  if (kind === undefined) {
    refuse(place, `${found(json)}, wanted an object with one of ${Object.keys(kinds).join(', ')}`)
  }
  readFields(json, place, `an object with "${kind}"`, [kind, ...(kinds[kind] ?? [])])
}

/** Numbers that objects are referred to by, at any depth. */
function checkNumbers(all: readonly unknown[], place: Place, count: number): void {
  const waiting: unknown[] = [...all]
  for (let one = waiting.pop(); waiting.length > 0 || one !== undefined; one = waiting.pop()) {
    if (typeof one !== 'object' || one === null) continue
    if (!Array.isArray(one) && 'at' in one) {
      const number: unknown = one.at
      if (
        typeof number !== 'number' ||
        !Number.isInteger(number) ||
        number < 0 ||
        number >= count
      ) {
        refuse(place, `found the object ${JSON.stringify(number)}, wanted one of ${count}, from 0`)
      }
    }
    waiting.push(...Object.values(one).filter((inner) => inner !== undefined))
  }
}
