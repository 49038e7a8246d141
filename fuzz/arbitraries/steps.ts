import { type Arbitrary, array, constant, constantFrom, integer, tuple } from 'fast-check'
import type { Json } from '../json.ts'
import { atoms } from './atoms.ts'
import type { Context } from './context.ts'
import { once } from './context.ts'
import { fastValues, overrides, persistentIds, tableEntry, tables } from './settings.ts'
import { weighted, when } from './weighted.ts'

const anyPick = integer({ min: 0, max: 999 })
const holders = ({ hasSubclass }: Context): Arbitrary<Json> =>
  hasSubclass
    ? constantFrom<Json[]>('pickler', 'pickler', 'class')
    : constantFrom<Json[]>('pickler')

/** Attributes of the pickler and of its class, set and deleted. */
function attributeActions(context: Context): Arbitrary<Json> {
  const set = (name: string, to: Arbitrary<Json>): Arbitrary<Json> =>
    tuple(holders(context), to).map(([on, value]) => ({ set: { on, name, to: value } }))
  const anyName = constantFrom('fast', 'dispatch_table', 'reducer_override', 'persistent_id')
  return weighted<Json>(
    [
      2,
      () =>
        set(
          'fast',
          fastValues(context).map((is) => ({ is })),
        ),
    ],
    [2, () => set('dispatch_table', tables(context))],
    [2, () => set('reducer_override', overrides(context))],
    [2, () => set('persistent_id', persistentIds(context))],
    [3, () => tuple(holders(context), anyName).map(([on, name]) => ({ delete: { on, name } }))],
  )
}

/** Entries of tables, put and removed. */
function tableActions(context: Context): Arbitrary<Json> {
  const table = constantFrom<Json[]>(
    'pickler',
    'copyreg',
    ...(context.hasSubclass ? (['class'] as const) : []),
  )
  return weighted<Json>(
    [
      2,
      () =>
        tuple(table, tableEntry(context)).map(([at, [key, to]]) => ({
          put: { table: at, key, to },
        })),
    ],
    [
      1,
      () =>
        tuple(table, tableEntry(context)).map(([at, [key]]) => ({ remove: { table: at, key } })),
    ],
  )
}

/** Objects changed between dumps; dropped where the scenario has no such object. */
function objectActions(context: Context, value: Arbitrary<Json>): Arbitrary<Json> {
  const on = (among: string, call: Arbitrary<{ readonly [name: string]: Json }>): Arbitrary<Json> =>
    tuple(anyPick, call).map(([idOf, rest]) => ({
      call: { on: { object: { idOf, among } }, ...rest },
    }))
  const key = context.make.keys(context, { scope: 'closed', classes: 0, self: 'none' })
  return weighted<Json>(
    [
      3,
      () =>
        on(
          'list',
          value.map((one) => ({ method: 'append', arguments: [one] })),
        ),
    ],
    [1, () => on('list', constant({ method: 'pop' }))],
    [1, () => on('list', constant({ method: 'clear' }))],
    [
      2,
      () =>
        on(
          'dict',
          tuple(key, value).map((pair) => ({ method: '__setitem__', arguments: [...pair] })),
        ),
    ],
    [1, () => on('dict', constant({ method: 'clear' }))],
    // While a PickleBuffer is over it, Python refuses to change its length.
    [
      when(!context.features.has('buffers'), 1),
      () =>
        on(
          'bytearray',
          constantFrom(0, 255).map((byte) => ({ method: 'append', arguments: [byte] })),
        ),
    ],
    [
      2,
      () =>
        tuple(anyPick, constantFrom('x', 'zz'), value).map(([idOf, name, is]) => ({
          set: { on: { object: { idOf, among: 'dictInstance' } }, name, to: { is } },
        })),
    ],
  )
}

const clearMemo = constant<Json>({ call: { on: 'pickler', method: 'clear_memo' } })

/** Actions between two dumps. */
function between(context: Context): Arbitrary<Json> {
  const { features } = context
  return weighted<Json>(
    [1, clearMemo],
    [when(features.has('clearMemo'), 3), () => clearMemo],
    [when(features.has('attributeSteps'), 3), () => attributeActions(context)],
    [when(features.has('tableSteps'), 3), () => tableActions(context)],
    [
      when(features.has('objectSteps'), 3),
      () => objectActions(context, context.make.values(context, once(context), 1)),
    ],
  )
}

/** What hooks do before they answer: anything but dump, and nothing that is made to be shared. */
export function actionsInHooks(context: Context): Arbitrary<Json> {
  const { features } = context
  const atom = atoms(features)
  const simple = weighted<Json>(
    [
      2,
      constantFrom<Json[]>('fast', 'dispatch_table', 'reducer_override', 'persistent_id').map(
        (name) => ({
          delete: { on: 'pickler', name },
        }),
      ),
    ],
    [
      1,
      () => fastValues(context).map((is) => ({ set: { on: 'pickler', name: 'fast', to: { is } } })),
    ],
    [
      1,
      constant({
        set: { on: 'pickler', name: 'dispatch_table', to: { kind: 'dict', entries: [] } },
      }),
    ],
    [
      1,
      constant({
        set: {
          on: 'pickler',
          name: 'reducer_override',
          to: { rules: [], else: { singleton: 'NotImplemented' } },
        },
      }),
    ],
    [1, clearMemo],
    [2, () => objectActions(context, atom)],
  )
  return array(simple, { minLength: 1, maxLength: 2 })
}

/** The steps of a scenario: at least one dump, and with several what happens between them. */
export function steps(context: Context): Arbitrary<readonly Json[]> {
  const { features } = context
  const dump = context.make.values(context, once(context)).map((dump): Json => ({ dump }))
  const isActive = (['attributeSteps', 'tableSteps', 'clearMemo', 'objectSteps'] as const).some(
    (name) => features.has(name),
  )
  if (!features.has('severalDumps') && !isActive) return tuple(dump)
  const again = weighted<Json>(
    [1, dump],
    [2, () => anyPick.map((pick): Json => ({ dump: { pick, else: 0 } }))],
  )
  const later = tuple(array(between(context), { maxLength: isActive ? 2 : 0 }), again).map(
    ([actions, last]) => [...actions, last],
  )
  return tuple(dump, array(later, { minLength: 1, maxLength: 2 })).map(([first, more]) => [
    first,
    ...more.flat(),
  ])
}
