import { type Arbitrary, array, constantFrom, integer, record } from 'fast-check'
import { assemble, hexOfBytes } from '../../reference/index.ts'
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts'
import { byteContents } from './atoms.ts'
import type { Context } from './context.ts'
import { present, sometimes, weighted, when } from './weighted.ts'

/** What is done to an instance of the class that is on the stack. */
const builds: readonly (readonly string[])[] = [
  ['EMPTY_DICT', 'BINUNICODE "x"', 'BININT1 1', 'SETITEM', 'BUILD'],
  ['NONE', 'EMPTY_DICT', 'BINUNICODE "s0"', 'BININT1 1', 'SETITEM', 'TUPLE2', 'BUILD'],
  ['BININT1 7', 'BUILD'],
  ['BININT1 7', 'APPEND'],
  ['MARK', 'BININT1 1', 'BININT1 2', 'APPENDS'],
  ['BINUNICODE "k"', 'BININT1 1', 'SETITEM'],
  ['MARK', 'BINUNICODE "k"', 'BININT1 1', 'BINUNICODE "l"', 'NONE', 'SETITEMS'],
  ['MARK', 'BININT1 1', 'BININT1 2', 'ADDITEMS'],
]

/** Pickles that no pickler of this Python writes: of Python 2, with buffers, with something wrong. */
const strangers: readonly (readonly string[])[] = [
  ['STRING "abc"'],
  ['SHORT_BINSTRING "abc"'],
  ['SHORT_BINSTRING "ab\\u00ff"'],
  ['BINSTRING "\\u00e9"'],
  ['INT 0', 'POP', 'LONG 5'],
  ['GLOBAL "__builtin__" "xrange"', 'BININT1 3', 'TUPLE1', 'REDUCE'],
  ['GLOBAL "copy_reg" "_reconstructor"'],
  ['NEXT_BUFFER'],
  ['NEXT_BUFFER', 'READONLY_BUFFER'],
  ['NEXT_BUFFER', 'NEXT_BUFFER', 'TUPLE2'],
  ['EXT1 1'],
  ['PERSID "id"'],
  ['GET 7'],
  ['POP'],
  ['TUPLE'],
  ['EMPTY_LIST', 'BINPUT 0', 'BINGET 0', 'APPEND'],
]

const noPickles = ['', '2e', '80ff2e', '4e', '800495', '6374', '5800000080', 'ff2e']

const hexOf = (lines: readonly string[]): string => hexOfBytes(assemble([...lines, 'STOP']))

const knownStrangers = strangers.map(hexOf)

function pickles({ classes, module }: Context): Arbitrary<string> {
  const names = classes.map(({ name }) => name)
  return weighted<string>(
    [4, constantFrom(...knownStrangers)],
    [1, constantFrom(...noPickles)],
    [
      when(names.length > 0 && !module.includes(' '), 6),
      () =>
        constantFrom(...names).chain((name) => {
          const made = [
            `GLOBAL ${JSON.stringify(module)} ${JSON.stringify(name)}`,
            'EMPTY_TUPLE',
            'NEWOBJ',
          ]
          return constantFrom(...builds).map((more) => hexOf([...made, ...more]))
        }),
    ],
  )
}

/**
 * A load of a pickle, or of what an earlier step of the scenario wrote: `{"before":n}` is the n-th dump
 * backwards, see {@link withStepsToLoad}.
 */
export function loadActions(context: Context, isStep = true): Arbitrary<Json> {
  return record({
    load: weighted<Json>(
      [when(isStep, 4), () => integer({ min: 0, max: 2 }).map((before) => ({ before }))],
      [1, () => pickles(context)],
    ),
    from: sometimes(30, constantFrom('stream', 'short-reads')),
  }).map(present)
}

/** How the unpickler of all loads is made. */
export function unpicklers(context: Context): Arbitrary<JsonObject> {
  const { features } = context
  const bytes = byteContents(features)
  const buffer = weighted<Json>(
    [3, bytes.map((content) => ({ bytearray: content }))],
    [2, bytes.map((content) => ({ bytes: content }))],
    [1, bytes.map((content) => ({ buffer: { bytearray: content } }))],
  )
  return record({
    fix_imports: sometimes(30, constantFrom(true, false)),
    encoding: sometimes(40, constantFrom('ASCII', 'latin1', 'bytes', 'utf-8', 'no such')),
    errors: sometimes(30, constantFrom('strict', 'ignore', 'replace', 'no such')),
    buffers: sometimes(40, () => array(buffer, { maxLength: 3 })),
  }).map(present)
}

/** The scenario with the steps that its loads load from; a load that no dump comes before is dropped. */
export function withStepsToLoad(scenario: JsonObject): JsonObject {
  const { steps } = scenario
  if (!isJsonArray(steps)) return scenario
  const kept: Json[] = []
  const dumps: number[] = []
  for (const step of steps) {
    const fields = isJsonObject(step) ? step : {}
    const { call, load } = fields
    const before = isJsonObject(load) ? load['before'] : undefined
    if (before !== undefined) {
      const number = dumps[dumps.length - 1 - (Number(before) % Math.max(1, dumps.length))]
      if (number !== undefined) kept.push({ ...fields, load: { step: number } })
      continue
    }
    kept.push(step)
    if ('dump' in fields || (isJsonObject(call) && call['method'] === 'dump'))
      dumps.push(kept.length)
  }
  return { ...scenario, steps: kept }
}
