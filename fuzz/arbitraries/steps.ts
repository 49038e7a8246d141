import { type Arbitrary, array, constant, constantFrom, integer, tuple } from 'fast-check'
import type { Json } from '../json.ts'
import { atoms } from './atoms.ts'
import type { Context } from './context.ts'
import { once } from './context.ts'
import { loadActions } from './loads.ts'
import { objectActions } from './object-actions.ts'
import { fastValues, overrides, persistentIds, reducer, tableEntry, tables } from './settings.ts'
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

const clearMemo = constantFrom<Json[]>(
  { call: { on: 'pickler', method: 'clear_memo' } },
  { call: { on: 'pickler', method: 'clear_memo', arguments: [] } },
)

/** Actions between two dumps. */
function between(context: Context): Arbitrary<readonly Json[]> {
  const { features } = context
  const one = (action: Arbitrary<Json>): Arbitrary<readonly Json[]> => action.map((made) => [made])
  return weighted<readonly Json[]>(
    [1, () => one(clearMemo)],
    [when(features.has('clearMemo'), 3), () => one(clearMemo)],
    [when(features.has('attributeSteps'), 3), () => one(attributeActions(context))],
    [when(features.has('tableSteps'), 3), () => one(tableActions(context))],
    [when(features.has('loads'), 4), () => one(loadActions(context))],
    [
      when(features.has('objectSteps'), 3),
      () =>
        objectActions(
          context,
          context.make.values(context, once(context), 1),
          reducer(context, undefined),
        ),
    ],
  )
}

/** What hooks do before they answer; nothing in it is made to be shared. */
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
    [when(features.has('loads'), 1), () => loadActions(context, false)],
    [
      when(features.has('dumpsInHooks'), 6),
      () =>
        weighted<Json>(
          [1, () => atom.map((dump) => ({ dump }))],
          [
            1,
            () =>
              atom.map((one) => ({ call: { on: 'pickler', method: 'dump', arguments: [one] } })),
          ],
        ),
    ],
  )
  const some = weighted<readonly Json[]>(
    [7, () => simple.map((one) => [one])],
    [2, () => objectActions(context, atom, constantFrom<Json[]>(null, { rules: [], else: 'abc' }))],
  )
  return array(some, { minLength: 1, maxLength: 2 }).map((all) => all.flat())
}

/** The steps of a scenario: at least one dump, and with several what happens between them. */
export function steps(context: Context): Arbitrary<readonly Json[]> {
  const { features } = context
  const dump = context.make.values(context, once(context)).map((dump) => ({ dump }))
  const isActive = (
    ['attributeSteps', 'tableSteps', 'clearMemo', 'objectSteps', 'loads'] as const
  ).some((name) => features.has(name))
  if (!features.has('severalDumps') && !isActive) return tuple(dump)
  const again = weighted<Json>(
    [1, dump],
    [2, () => anyPick.map((pick): Json => ({ dump: { pick, else: 0 } }))],
    [
      when(features.has('loads'), 1),
      () =>
        dump.map(
          ({ dump: one }): Json => ({
            call: { on: 'pickler', method: 'dump', arguments: [one] },
          }),
        ),
    ],
    [when(features.has('loads'), 6), () => loadActions(context)],
  )
  const later = tuple(array(between(context), { maxLength: isActive ? 2 : 0 }), again).map(
    ([actions, last]) => [...actions.flat(), last],
  )
  return tuple(dump, array(later, { minLength: 1, maxLength: 2 })).map(([first, more]) => [
    first,
    ...more.flat(),
  ])
}
