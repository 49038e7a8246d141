import {
  found,
  given,
  readAnyFields,
  readChoice,
  readEach,
  readFields,
  readTuple,
} from './json-fields.ts'
import { readClassRef, tableMethods } from './names.ts'
import { parseHook, parseRaise } from './parse-hook.ts'
import { readNames } from './parse-pairs.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading, Scope } from './reading.ts'
import type { Table, TableEntry } from './scenario.ts'
import { refuse } from './scenario-error.ts'

const tableKinds = [
  'dict',
  'ChainMap',
  'proxy',
  'UserDict',
  'defaultdict',
  'methods',
  'subclass',
] as const

const tableFields = {
  dict: ['entries'],
  ChainMap: ['entries'],
  proxy: ['entries'],
  UserDict: ['entries'],
  defaultdict: ['entries', 'default'],
  methods: ['methods', 'entries', 'missing'],
  subclass: ['methods', 'entries', 'missing'],
} as const satisfies Record<(typeof tableKinds)[number], readonly string[]>

const requiredFields: readonly string[] = ['default', 'methods']

/** Reads a dispatch table; `scope` is that of `is` and of reducers that are values. */
export function parseTable(reading: Reading, json: unknown, place: Place, scope: Scope): Table {
  if (json === null) return null
  const any = readAnyFields(json, place, 'a table: null, {"is":value} or {"kind":…,"entries":[…]}')
  if (any['is'] !== undefined) {
    readFields(json, place, 'a table that is a value', ['is'])
    return { is: reading.parsers.value(reading, any['is'], at(place, 'is'), scope) }
  }
  if (any['kind'] === undefined) {
    refuse(place, `${found(json)}, wanted a table: null, {"is":value} or {"kind":…,"entries":[…]}`)
  }
  const kind = readChoice(any['kind'], at(place, 'kind'), tableKinds)
  const allowed = tableFields[kind]
  const required = allowed.filter((name) => requiredFields.includes(name))
  const fields = readFields(
    any,
    place,
    `a table of the kind ${kind}`,
    ['kind', ...allowed],
    required,
  )
  const entries = () =>
    parseTableEntries(reading, given(fields['entries'], []), at(place, 'entries'), scope)
  switch (kind) {
    case 'methods':
    case 'subclass': {
      const methods = readTableMethods(fields['methods'], at(place, 'methods'))
      const table = { kind, methods, entries: entries() }
      return fields['missing'] === undefined
        ? table
        : { ...table, missing: parseRaise(reading, fields['missing'], at(place, 'missing')) }
    }
    case 'defaultdict':
      return {
        kind,
        entries: entries(),
        default: parseHook(reading, fields['default'], at(place, 'default'), scope),
      }
    default:
      return { kind, entries: entries() }
  }
}

function readTableMethods(json: unknown, place: Place) {
  const methods = readNames(json, place, 'a list of methods', (name, here) =>
    readChoice(name, here, tableMethods),
  )
  return tableMethods.filter((method) => methods.includes(method))
}

/** Reads entries of a table, a class and its reducer each; a class may stand once. */
export function parseTableEntries(
  reading: Reading,
  json: unknown,
  place: Place,
  scope: Scope,
): readonly TableEntry[] {
  const keys = new Set<string>()
  return readEach(json, place, 'a list of pairs of a class and its reducer', (entry, here) => {
    const [keyJson, hook] = readTuple(entry, here, 'a pair of a class and its reducer', 2)
    const key = readClassRef(keyJson, at(here, 0))
    if (keys.has(key)) {
      refuse(at(here, 0), `found the class ${key} again, wanted each class once in a table`)
    }
    keys.add(key)
    reading.classNames.push({ what: key, place: at(here, 0) })
    return [key, parseHook(reading, hook, at(here, 1), scope)]
  })
}
