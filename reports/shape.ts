/**
 * Strict reading of decoded JSON: a reader gives back what it was given, typed, or throws a
 * `ShapeError` that names the place. Unknown fields are errors. Readers never recurse with the
 * depth of the data.
 */

/** What was found is not what is wanted at this place, such as `$.results[2].engine`. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError'
  readonly place: string
  constructor(place: string, message: string) {
    super(`${place}: ${message}`)
    this.place = place
  }
}

/** Reads a value that stands at a place. */
export type Reader<T> = (value: unknown, place: string) => T

type Items<T> = { readonly [K in keyof T]: Reader<T[K]> }

type Fields = { readonly [field: string]: Reader<unknown> }
type Read<R> = R extends Reader<infer T> ? T : never
type Required<F extends Fields> = { readonly [K in keyof F]: Read<F[K]> }
type Optional<F extends Fields> = { readonly [K in keyof F]?: Read<F[K]> }

/** The value in a few words, whatever its depth or length. */
export function describeJson(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object') {
    const keys = Object.keys(value)
    const shown = keys.slice(0, 4).map((key) => JSON.stringify(key.slice(0, 20)))
    return `an object with ${shown.length === 0 ? 'no fields' : shown.join(', ')}${keys.length > 4 ? ', …' : ''}`
  }
  if (typeof value === 'string') {
    return value.length > 40 ? `${JSON.stringify(value.slice(0, 40))}…` : JSON.stringify(value)
  }
  return String(value)
}

/** Gives the place of a field or an item, as a path from the root `$`. */
export function placeOf(place: string, key: string | number): string {
  if (typeof key === 'number') return `${place}[${key}]`
  return /^[A-Za-z_]\w*$/.test(key)
    ? `${place}.${key}`
    : `${place}[${JSON.stringify(key.slice(0, 40))}]`
}

/** Throws the error every reader gives: what was found, where, what was wanted. */
export function unwanted(value: unknown, place: string, wanted: string): never {
  throw new ShapeError(place, `found ${describeJson(value)}, wanted ${wanted}`)
}

export const anything: Reader<unknown> = (value) => value

export const text: Reader<string> = (value, place) =>
  typeof value === 'string' ? value : unwanted(value, place, 'a string')

export const flag: Reader<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : unwanted(value, place, 'true or false')

/** Finite, as JSON's numbers are; at least `least`. */
export function number(least: number): Reader<number> {
  return (value, place) =>
    typeof value === 'number' && Number.isFinite(value) && value >= least
      ? value
      : unwanted(value, place, `a number of at least ${least}`)
}

/** A safe integer from `least` to `most`, both included. */
export function integer(least: number, most: number = Number.MAX_SAFE_INTEGER): Reader<number> {
  const wanted =
    most === Number.MAX_SAFE_INTEGER
      ? `an integer of at least ${least}`
      : `an integer from ${least} to ${most}`
  return (value, place) =>
    Number.isSafeInteger(value) && typeof value === 'number' && value >= least && value <= most
      ? value
      : unwanted(value, place, wanted)
}

/** An even number of lower-case hex digits. */
export const hex: Reader<string> = (value, place) =>
  typeof value === 'string' && value.length % 2 === 0 && /^[0-9a-f]*$/.test(value)
    ? value
    : unwanted(value, place, 'lower-case hex digits, two a byte')

export function oneOf<const T extends string | number | boolean | null>(
  choices: readonly T[],
): Reader<T> {
  const wanted = choices.map((choice) => JSON.stringify(choice)).join(' or ')
  return (value, place) => {
    for (const choice of choices) if (choice === value) return choice
    return unwanted(value, place, wanted)
  }
}

export function nullable<T>(read: Reader<T>): Reader<T | null> {
  return (value, place) => (value === null ? null : read(value, place))
}

export function list<T>(read: Reader<T>, most: number = Number.POSITIVE_INFINITY): Reader<T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) return unwanted(value, place, 'an array')
    if (value.length > most) return unwanted(value, place, `an array of at most ${most}`)
    return value.map((item: unknown, at) => read(item, placeOf(place, at)))
  }
}

/** An array of exactly these items. */
export function row<T extends readonly unknown[]>(...readers: Items<T>): Reader<T> {
  return (value, place) => {
    if (!Array.isArray(value) || value.length !== readers.length) {
      return unwanted(value, place, `an array of ${readers.length}`)
    }
    // One item per reader, in order: the shape of T.
    return readers.map((read, at) => read(value[at], placeOf(place, at))) as unknown as T
  }
}

/** A plain object, its fields not looked at. */
export function objectAt(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return unwanted(value, place, 'an object')
  }
  // Own fields are looked up with hasOwn below, so what JSON calls __proto__ is a field like others.
  return value as Readonly<Record<string, unknown>>
}

/** An object with all of the required fields, any of the optional ones, and no others. */
export function object<
  const R extends Fields,
  const O extends Fields = { readonly [K in never]: never },
>(required: R, optional?: O): Reader<Required<R> & Optional<O>> {
  const needed = new Map<string, Reader<unknown>>(Object.entries(required))
  const allowed = new Map<string, Reader<unknown>>(Object.entries(optional ?? {}))
  return (value, place) => {
    const found = objectAt(value, place)
    const read: [string, unknown][] = []
    for (const [key, reader] of needed) {
      if (!Object.hasOwn(found, key)) throw new ShapeError(place, `the field "${key}" is missing`)
      read.push([key, reader(found[key], placeOf(place, key))])
    }
    for (const key of Object.keys(found)) {
      if (needed.has(key)) continue
      const reader = allowed.get(key)
      if (reader === undefined) {
        throw new ShapeError(placeOf(place, key), 'this field is not known here')
      }
      read.push([key, reader(found[key], placeOf(place, key))])
    }
    // Every required field was read and every other one is one of the optional ones.
    return Object.fromEntries(read) as Required<R> & Optional<O>
  }
}

/** An object whose string field `key` says which of the readers it is for. */
export function byTag<T>(key: string, readers: { readonly [tag: string]: Reader<T> }): Reader<T> {
  const tags = oneOf(Object.keys(readers))
  return (value, place) => {
    const found = objectAt(value, place)
    if (!Object.hasOwn(found, key)) throw new ShapeError(place, `the field "${key}" is missing`)
    const tag = tags(found[key], placeOf(place, key))
    const read = readers[tag]
    return read === undefined ? unwanted(tag, place, key) : read(value, place)
  }
}
