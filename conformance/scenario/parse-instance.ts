import type { Fields } from './json-fields.ts'
import { isHookName, readName } from './names.ts'
import { parseEntries, parseItems } from './parse-items.ts'
import { type Pair, parsePairs, readSomeText } from './parse-pairs.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading, Scope } from './reading.ts'
import type { Hooks, InstanceValue, Value } from './scenario.ts'
import { refuse } from './scenario-error.ts'

/** Attributes that are not simply set. */
const reserved: ReadonlySet<string> = new Set(['__class__', '__dict__', '__weakref__'])

/** Reads the name of an attribute of an object. */
export function readAttributeName(json: unknown, place: Place): string {
  const name = readSomeText(json, place, 'the name of an attribute')
  if (isHookName(name)) refuse(place, `found ${name} as an attribute, wanted it under "hooks"`)
  if (reserved.has(name)) refuse(place, `found ${name}, wanted an attribute that can simply be set`)
  return name
}

/** Reads an instance of a class of the scenario, or a member of one of its enums. */
export function parseInstance(
  reading: Reading,
  fields: Fields,
  place: Place,
  scope: Scope,
  id: string | undefined,
): InstanceValue {
  const wanted = 'the name of a class of the scenario'
  const instance = readName(fields['instance'], at(place, 'instance'), wanted)
  if (fields['member'] !== undefined) return parseMember(fields, place, instance)

  const node = reading.nextNode()
  return {
    ...(id !== undefined && { id }),
    node,
    instance,
    ...(fields['of'] !== undefined && { of: parseOf(reading, fields['of'], place, scope) }),
    ...content(reading, fields, place, scope),
  }
}

/** No object is made of what `of` is written as, so it has no id. */
function parseOf(reading: Reading, json: unknown, place: Place, scope: Scope): Value {
  const here = at(place, 'of')
  const of = reading.parsers.value(reading, json, here, scope)
  if (typeof of === 'object' && of !== null && 'id' in of) {
    refuse(
      at(here, 'id'),
      `found the id ${JSON.stringify(of.id)}, wanted none on what gives the value of an instance`,
    )
  }
  return of
}

function parseMember(fields: Fields, place: Place, instance: string): InstanceValue {
  for (const name of Object.keys(fields)) {
    if (name !== 'instance' && name !== 'member') {
      refuse(at(place, name), `found "${name}" beside "member", wanted only "instance" beside it`)
    }
  }
  const member = readName(fields['member'], at(place, 'member'), 'the name of a member')
  return { instance, member }
}

function content(reading: Reading, fields: Fields, place: Place, scope: Scope) {
  const pairs = (name: 'attributes' | 'slots'): readonly Pair[] =>
    fields[name] === undefined
      ? []
      : parsePairs(reading, fields[name], at(place, name), scope, readAttributeName)
  const attributes = pairs('attributes')
  const slots = pairs('slots')
  const items =
    fields['items'] === undefined
      ? []
      : parseItems(reading, fields['items'], at(place, 'items'), scope)
  const entries =
    fields['entries'] === undefined
      ? []
      : parseEntries(reading, fields['entries'], at(place, 'entries'), scope)
  const hooks: Hooks =
    fields['hooks'] === undefined
      ? {}
      : reading.parsers.hooks(reading, fields['hooks'], at(place, 'hooks'), scope, 'instance')
  return {
    ...(attributes.length > 0 && { attributes }),
    ...(slots.length > 0 && { slots }),
    ...(items.length > 0 && { items }),
    ...(entries.length > 0 && { entries }),
    ...(Object.keys(hooks).length > 0 && { hooks }),
  }
}
