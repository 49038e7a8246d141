import {
  type Fields,
  found,
  given,
  oneOf,
  readAnyFields,
  readChoice,
  readEach,
  readFields,
} from './json-fields.ts'
import { attributeNames, callMethodList, callMethods, isHookName, readClassRef } from './names.ts'
import { parseHook, parseObjectName } from './parse-hook.ts'
import { readAttributeName } from './parse-instance.ts'
import { parseLoad } from './parse-load.ts'
import { readSomeText } from './parse-pairs.ts'
import { parseTable } from './parse-table.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading, Scope } from './reading.ts'
import type { Action, Hook, Table, Target } from './scenario.ts'
import { refuse } from './scenario-error.ts'

const actionNames = ['dump', 'load', 'set', 'delete', 'put', 'remove', 'call'] as const

/** Reads actions: the steps of a scenario (`once`), or what a rule does first (`again`). */
export function parseActions(
  reading: Reading,
  json: unknown,
  place: Place,
  scope: Scope,
): readonly Action[] {
  return readEach(json, place, 'a list of actions', (action, here) => {
    const parsed = parseAction(reading, action, here, scope)
    reading.actions.push({ what: parsed, place: here })
    return parsed
  })
}

function parseAction(reading: Reading, json: unknown, place: Place, scope: Scope): Action {
  const wanted = `an action: an object with ${oneOf(actionNames)}`
  const fields = readAnyFields(json, place, wanted)
  const [name, ...more] = actionNames.filter((one) => Object.hasOwn(fields, one))
  if (name === undefined || more.length > 0) refuse(place, `${found(json)}, wanted ${wanted}`)
  readFields(json, place, `a ${name} action`, name === 'load' ? ['load', 'from'] : [name])
  const here = at(place, name)
  switch (name) {
    case 'dump':
      return { dump: reading.parsers.value(reading, fields['dump'], here, scope) }
    case 'load':
      return parseLoad(fields, place, scope)
    case 'set':
      return { set: parseSet(reading, fields['set'], here, scope) }
    case 'delete':
      return { delete: parseDelete(reading, fields['delete'], here) }
    case 'put':
      return { put: parsePut(reading, fields['put'], here, scope) }
    case 'remove':
      return { remove: parseRemove(reading, fields['remove'], here) }
    case 'call':
      return { call: parseCall(reading, fields['call'], here, scope) }
  }
}

function parseTarget(reading: Reading, json: unknown, place: Place): Target {
  if (json === 'pickler' || json === 'class') return json
  const fields = readFields(
    json,
    place,
    '"pickler", "class" or {"object":id}',
    ['object'],
    ['object'],
  )
  return { object: parseObjectName(reading, fields['object'], at(place, 'object')) }
}

function readTargetAttribute(json: unknown, place: Place, on: Target): string {
  if (typeof on === 'string') return readChoice(json, place, attributeNames)
  const name = readSomeText(json, place, 'the name of an attribute')
  return isHookName(name) ? name : readAttributeName(json, place)
}

function parseSet(reading: Reading, json: unknown, place: Place, scope: Scope) {
  const names = ['on', 'name', 'to']
  const fields = readFields(json, place, 'a set action', names, names)
  const on = parseTarget(reading, fields['on'], at(place, 'on'))
  const name = readTargetAttribute(fields['name'], at(place, 'name'), on)
  return { on, name, to: parseTo(reading, fields['to'], at(place, 'to'), scope, on, name) }
}

function parseTo(
  reading: Reading,
  json: unknown,
  place: Place,
  scope: Scope,
  on: Target,
  name: string,
): Table | Hook {
  if (typeof on === 'string' && name === 'dispatch_table') {
    return parseTable(reading, json, place, scope)
  }
  const takesHook = typeof on === 'string' ? name !== 'fast' : isHookName(name)
  if (takesHook) return parseHook(reading, json, place, scope)
  const fields = readFields(json, place, 'the value of an attribute, {"is":value}', ['is'], ['is'])
  return { is: reading.parsers.value(reading, fields['is'], at(place, 'is'), scope) }
}

function parseDelete(reading: Reading, json: unknown, place: Place) {
  const fields = readFields(json, place, 'a delete action', ['on', 'name'], ['on', 'name'])
  const on = parseTarget(reading, fields['on'], at(place, 'on'))
  return { on, name: readTargetAttribute(fields['name'], at(place, 'name'), on) }
}

const tables = ['pickler', 'class', 'copyreg'] as const

function readTableKey(reading: Reading, fields: Fields, place: Place) {
  const table = readChoice(fields['table'], at(place, 'table'), tables)
  const key = readClassRef(fields['key'], at(place, 'key'))
  reading.classNames.push({ what: key, place: at(place, 'key') })
  return { table, key }
}

function parsePut(reading: Reading, json: unknown, place: Place, scope: Scope) {
  const names = ['table', 'key', 'to']
  const fields = readFields(json, place, 'a put action', names, names)
  return {
    ...readTableKey(reading, fields, place),
    to: parseHook(reading, fields['to'], at(place, 'to'), scope),
  }
}

function parseRemove(reading: Reading, json: unknown, place: Place) {
  const names = ['table', 'key']
  return readTableKey(reading, readFields(json, place, 'a remove action', names, names), place)
}

function parseCall(reading: Reading, json: unknown, place: Place, scope: Scope) {
  const fields = readFields(json, place, 'a call', ['on', 'method', 'arguments'], ['on', 'method'])
  const on = parseTarget(reading, fields['on'], at(place, 'on'))
  const isPickler = on === 'pickler'
  if (on === 'class') {
    refuse(at(place, 'on'), 'found "class", wanted "pickler" or {"object":id} to call a method on')
  }
  const allowed = callMethodList.filter(
    (method) => callMethods[method].of.some((owner) => owner === 'pickler') === isPickler,
  )
  const method = readChoice(fields['method'], at(place, 'method'), allowed)
  const here = at(place, 'arguments')
  const values = readEach(given(fields['arguments'], []), here, 'a list of values', (item, one) =>
    reading.parsers.value(reading, item, one, scope),
  )
  const { least, most } = callMethods[method]
  if (values.length < least || values.length > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`
    refuse(here, `found ${values.length} arguments, wanted ${wanted} for ${method}`)
  }
  return { on, method, arguments: values }
}
