import { readEach, readText, readTuple } from './json-fields.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading, Scope } from './reading.ts'
import type { Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'

/** A name and a value. */
export type Pair = readonly [string, Value]

/** Reads names with their values; each name may stand once. */
export function parsePairs(
  reading: Reading,
  json: unknown,
  place: Place,
  scope: Scope,
  readName: (json: unknown, place: Place) => string,
): readonly Pair[] {
  const names = new Set<string>()
  return readEach(json, place, 'a list of pairs of a name and a value', (pair, here) => {
    const [nameJson, value] = readTuple(pair, here, 'a pair of a name and a value', 2)
    const name = readName(nameJson, at(here, 0))
    if (names.has(name)) {
      refuse(at(here, 0), `found the name ${JSON.stringify(name)} again, wanted each name once`)
    }
    names.add(name)
    return [name, reading.parsers.value(reading, value, at(here, 1), scope)]
  })
}

/** Reads a list of names, each of which may stand once. */
export function readNames(
  json: unknown,
  place: Place,
  wanted: string,
  readName: (json: unknown, place: Place) => string,
): readonly string[] {
  const names = new Set<string>()
  return readEach(json, place, wanted, (nameJson, here) => {
    const name = readName(nameJson, here)
    if (names.has(name)) {
      refuse(here, `found ${JSON.stringify(name)} again, wanted each name once`)
    }
    names.add(name)
    return name
  })
}

/** Reads any text of at least one character. */
export function readSomeText(json: unknown, place: Place, wanted: string): string {
  const text = readText(json, place, wanted)
  if (text === '') refuse(place, `found an empty text, wanted ${wanted}`)
  return text
}
