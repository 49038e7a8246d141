import {
  type Fields,
  found,
  readEach,
  readFields,
  readInteger,
  readText,
  readTuple,
} from './json-fields.ts'
import { namePattern, plainNestKinds } from './names.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading, Scope } from './reading.ts'
import type { Entry, Item, NestKind, Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'

/** The most items of one `repeat` or `range`, and the most containers of one `nest`. */
export const maximalCount = 10 ** 6

/** Inside `repeat` and `nest` a value is evaluated again and again. */
export function repeated(scope: Scope): Scope {
  return scope === 'once' ? 'again' : scope
}

function has(json: unknown, name: string): boolean {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
}

/** Reads the items of a sequence, a set or an iterator. */
export function parseItems(
  reading: Reading,
  json: unknown,
  place: Place,
  scope: Scope,
): readonly Item[] {
  return readEach(json, place, 'a list of values', (item, here) => {
    if (has(item, 'repeat')) return parseRepeat(reading, item, here, scope)
    if (has(item, 'range')) {
      const fields = readFields(item, here, 'a range of items', ['range'])
      return { range: readRange(reading, fields['range'], at(here, 'range')) }
    }
    return reading.parsers.value(reading, item, here, scope)
  })
}

function parseRepeat(reading: Reading, item: unknown, place: Place, scope: Scope): Item {
  const names = ['repeat', 'of']
  const fields = readFields(item, place, 'a repeated item', names, names)
  const repeat = readInteger(fields['repeat'], at(place, 'repeat'), 0, maximalCount)
  const of = reading.repeatedly(repeat, () =>
    reading.parsers.value(reading, fields['of'], at(place, 'of'), repeated(scope)),
  )
  return { repeat, of }
}

function readRange(reading: Reading, json: unknown, place: Place): readonly [number, number] {
  const wanted = 'a list of the first integer and the one after the last'
  const [first, end] = readTuple(json, place, wanted, 2)
  const most = Number.MAX_SAFE_INTEGER
  const from = readInteger(first, at(place, 0), -most, most)
  const before = readInteger(end, at(place, 1), -most, most)
  if (before < from)
    refuse(place, `found a range from ${from} to ${before}, wanted one that ascends`)
  if (before - from > maximalCount) {
    refuse(place, `found a range of ${before - from} ints, wanted at most ${maximalCount}`)
  }
  reading.countObjects(before - from, place)
  return [from, before]
}

/** Reads the entries of a dict. */
export function parseEntries(
  reading: Reading,
  json: unknown,
  place: Place,
  scope: Scope,
): readonly Entry[] {
  const value = (item: unknown, here: Place, inside: Scope): Value =>
    reading.parsers.value(reading, item, here, inside)
  return readEach(json, place, 'a list of pairs', (entry, here) => {
    if (has(entry, 'range')) {
      const names = ['range', 'value']
      const fields = readFields(entry, here, 'a range of keys', names, names)
      const range = readRange(reading, fields['range'], at(here, 'range'))
      const held = reading.repeatedly(range[1] - range[0], () =>
        value(fields['value'], at(here, 'value'), repeated(scope)),
      )
      return { range, value: held }
    }
    const wanted = 'a pair of a key and a value, or {"range":[first,end],"value":value}'
    const [key, held] = readTuple(entry, here, wanted, 2)
    return [value(key, at(here, 0), scope), value(held, at(here, 1), scope)]
  })
}

/** Reads `nest`, `in` and `of`. */
export function parseNest(reading: Reading, fields: Fields, place: Place, scope: Scope) {
  const nest = readInteger(fields['nest'], at(place, 'nest'), 1, maximalCount)
  const kind = readNestKind(fields['in'], at(place, 'in'))
  reading.countObjects(nest, place)
  if (fields['of'] === undefined) refuse(place, `${found(fields)}, wanted the field "of" of a nest`)
  const of = reading.parsers.value(reading, fields['of'], at(place, 'of'), repeated(scope))
  return { nest, in: kind, of }
}

const wantedNest = 'list, dict, tuple, frozenset or "instance:" and the name of a class'

function readNestKind(json: unknown, place: Place): NestKind {
  const text = readText(json, place, wantedNest)
  const plain = plainNestKinds.find((kind) => kind === text)
  if (plain !== undefined) return plain
  const name = text.startsWith('instance:') ? text.slice('instance:'.length) : ''
  if (!namePattern.test(name)) refuse(place, `${found(json)}, wanted ${wantedNest}`)
  return `instance:${name}`
}
