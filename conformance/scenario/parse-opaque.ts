import { type Fields, found, readEach, readFields, readText } from './json-fields.ts'
import { readGlobal } from './names.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading, Scope } from './reading.ts'
import type { OpaqueReduction } from './scenario.ts'
import { refuse } from './scenario-error.ts'
import { parseProtocolRange, parseVersionRange } from './versions.ts'

/** Reads an object of a library: the global, its arguments, and what it reduces to. */
export function parseOpaque(reading: Reading, fields: Fields, place: Place, scope: Scope) {
  for (const name of ['arguments', 'reductions']) {
    if (fields[name] === undefined) {
      refuse(place, `${found(fields)}, wanted the field "${name}" of an opaque object`)
    }
  }
  const opaque = readGlobal(fields['opaque'], at(place, 'opaque'))
  const argumentList = readEach(
    fields['arguments'],
    at(place, 'arguments'),
    'a list of values',
    (json, here) => reading.parsers.value(reading, json, here, scope),
  )
  const reductions = readEach(
    fields['reductions'],
    at(place, 'reductions'),
    'a list of reductions',
    (json, here) => parseReduction(reading, json, here),
  )
  return { opaque, arguments: argumentList, reductions }
}

function parseReduction(reading: Reading, json: unknown, place: Place): OpaqueReduction {
  const names = ['versions', 'protocols', 'reduction']
  const fields = readFields(json, place, 'a reduction', names, ['reduction'])
  const versions = readRange(fields['versions'], at(place, 'versions'), parseVersionRange)
  const protocols = readRange(fields['protocols'], at(place, 'protocols'), parseProtocolRange)
  const here = at(place, 'reduction')
  return {
    versions,
    protocols,
    reduction: reading.parsers.value(reading, fields['reduction'], here, 'answer'),
  }
}

function readRange(json: unknown, place: Place, parse: (text: string) => unknown): string {
  if (json === undefined) return '*'
  const text = readText(json, place, 'a range')
  try {
    parse(text)
  } catch (error) {
    if (error instanceof RangeError) refuse(place, error.message)
    throw error
  }
  return text
}
