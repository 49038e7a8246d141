import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts'

/** From the root down: names of fields and places in lists. */
type Path = readonly (string | number)[]

/**
 * Scenarios with something left out or made simpler, the greatest cuts first: lists cut in halves and
 * then item by item (steps, classes, rules, items), fields dropped (hooks, tables, settings), values
 * replaced by None or by a value inside them, refs by what they refer to, ints and texts by shorter
 * ones. Each weighs less than the scenario did, so whoever follows them comes to an end. Not all are
 * well formed: the parser knows best.
 */
export function* smaller(scenario: JsonObject): Generator<JsonObject> {
  const most = weight(scenario)
  const seen = new Set<string>()
  for (const [path, json] of breadthFirst(scenario)) {
    for (const edit of edits(json, scenario)) {
      const changed = replaced(scenario, path, edit)
      if (!isJsonObject(changed) || weight(changed) >= most) continue
      const text = JSON.stringify(changed)
      if (seen.has(text)) continue
      seen.add(text)
      yield changed
    }
  }
}

/** How much there is of a scenario: None weighs nothing, so that it is the simplest value. */
export function weight(json: Json): number {
  if (json === null) return 0
  if (typeof json === 'number') return json === 0 ? 1 : 1 + String(json).length
  if (typeof json === 'string') return 1 + json.length
  if (typeof json === 'boolean') return 1
  if (isJsonArray(json)) return json.reduce<number>((sum, item) => sum + weight(item), 1)
  return Object.values(json).reduce<number>((sum, held) => sum + 1 + weight(held), 1)
}

function* breadthFirst(root: Json): Generator<readonly [Path, Json]> {
  const waiting: (readonly [Path, Json])[] = [[[], root]]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    yield next
    const [path, json] = next
    if (isJsonArray(json)) {
      for (const [at, item] of json.entries()) waiting.push([[...path, at], item])
    } else if (isJsonObject(json) && !isOfLibrary(json)) {
      for (const [name, held] of Object.entries(json)) waiting.push([[...path, name], held])
    }
  }
}

/** An object of a library is as it is: what it reduces to follows from its arguments. */
const isOfLibrary = (json: JsonObject): boolean => 'opaque' in json

/** The tree with another value at a path; only what is above it is copied. */
function replaced(json: Json, path: Path, value: Json): Json {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (isJsonArray(json)) {
    return json.map((item, at) => (at === first ? replaced(item, rest, value) : item))
  }
  if (!isJsonObject(json)) return json
  return { ...json, [first]: replaced(json[first] ?? null, rest, value) }
}

function* edits(json: Json, scenario: JsonObject): Generator<Json> {
  if (isJsonArray(json)) yield* withoutItems(json)
  else if (isJsonObject(json)) {
    yield null
    yield* valuesInside(json)
    if (!isOfLibrary(json)) yield* withoutFields(json)
    if (typeof json['ref'] === 'string') yield* referred(json['ref'], scenario)
  } else yield* simplerAtoms(json)
}

/** The list without each half, each quarter, … each item. */
function* withoutItems(list: readonly Json[]): Generator<Json> {
  for (let size = list.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < list.length; from += size) {
      yield [...list.slice(0, from), ...list.slice(from + size)]
    }
  }
}

function* withoutFields(object: JsonObject): Generator<Json> {
  const names = Object.keys(object)
  for (const name of names) {
    const { [name]: _, ...rest } = object
    yield rest
  }
}

/** Values that a value holds, to stand in its place. */
function* valuesInside(object: JsonObject): Generator<Json> {
  for (const held of Object.values(object)) {
    if (isJsonObject(held)) yield held
    else if (isJsonArray(held)) {
      for (const item of held) yield isJsonArray(item) ? (item.at(-1) ?? null) : item
    }
  }
}

/** The object that an id stands for, without the id. */
function* referred(id: string, scenario: JsonObject): Generator<Json> {
  for (const [, json] of breadthFirst(scenario)) {
    if (!isJsonObject(json) || json['id'] !== id) continue
    const { id: _, ...rest } = json
    yield rest
  }
}

function* simplerAtoms(json: Json): Generator<Json> {
  if (json === null) return
  yield null
  if (typeof json === 'number') {
    yield 0
    yield Math.trunc(json / 2)
    yield json - Math.sign(json)
  } else if (typeof json === 'string') {
    yield ''
    yield 'a'
    yield json.slice(0, Math.ceil(json.length / 2))
    yield json.slice(Math.ceil(json.length / 2))
    yield json.slice(1)
  }
}
