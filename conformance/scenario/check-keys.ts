import type { ClassTable } from './class-facts.ts'
import { found } from './json-fields.ts'
import { KeyReader } from './key-of.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading } from './reading.ts'
import type { Entry, Item, TaggedValue } from './scenario.ts'
import { refuse } from './scenario-error.ts'
import { entryValues, itemValues } from './walk.ts'

/**
 * Makes sure that keys of dicts and members of sets are hashable, and that no two are equal as
 * Python compares them: `1`, `1.0` and `True` are one key.
 */
export function checkKeys(reading: Reading, classes: ClassTable): void {
  const keys = new KeyReader(reading.objects, classes)
  for (const { what, place } of reading.tagged) checkTagged(what, place, keys)
}

function checkTagged(value: TaggedValue, place: Place, keys: KeyReader): void {
  if ('set' in value) checkMembers(value.set, at(place, 'set'), keys)
  else if ('frozenset' in value) checkMembers(value.frozenset, at(place, 'frozenset'), keys)
  else if ('dict' in value) checkEntries(value.dict, at(place, 'dict'), keys)
  else if ('nest' in value && value.in === 'frozenset') keys.keyOf(value.of, at(place, 'of'))
  else if ('instance' in value && value.entries !== undefined) {
    checkEntries(value.entries, at(place, 'entries'), keys)
  }
}

function checkMembers(items: readonly Item[], place: Place, keys: KeyReader): void {
  const seen = new SeenKeys()
  for (const [index, item] of items.entries()) {
    const here = at(place, index)
    if (typeof item === 'object' && item !== null && 'range' in item) {
      seen.addRange(item.range, here)
      continue
    }
    const repeat = typeof item === 'object' && item !== null && 'repeat' in item ? item.repeat : 1
    const inside = repeat === 1 ? here : at(here, 'of')
    for (const value of itemValues(item)) {
      // Two are enough to find out whether a repeated member equals itself.
      for (let time = 0; time < Math.min(repeat, 2); time += 1) {
        seen.add(keys.keyOf(value, inside), found(value), inside)
      }
    }
  }
}

function checkEntries(entries: readonly Entry[], place: Place, keys: KeyReader): void {
  const seen = new SeenKeys()
  for (const [index, entry] of entries.entries()) {
    const here = at(place, index)
    if ('range' in entry) {
      seen.addRange(entry.range, here)
      continue
    }
    const [key = null] = entryValues(entry)
    seen.add(keys.keyOf(key, at(here, 0)), found(key), at(here, 0))
  }
}

type Range = readonly [number, number]

/** The keys of one container; ranges of ints stay ranges. */
class SeenKeys {
  readonly #keys = new Set<string>()
  readonly #ints = new Set<number>()
  readonly #ranges: Range[] = []

  add(key: string, what: string, place: Place): void {
    const int = key.startsWith('i:') ? Number(key.slice(2)) : Number.NaN
    const isSafe = Number.isSafeInteger(int)
    if (this.#keys.has(key) || (isSafe && this.#inRange(int))) {
      refuse(
        place,
        `${what}, which is equal to an earlier one, wanted keys and members that differ`,
      )
    }
    this.#keys.add(key)
    if (isSafe) this.#ints.add(int)
  }

  addRange(range: Range, place: Place): void {
    const [first, end] = range
    const meets = this.#ranges.some(([from, before]) => first < before && from < end)
    if (meets || this.#anyInt(first, end)) {
      refuse(
        place,
        `found a range from ${first} to ${end}, of which one is equal to an earlier key or member, wanted all to differ`,
      )
    }
    if (first < end) this.#ranges.push(range)
  }

  #inRange(int: number): boolean {
    return this.#ranges.some(([from, before]) => from <= int && int < before)
  }

  #anyInt(first: number, end: number): boolean {
    for (const int of this.#ints) if (first <= int && int < end) return true
    return false
  }
}
