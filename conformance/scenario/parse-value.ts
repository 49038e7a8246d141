import {
  checkFields,
  type Fields,
  found,
  given,
  oneOf,
  readAnyFields,
  readBoolean,
  readChoice,
  readInteger,
  readMatching,
  readText,
} from './json-fields.ts'
import { readGlobal, readId, readName } from './names.ts'
import { parseInstance } from './parse-instance.ts'
import { parseEntries, parseItems, parseNest } from './parse-items.ts'
import { parseOpaque } from './parse-opaque.ts'
import { isSingletonBytes, isSingletonStr, parseBytesParts, parseStrParts } from './parse-parts.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading, Scope } from './reading.ts'
import type { TaggedValue, Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'

/** The fields of each tagged value; those that make an object may have an `id` and a `node`. */
// biome-ignore format: a table reads best as a table
const shapes = {
  int:       { makes: true,  fields: ['int'] },
  float:     { makes: true,  fields: ['float'] },
  str:       { makes: true,  fields: ['str'] },
  bytes:     { makes: true,  fields: ['bytes'] },
  bytearray: { makes: true,  fields: ['bytearray'] },
  tuple:     { makes: true,  fields: ['tuple'] },
  list:      { makes: true,  fields: ['list'] },
  set:       { makes: true,  fields: ['set'] },
  frozenset: { makes: true,  fields: ['frozenset'] },
  dict:      { makes: true,  fields: ['dict'] },
  nest:      { makes: true,  fields: ['nest', 'in', 'of'] },
  singleton: { makes: false, fields: ['singleton'] },
  global:    { makes: false, fields: ['global'] },
  class:     { makes: false, fields: ['class'] },
  function:  { makes: false, fields: ['function'] },
  ref:       { makes: false, fields: ['ref'] },
  self:      { makes: false, fields: ['self'] },
  instance:  { makes: true,  fields: ['instance', 'of', 'member', 'attributes', 'slots', 'items', 'entries', 'hooks'] },
  iterator:  { makes: true,  fields: ['iterator'] },
  buffer:    { makes: true,  fields: ['buffer', 'readonly', 'stride', 'released'] },
  opaque:    { makes: true,  fields: ['opaque', 'arguments', 'reductions'] },
} as const

type Tag = keyof typeof shapes

// Object.keys of a literal gives its own names.
const tags = Object.keys(shapes) as readonly Tag[]

function isTag(name: string): name is Tag {
  return Object.hasOwn(shapes, name)
}

const plainForms = 'null, true, false, an integer, a text or an object with one of'

/**
 * Reads a value. An int in the safe range and a str without surrogates, fills and id become the JSON
 * number and the JSON text; every other value that makes an object gets its `node`.
 */
export function parseValue(reading: Reading, json: unknown, place: Place, scope: Scope): Value {
  reading.countObjects(1, place)
  switch (typeof json) {
    case 'boolean':
      return json
    case 'number':
      return readPlainInt(json, place)
    case 'string':
      return readText(json, place, 'a text')
    default:
      return json === null ? json : parseTagged(reading, json, place, scope)
  }
}

function readPlainInt(json: number, place: Place): number {
  if (!Number.isSafeInteger(json)) {
    const other = Number.isInteger(json) ? '{"int":"…"}' : '{"float":"…"}, 16 hexadecimal digits'
    refuse(place, `${found(json)}, wanted an integer in the safe range, or ${other}`)
  }
  return json || 0
}

function findTag(fields: Fields, place: Place): Tag {
  const present = Object.keys(fields).filter(isTag)
  const [tag] = present
  if (tag === undefined || present.length > 1) {
    refuse(place, `${found(fields)}, wanted ${plainForms} ${oneOf(tags)}`)
  }
  return tag
}

function parseTagged(reading: Reading, json: unknown, place: Place, scope: Scope): Value {
  const fields = readAnyFields(json, place, `a value: ${plainForms} ${oneOf(tags)}`)
  const tag = findTag(fields, place)
  const shape = shapes[tag]
  checkFields(
    fields,
    place,
    `a value of the kind ${JSON.stringify(tag)}`,
    shape.makes ? ['id', 'node', ...shape.fields] : shape.fields,
    [],
  )
  if (fields['node'] !== undefined) {
    readInteger(fields['node'], at(place, 'node'), 0, Number.MAX_SAFE_INTEGER)
  }
  const id = readOwnId(fields, place, scope)
  const value = build(reading, tag, fields, place, scope, id)
  if (typeof value === 'object' && value !== null) {
    reading.tagged.push({ what: value, place })
    if (id !== undefined) reading.define(id, value, at(place, 'id'))
  }
  return value
}

const whyNoId = {
  once: '',
  again: 'this is evaluated more than once',
  answer: 'this is evaluated at each call',
  plain: 'nothing else is built when this is',
} satisfies Record<Scope, string>

function readOwnId(fields: Fields, place: Place, scope: Scope): string | undefined {
  if (fields['id'] === undefined) return undefined
  const here = at(place, 'id')
  const id = readId(fields['id'], here)
  if (scope !== 'once') {
    refuse(here, `found the id ${JSON.stringify(id)}, wanted none, since ${whyNoId[scope]}`)
  }
  return id
}

function refuseSingleton(id: string | undefined, place: Place, what: string): void {
  if (id !== undefined) {
    refuse(at(place, 'id'), `found an id on ${what}, wanted none, since Python has one for all`)
  }
}

function named(id: string | undefined): { id?: string } {
  return id === undefined ? {} : { id }
}

function build(
  reading: Reading,
  tag: Tag,
  fields: Fields,
  place: Place,
  scope: Scope,
  id: string | undefined,
): Value {
  const here = at(place, tag)
  const json = fields[tag]
  const make = () => ({ ...named(id), node: reading.nextNode() })
  const items = () => parseItems(reading, json, here, scope)
  switch (tag) {
    case 'int':
      return buildInt(reading, json, place, id)
    case 'float':
      return { ...make(), float: readDouble(json, here) }
    case 'str':
      return buildStr(reading, json, place, id)
    case 'bytes': {
      const bytes = parseBytesParts(reading, json, here)
      if (isSingletonBytes(bytes)) refuseSingleton(id, place, 'b"" or one byte')
      return { ...make(), bytes }
    }
    case 'bytearray':
      return { ...make(), bytearray: parseBytesParts(reading, json, here) }
    case 'tuple': {
      const head = make()
      const tuple = items()
      if (tuple.length === 0) refuseSingleton(id, place, '()')
      return { ...head, tuple }
    }
    case 'list':
      return { ...make(), list: items() }
    case 'set':
      return { ...make(), set: items() }
    case 'frozenset':
      return { ...make(), frozenset: items() }
    case 'dict':
      return { ...make(), dict: parseEntries(reading, json, here, scope) }
    case 'nest':
      return { ...make(), ...parseNest(reading, fields, place, scope) }
    case 'singleton':
      return { singleton: readChoice(json, here, ['Ellipsis', 'NotImplemented']) }
    case 'global':
      return { global: readGlobal(json, here) }
    case 'class':
      return { class: readName(json, here, 'the name of a class of the scenario') }
    case 'function':
      return { function: readName(json, here, 'the name of a function of the scenario') }
    case 'ref':
      if (scope === 'plain') refuse(place, `found a ref, wanted none, since ${whyNoId.plain}`)
      return { ref: readId(json, here) }
    case 'self':
      return buildSelf(json, place, scope)
    case 'instance':
      if (scope === 'plain') refuse(place, `found an instance, wanted none, since ${whyNoId.plain}`)
      return parseInstance(reading, fields, place, scope, id)
    case 'iterator':
      return { ...make(), iterator: items() }
    case 'buffer':
      return { ...make(), ...buildBuffer(reading, fields, place, scope) }
    case 'opaque':
      return { ...make(), ...parseOpaque(reading, fields, place, scope) }
  }
}

function buildInt(reading: Reading, json: unknown, place: Place, id: string | undefined): Value {
  const here = at(place, 'int')
  const int = readMatching(
    json,
    here,
    'decimal digits without leading zeros',
    /^(?:0|-?[1-9][0-9]*)$/,
  )
  const small = int.length < 18 ? Number(int) : Number.NaN
  // 3.15 has one object for each int up to 1024, earlier releases up to 256.
  if (small >= -5 && small <= 1024) refuseSingleton(id, place, 'an int from -5 to 1024')
  if (id === undefined && Number.isSafeInteger(small)) return small
  return { ...named(id), node: reading.nextNode(), int }
}

function readDouble(json: unknown, place: Place): string {
  const wanted = '16 hexadecimal digits, a big-endian double'
  return readMatching(json, place, wanted, /^[0-9a-fA-F]{16}$/).toLowerCase()
}

function buildStr(reading: Reading, json: unknown, place: Place, id: string | undefined): Value {
  const str = parseStrParts(reading, json, at(place, 'str'))
  if (isSingletonStr(str)) refuseSingleton(id, place, 'a str of one latin-1 character or none')
  const [text = ''] = str
  if (id === undefined && str.length < 2 && typeof text === 'string') return text
  return { ...named(id), node: reading.nextNode(), str }
}

function buildSelf(json: unknown, place: Place, scope: Scope): TaggedValue {
  if (scope !== 'answer') {
    refuse(place, 'found "self", wanted it only in what a hook returns')
  }
  if (json !== true && json !== '__dict__') {
    refuse(at(place, 'self'), `${found(json)}, wanted true or "__dict__"`)
  }
  return { self: json }
}

function buildBuffer(reading: Reading, fields: Fields, place: Place, scope: Scope) {
  const buffer = reading.parsers.value(reading, fields['buffer'], at(place, 'buffer'), scope)
  const isReadonly = readFlag(fields, 'readonly', place)
  const stride = given(fields['stride'], 1)
  const step = readInteger(stride, at(place, 'stride'), -(2 ** 31), 2 ** 31)
  if (step === 0) refuse(at(place, 'stride'), 'found 0, wanted any other integer')
  return {
    buffer,
    ...(isReadonly && { readonly: true }),
    ...(step !== 1 && { stride: step }),
    ...(readFlag(fields, 'released', place) && { released: true }),
  }
}

function readFlag(fields: Fields, name: string, place: Place): boolean {
  return fields[name] !== undefined && readBoolean(fields[name], at(place, name))
}
