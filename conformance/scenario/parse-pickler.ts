import { given, readBoolean, readFields } from './json-fields.ts'
import { attributeNames } from './names.ts'
import { parseHook } from './parse-hook.ts'
import { parseTable } from './parse-table.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading } from './reading.ts'
import type { PicklerAttributes, PicklerSettings } from './scenario.ts'

/** Reads how the pickler is made; what is missing is an ordinary `Pickler`. */
export function parsePickler(reading: Reading, json: unknown, place: Place): PicklerSettings {
  const fields = readFields(json, place, 'the pickler', ['init', 'subclass', 'instance'])
  return {
    init: parseInit(reading, given(fields['init'], {}), at(place, 'init')),
    subclass:
      given(fields['subclass'], null) === null
        ? null
        : parseAttributes(reading, fields['subclass'], at(place, 'subclass')),
    instance: parseAttributes(reading, given(fields['instance'], {}), at(place, 'instance')),
  }
}

function parseInit(reading: Reading, json: unknown, place: Place): PicklerSettings['init'] {
  const names = ['protocol', 'fix_imports', 'buffer_callback']
  const fields = readFields(json, place, 'the arguments of the pickler', names)
  const { protocol, fix_imports, buffer_callback } = fields
  return {
    ...(protocol !== undefined && {
      protocol: reading.parsers.value(reading, protocol, at(place, 'protocol'), 'once'),
    }),
    ...(fix_imports !== undefined && {
      fix_imports: readBoolean(fix_imports, at(place, 'fix_imports')),
    }),
    ...(buffer_callback !== undefined && {
      buffer_callback: parseHook(reading, buffer_callback, at(place, 'buffer_callback'), 'once'),
    }),
  }
}

function parseAttributes(reading: Reading, json: unknown, place: Place): PicklerAttributes {
  const fields = readFields(json, place, 'attributes of the pickler', attributeNames)
  const { fast, dispatch_table, reducer_override, persistent_id } = fields
  return {
    ...(fast !== undefined && {
      fast: reading.parsers.value(reading, fast, at(place, 'fast'), 'once'),
    }),
    ...(dispatch_table !== undefined && {
      dispatch_table: parseTable(reading, dispatch_table, at(place, 'dispatch_table'), 'once'),
    }),
    ...(reducer_override !== undefined && {
      reducer_override: parseHook(reading, reducer_override, at(place, 'reducer_override'), 'once'),
    }),
    ...(persistent_id !== undefined && {
      persistent_id: parseHook(reading, persistent_id, at(place, 'persistent_id'), 'once'),
    }),
  }
}
