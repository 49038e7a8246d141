import { type Arbitrary, constant, constantFrom, integer, tuple } from 'fast-check'
import type { Json, JsonObject } from '../json.ts'
import type { Context } from './context.ts'
import { type Choice, weighted, when } from './weighted.ts'

const anyPick = integer({ min: 0, max: 999 })

/** What an action of its own changes: `among` says which objects it may be. */
type Among = 'list' | 'dict' | 'set' | 'bytearray' | 'dictInstance'

/** Actions on one object, in this order. */
type Actions = readonly Json[]

const call = (method: string, ...given: Json[]): JsonObject => ({ method, arguments: given })

/** Calls on an object that the wiring is to find; all are dropped where the scenario has none. */
function calls(among: Among, ...made: Arbitrary<JsonObject>[]): Arbitrary<Actions> {
  return tuple(anyPick, tuple(...made)).map(([idOf, all]) =>
    all.map((one): Json => ({ call: { on: { object: { idOf, among } }, ...one } })),
  )
}

/** Indexes of lists and bytearrays, most of which are there. */
const indexes = integer({ min: -3, max: 4 })

function listCalls(value: Arbitrary<Json>): readonly Choice<Actions>[] {
  const of = (made: Arbitrary<JsonObject>): Arbitrary<Actions> => calls('list', made)
  return [
    [3, () => of(value.map((one) => call('append', one)))],
    [1, () => of(tuple(indexes, value).map(([at, one]) => call('insert', at, one)))],
    [1, () => of(constant(call('pop')))],
    [1, () => of(indexes.map((at) => call('pop', at)))],
    [1, () => of(tuple(indexes, value).map(([at, one]) => call('__setitem__', at, one)))],
    [1, () => of(indexes.map((at) => call('__delitem__', at)))],
    [1, () => of(constant(call('clear')))],
  ]
}

function dictCalls(key: Arbitrary<Json>, value: Arbitrary<Json>): readonly Choice<Actions>[] {
  const of = (made: Arbitrary<JsonObject>): Arbitrary<Actions> => calls('dict', made)
  return [
    [2, () => of(tuple(key, value).map(([one, held]) => call('__setitem__', one, held)))],
    [1, () => of(key.map((one) => call('__delitem__', one)))],
    [1, () => of(tuple(key, value).map(([one, held]) => call('pop', one, held)))],
    [1, () => of(constant(call('clear')))],
  ]
}

/** The order of a set that was added to is not told, so it is empty before. */
function setCalls(key: Arbitrary<Json>): readonly Choice<Actions>[] {
  return [
    [1, () => calls('set', constant(call('clear')))],
    [
      1,
      () =>
        calls(
          'set',
          constant(call('clear')),
          key.map((one) => call('add', one)),
        ),
    ],
    [
      1,
      () =>
        calls(
          'set',
          key.map((one) => call('discard', one)),
        ),
    ],
    [1, () => calls('set', constant(call('pop')), constant(call('clear')))],
  ]
}

/** While a PickleBuffer is over it, Python refuses to change its length. */
function bytearrayCalls(isExported: boolean): readonly Choice<Actions>[] {
  const bytes = constantFrom(0, 255)
  const of = (made: Arbitrary<JsonObject>): Arbitrary<Actions> => calls('bytearray', made)
  return [
    [1, () => of(tuple(indexes, bytes).map(([at, byte]) => call('__setitem__', at, byte)))],
    [when(!isExported, 1), () => of(bytes.map((byte) => call('append', byte)))],
    [
      when(!isExported, 1),
      () => of(tuple(indexes, bytes).map(([at, byte]) => call('insert', at, byte))),
    ],
    [when(!isExported, 1), () => of(indexes.map((at) => call('pop', at)))],
    [when(!isExported, 1), () => of(indexes.map((at) => call('__delitem__', at)))],
    [when(!isExported, 1), () => of(constant(call('clear')))],
  ]
}

/** Names of attributes that pickling asks for, and others. */
const methods = [
  ...['__reduce_ex__', '__reduce__', '__getstate__', '__getnewargs_ex__', '__getnewargs__'],
  ...['__class__', '__iter__', 'items', '__index__', '__call__', '__setstate__', 'append'],
  ...['extend', 'add', '__setitem__'],
] as const

function attributeActions(
  value: Arbitrary<Json>,
  hook: Arbitrary<Json>,
): readonly Choice<Actions>[] {
  const on = ([idOf, name]: readonly [number, string]): JsonObject => ({
    on: { object: { idOf, among: 'dictInstance' } },
    name,
  })
  const attribute = tuple(anyPick, constantFrom('x', 'zz'))
  const method = tuple(anyPick, constantFrom(...methods))
  return [
    [
      2,
      () =>
        tuple(attribute, value).map(([at, is]): Actions => [{ set: { ...on(at), to: { is } } }]),
    ],
    [1, () => attribute.map((at): Actions => [{ delete: on(at) }])],
    [6, () => tuple(method, hook).map(([at, to]): Actions => [{ set: { ...on(at), to } }])],
    [4, () => method.map((at): Actions => [{ delete: on(at) }])],
  ]
}

/** Objects changed between dumps, or in hooks; dropped where the scenario has no such object. */
export function objectActions(
  context: Context,
  value: Arbitrary<Json>,
  hook: Arbitrary<Json>,
): Arbitrary<Actions> {
  const key = context.make.keys(context, { scope: 'closed', classes: 0, self: 'none' })
  return weighted<Actions>(
    ...listCalls(value),
    ...dictCalls(key, value),
    ...setCalls(key),
    ...bytearrayCalls(context.features.has('buffers')),
    ...attributeActions(value, hook),
  )
}
