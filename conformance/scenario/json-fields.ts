import type { Place } from './place.ts'
import { at } from './place.ts'
import { refuse } from './scenario-error.ts'

/** How deep arrays and objects may stand in one another in a document. */
export const maximalJsonDepth = 200

/** An object of JSON whose fields are still to be read. */
export type Fields = { readonly [name: string]: unknown }

/** Says what stands at a place, for the first half of an error. */
export function found(json: unknown): string {
  if (json === null) return 'found null'
  switch (typeof json) {
    case 'string':
      return `found the text ${shortened(JSON.stringify(json))}`
    case 'number':
      return `found the number ${json}`
    case 'boolean':
      return `found ${json}`
    case 'object':
      return Array.isArray(json) ? `found a list of ${json.length}` : foundObject(json)
    case 'undefined':
      return 'found nothing'
    default:
      return `found a ${typeof json}, which is no JSON`
  }
}

function foundObject(json: object): string {
  const names = Object.keys(json)
    .filter((name) => name !== 'node')
    .map((name) => JSON.stringify(name))
  if (names.length === 0) return 'found an empty object'
  return `found an object with ${shortened(names.join(', '))}`
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  const last = names.at(-1) ?? 'nothing'
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`
}

/** Refuses an array or object that stands too deep. */
export function checkDepth(place: Place): void {
  if (place.depth > maximalJsonDepth) {
    refuse(
      place,
      `found JSON deeper than ${maximalJsonDepth} levels, wanted at most that; {"nest":n,"in":"list","of":value} makes deep values`,
    )
  }
}

/** An object of JSON, whatever its fields. */
export function readAnyFields(json: unknown, place: Place, wanted: string): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    refuse(place, `${found(json)}, wanted ${wanted}`)
  }
  checkDepth(place)
  // An object that is neither null nor a list has fields and nothing else.
  return json as Fields
}

/** Refuses a field whose name is not in the list, and the absence of one that is required. */
export function checkFields(
  fields: Fields,
  place: Place,
  wanted: string,
  allowed: readonly string[],
  required: readonly string[],
): void {
  for (const name of Object.keys(fields)) {
    if (!allowed.includes(name)) {
      refuse(
        at(place, name),
        `found the unknown field ${JSON.stringify(name)}, wanted ${oneOf(allowed)} in ${wanted}`,
      )
    }
  }
  for (const name of required) {
    if (fields[name] === undefined || !Object.hasOwn(fields, name)) {
      refuse(place, `${found(fields)}, wanted the field ${JSON.stringify(name)} of ${wanted}`)
    }
  }
}

/** An object with these fields only; `required` ones must be there. */
export function readFields(
  json: unknown,
  place: Place,
  wanted: string,
  allowed: readonly string[],
  required: readonly string[] = [],
): Fields {
  const fields = readAnyFields(json, place, wanted)
  checkFields(fields, place, wanted, allowed, required)
  return fields
}

/** A list of JSON. */
export function readList(json: unknown, place: Place, wanted: string): readonly unknown[] {
  if (!Array.isArray(json)) refuse(place, `${found(json)}, wanted ${wanted}`)
  checkDepth(place)
  return json
}

/** A list, each item read by `read`. */
export function readEach<T>(
  json: unknown,
  place: Place,
  wanted: string,
  read: (item: unknown, place: Place) => T,
): readonly T[] {
  return readList(json, place, wanted).map((item, index) => read(item, at(place, index)))
}

/** A list of exactly `length` items. */
export function readTuple(
  json: unknown,
  place: Place,
  wanted: string,
  length: number,
): readonly unknown[] {
  const items = readList(json, place, wanted)
  if (items.length !== length) refuse(place, `${found(json)}, wanted ${wanted}`)
  return items
}

/** A text that is well-formed Unicode. */
export function readText(json: unknown, place: Place, wanted: string): string {
  if (typeof json !== 'string') refuse(place, `${found(json)}, wanted ${wanted}`)
  if (/[\ud800-\udfff]/u.test(json)) {
    refuse(
      place,
      `${found(json)} with a lone surrogate, wanted well-formed Unicode; {"str":[55296]} gives code points`,
    )
  }
  return json
}

/** A text that matches a pattern. */
export function readMatching(json: unknown, place: Place, wanted: string, pattern: RegExp): string {
  const text = readText(json, place, wanted)
  if (!pattern.test(text)) refuse(place, `${found(json)}, wanted ${wanted}`)
  return text
}

/** What stands in a field, or what its absence means. */
export function given(json: unknown, otherwise: unknown): unknown {
  return json === undefined ? otherwise : json
}

/** One text of a closed list. */
export function readChoice<T extends string>(
  json: unknown,
  place: Place,
  choices: readonly T[],
): T {
  const choice = choices.find((one) => one === json)
  if (choice === undefined) refuse(place, `${found(json)}, wanted ${oneOf(choices)}`)
  return choice
}

export function readBoolean(json: unknown, place: Place): boolean {
  if (typeof json !== 'boolean') refuse(place, `${found(json)}, wanted true or false`)
  return json
}

/** An integer from `least` to `most`, both included. */
export function readInteger(json: unknown, place: Place, least: number, most: number): number {
  if (!Number.isSafeInteger(json) || Number(json) < least || Number(json) > most) {
    refuse(place, `${found(json)}, wanted an integer from ${least} to ${most}`)
  }
  return Number(json) || 0
}

/** Hexadecimal digits in pairs, lower-cased. */
export function readHex(json: unknown, place: Place): string {
  const text = readText(json, place, 'hexadecimal digits')
  if (text.length % 2 !== 0 || /[^0-9a-fA-F]/.test(text)) {
    refuse(place, `${found(json)}, wanted hexadecimal digits in pairs`)
  }
  return text.toLowerCase()
}
