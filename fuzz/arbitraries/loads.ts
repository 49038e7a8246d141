import { type Arbitrary, array, constant, constantFrom, integer, record, tuple } from 'fast-check'
import { assemble, hexOfBytes } from '../../reference/index.ts'
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts'
import { byteContents } from './atoms.ts'
import type { Context } from './context.ts'
import { answers, hook } from './hooks.ts'
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

/** In hexadecimal digits, or as assembly. */
function pickles({ classes, module }: Context): Arbitrary<Json> {
  const names = classes.map(({ name }) => name)
  return weighted<Json>(
    [4, constantFrom(...knownStrangers)],
    [1, constantFrom(...strangers).map((lines) => [...lines, 'STOP'])],
    [
      1,
      tuple(constantFrom(...knownStrangers), constantFrom(...knownStrangers)).map(
        ([one, other]) => one + other,
      ),
    ],
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
  const anew = record({
    load: weighted<Json>(
      [when(isStep, 4), () => integer({ min: 0, max: 2 }).map((before) => ({ before }))],
      [1, () => pickles(context)],
    ),
    from: sometimes(30, constantFrom('stream', 'short-reads')),
  }).map(present)
  return weighted<Json>([6, anew], [when(isStep, 1), constant({ load: { next: true } })])
}

/** What the class or the instance of the unpickler has. */
function attributes(context: Context, isOnClass: boolean): Arbitrary<JsonObject> {
  const { classes, functions, module } = context
  const place = answers(context, 0, 'none')
  const asked = constantFrom(
    ...[...classes.map(({ name }) => name), ...functions].map((name) => `${module}:${name}`),
    ...['copy_reg:_reconstructor', '__builtin__:object', 'builtins:list', 'nowhere:x'],
  )
  const found = weighted<Json>(
    [3, () => context.make.values(context, place, 1)],
    [
      3,
      constantFrom<Json[]>(
        { global: 'builtins:list' },
        ...classes.map(({ name }) => ({ class: name })),
        ...functions.map((name) => ({ function: name })),
      ),
    ],
  )
  const form = { isOnClass, canBeFunction: false } as const
  return record({
    find_class: sometimes(30, () =>
      hook(context, found, {
        ...form,
        matches: asked.map((value) => ({ value })),
        answersElse: false,
      }),
    ),
    persistent_load: sometimes(50, () =>
      hook(context, context.make.values(context, place, 1), { ...form, answersElse: true }),
    ),
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
    subclass: sometimes(25, () =>
      weighted<Json>([1, constant(null)], [8, attributes(context, true)]),
    ),
    instance: sometimes(25, () => attributes(context, false)),
  }).map(present)
}

/** The scenario with the steps that its loads load from; a load that no dump comes before is dropped. */
export function withStepsToLoad(scenario: JsonObject): JsonObject {
  const { steps } = scenario
  if (!isJsonArray(steps)) return scenario
  const kept: Json[] = []
  const dumps: number[] = []
  let hasLoaded = false
  for (const step of steps) {
    const fields = isJsonObject(step) ? step : {}
    const { call, load } = fields
    const { before, next } = isJsonObject(load) ? load : {}
    if (next === true && !hasLoaded) continue
    if (before !== undefined) {
      const number = dumps[dumps.length - 1 - (Number(before) % Math.max(1, dumps.length))]
      if (number === undefined) continue
      kept.push({ ...fields, load: { step: number } })
      hasLoaded = true
      continue
    }
    kept.push(step)
    if (load !== undefined) hasLoaded = true
    if ('dump' in fields || (isJsonObject(call) && call['method'] === 'dump'))
      dumps.push(kept.length)
  }
  return { ...scenario, steps: kept }
}
