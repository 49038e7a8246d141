import { assembleLine, hexOfBytes, NotationError } from '../../reference/index.ts'
import {
  type Fields,
  found,
  readChoice,
  readEach,
  readFields,
  readHex,
  readInteger,
  readText,
} from './json-fields.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Scope } from './reading.ts'
import type { Action } from './scenario.ts'
import { refuse } from './scenario-error.ts'

type Load = Extract<Action, { readonly load: unknown }>

const origins = ['bytes', 'stream', 'short-reads'] as const

/** Reads a `load` action; lines of assembly become the bytes they stand for. */
export function parseLoad(fields: Fields, place: Place, scope: Scope): Load {
  const load = readLoaded(fields['load'], at(place, 'load'))
  if (typeof load !== 'string' && scope !== 'once') {
    const given = 'next' in load ? 'the next pickle' : 'a step'
    refuse(at(place, 'load'), `found ${given} to load from, wanted hexadecimal digits inside "do"`)
  }
  const isNext = typeof load === 'object' && 'next' in load
  if (isNext && fields['from'] !== undefined) {
    refuse(at(place, 'from'), 'found "from", wanted none beside "next", which reads on')
  }
  const from =
    fields['from'] === undefined ? 'bytes' : readChoice(fields['from'], at(place, 'from'), origins)
  return from === 'bytes' ? { load } : { load, from }
}

const wanted = 'hexadecimal digits, lines of assembly, {"step":n} or {"next":true}'

function readLoaded(json: unknown, place: Place): Load['load'] {
  if (typeof json === 'string') return readHex(json, place)
  if (Array.isArray(json)) return readEach(json, place, wanted, readLine).join('')
  const fields = readFields(json, place, wanted, ['step', 'next'])
  const { step, next } = fields
  if ((step === undefined) === (next === undefined)) {
    refuse(place, `${found(json)}, wanted either "step" or "next"`)
  }
  if (next === undefined) {
    return { step: readInteger(step, at(place, 'step'), 1, Number.MAX_SAFE_INTEGER) }
  }
  if (next !== true) refuse(at(place, 'next'), `${found(next)}, wanted true`)
  return { next }
}

const rawPattern = /^x'((?:[0-9a-fA-F]{2})*)'$/

/** The bytes of a line, hex: an instruction, or what is none, `x'95ff'`. */
function readLine(json: unknown, place: Place): string {
  const text = readText(json, place, 'a line of assembly')
  const raw = rawPattern.exec(text)
  if (raw !== null) return (raw[1] ?? '').toLowerCase()
  const pieces: string[] = []
  try {
    assembleLine(text, 0, (bytes) => pieces.push(hexOfBytes(bytes)))
  } catch (error) {
    if (!(error instanceof NotationError)) throw error
    refuse(place, `found ${JSON.stringify(text)}, wanted an instruction: ${error.message}`)
  }
  return pieces.join('')
}
