import { type Arbitrary, array, constant, constantFrom, integer, tuple } from 'fast-check'
import type { Json } from '../json.ts'
import { atoms } from './atoms.ts'
import type { Context, Place } from './context.ts'
import { weighted, when } from './weighted.ts'

/** What is called to make the object again. */
function callables({ classes, features, functions }: Context, place: Place): Arbitrary<Json> {
  const instances = classes.slice(0, place.classes).filter(({ layout }) => layout === 'object')
  const ordinary = classes.filter(({ layout }) => layout !== 'type')
  return weighted<Json>(
    [
      when(functions.length > 0, 6),
      () => constantFrom(...functions).map((name) => ({ function: name })),
    ],
    [
      when(ordinary.length > 0, 4),
      () => constantFrom(...ordinary).map(({ name }) => ({ class: name })),
    ],
    [2, constantFrom<Json[]>({ global: 'builtins:list' }, { global: 'operator:getitem' })],
    [
      when(features.has('calledInstances') && instances.length > 0, 4),
      () => constantFrom(...instances).map(({ name }) => ({ instance: name })),
    ],
  )
}

/** Reductions of the right shape for objects of the class at `own`, undefined when it is not known. */
function wellFormed(context: Context, place: Place, own: number | undefined): Arbitrary<Json> {
  // An object inside its own arguments is saved for ever.
  const isEndless = context.features.has('endless')
  const outside: Place = { ...place, self: isEndless ? place.self : 'none' }
  const args = array(context.make.values(context, outside, 1), { maxLength: 3 })
  const value = context.make.values(context, place, 2)
  const pair = tuple(context.make.keys(context, { ...place, self: 'none' }), value)
  const rest = tuple(
    weighted<Json>([2, constant(null)], [1, value], [2, () => states(context, place)]),
    weighted<Json>(
      [2, constant(null)],
      [2, () => array(value, { maxLength: 3 }).map((iterator) => ({ iterator }))],
    ),
    weighted<Json>(
      [2, constant(null)],
      [
        2,
        () =>
          array(pair, { maxLength: 3 }).map((all) => ({
            iterator: all.map((one) => ({ tuple: [...one] })),
          })),
      ],
    ),
    weighted<Json>([1, constant(null)], [1, () => callables(context, place)]),
    integer({ min: 0, max: 4 }),
  ).map(([state, items, entries, setter, length]) =>
    [state, items, entries, setter].slice(0, length),
  )
  const name = context.classes[own ?? -1]?.name
  const heads = weighted<readonly Json[]>(
    [
      6,
      () =>
        tuple(
          callables(context, place),
          args.map((all): Json => ({ tuple: all })),
        ),
    ],
    [
      when(name !== undefined, 3),
      () =>
        args.map((all): Json[] => [
          { global: 'copyreg:__newobj__' },
          { tuple: [{ class: name ?? '' }, ...all] },
        ]),
    ],
    [
      when(name !== undefined, 2),
      () =>
        args.map((all): Json[] => [
          { global: 'copyreg:__newobj_ex__' },
          {
            tuple: [
              { class: name ?? '' },
              { tuple: all },
              { dict: all.length > 1 ? [['kw', 1]] : [] },
            ],
          },
        ]),
    ],
  )
  return tuple(heads, rest).map(([head, more]) => ({ tuple: [...head, ...more] }))
}

/** What a default state looks like: the attributes, and beside them the slots. */
function states(context: Context, place: Place): Arbitrary<Json> {
  const value = context.make.values(context, place, 1)
  const dict = array(tuple(constantFrom('x', 'yy'), value), { maxLength: 1 }).map((dict) => ({
    dict: dict.map((pair): Json => [...pair]),
  }))
  const own: Json[] = place.self === 'dict' ? [{ self: '__dict__' }] : []
  return weighted<Json>(
    [3, dict],
    [1, () => tuple(constant(null), dict).map(([none, slots]) => ({ tuple: [none, slots] }))],
    [1, () => tuple(dict, dict).map((both) => ({ tuple: both }))],
    [when(own.length > 0, 2), () => constantFrom(...own)],
  )
}

/** Reductions with something wrong about their shape. */
function malformed(context: Context, place: Place): Arbitrary<Json> {
  const atom = atoms(context.features)
  const callable = callables(context, place)
  const nothing: Json = { tuple: [] }
  const names = constantFrom<Json[]>(
    { global: 'builtins:object' },
    ...context.classes.map(({ name }) => ({ class: name })),
  )
  return weighted<Json>(
    [2, atom],
    [1, constant(nothing)],
    [1, () => callable.map((one) => ({ tuple: [one] }))],
    [1, () => callable.map((one) => ({ list: [one, nothing] }))],
    [1, () => callable.map((one) => ({ tuple: [one, nothing, null, null, null, null, null] }))],
    [1, () => tuple(callable, atom).map(([one, args]) => ({ tuple: [one, args] }))],
    [1, () => callable.map((one) => ({ tuple: [one, { list: [1] }] }))],
    [1, () => atom.map((one) => ({ tuple: [one, nothing] }))],
    // Items that are no iterator, entries that are no pairs, a setter that cannot be called.
    [
      1,
      () => tuple(callable, atom).map(([one, items]) => ({ tuple: [one, nothing, null, items] })),
    ],
    [1, () => callable.map((one) => ({ tuple: [one, nothing, null, { list: [1, 2] }] }))],
    [
      1,
      () =>
        callable.map((one) => ({
          tuple: [one, nothing, null, null, { iterator: [{ tuple: [1] }] }],
        })),
    ],
    [
      1,
      () =>
        callable.map((one) => ({
          tuple: [one, nothing, null, null, { iterator: [{ list: [1, 2] }] }],
        })),
    ],
    [1, () => callable.map((one) => ({ tuple: [one, nothing, null, null, { iterator: ['ab'] }] }))],
    [1, () => callable.map((one) => ({ tuple: [one, nothing, 1, null, null, 7] }))],
    [
      1,
      () => atom.map((args) => ({ tuple: [{ global: 'copyreg:__newobj__' }, { tuple: [args] }] })),
    ],
    [1, constant({ tuple: [{ global: 'copyreg:__newobj__' }, nothing] })],
    [
      1,
      () =>
        array(atom, { maxLength: 4 }).map((args) => ({
          tuple: [{ global: 'copyreg:__newobj_ex__' }, { tuple: args }],
        })),
    ],
    [
      1,
      () =>
        names.map((own) => ({
          tuple: [{ global: 'copyreg:__newobj__' }, { tuple: [own] }],
        })),
    ],
    [when(place.self !== 'none', 1), () => constant({ self: true })],
  )
}

/** Names that a reduction may give instead of a tuple. */
function strings({ classes, functions }: Context): Arbitrary<Json> {
  return constantFrom<Json[]>(
    ...classes.map(({ name }) => name),
    ...functions,
    'nowhere',
    'A.x',
    '',
    'a.b.c',
  )
}

/**
 * What a reducer of objects of the class at `own` may answer: mostly reductions of the right shape,
 * of every length.
 */
export function reductions(
  context: Context,
  place: Place,
  own: number | undefined,
): Arbitrary<Json> {
  return weighted<Json>(
    [12, () => wellFormed(context, place, own)],
    [2, () => strings(context)],
    [1, constant({ singleton: 'NotImplemented' })],
    [when(context.features.has('wrongShapes'), 6), () => malformed(context, place)],
  )
}
