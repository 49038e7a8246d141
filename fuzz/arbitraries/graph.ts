import { type Arbitrary, array, constant, constantFrom, integer, tuple } from 'fast-check'
import type { Json } from '../json.ts'
import { atoms } from './atoms.ts'
import { containers, plainKeys } from './containers.ts'
import type { Context, Place } from './context.ts'
import { withoutLength } from './features.ts'
import { instances, keyInstances } from './instances.ts'
import { libraryObjects, names } from './names.ts'
import { lazily, weighted, when } from './weighted.ts'

/**
 * Values of one place, with their sharing and cycles.
 *
 * What is shared is not known while values are made, so it is left open: `{"pick":n}` is wired to the
 * n-th object of the scenario that may stand there, `{"up":n}` to the n-th object around it.
 */
export function values(given: Context, place: Place, depth = 3): Arbitrary<Json> {
  const context = contextOf(given, place)
  return cached(context, `${place.scope} ${place.classes} ${place.self} ${depth}`, () =>
    depth === 0 ? leaves(context, place) : inner(context, place, depth),
  )
}

const answering = new WeakMap<Context, Context>()

/** Hooks answer again and again, so their answers are not long. */
function contextOf(context: Context, { scope }: Place): Context {
  if (scope !== 'answer') return context
  const known = answering.get(context)
  if (known !== undefined) return known
  const made = { ...context, features: withoutLength(context.features) }
  answering.set(context, made)
  answering.set(made, made)
  return made
}

const caches = new WeakMap<Context, Map<string, Arbitrary<Json>>>()

/** The arbitrary of that name in the context, made when it is first used. */
function cached(context: Context, name: string, make: () => Arbitrary<Json>): Arbitrary<Json> {
  const known = caches.get(context) ?? new Map<string, Arbitrary<Json>>()
  caches.set(context, known)
  const made = known.get(name) ?? lazily(make)
  known.set(name, made)
  return made
}

const anyPick = integer({ min: 0, max: 999 })

function leaves(context: Context, { scope, self }: Place): Arbitrary<Json> {
  const { features } = context
  const picks = anyPick.map((pick): Json => ({ pick, else: pick % 7 }))
  const isShared = scope !== 'closed' && features.has('sharing')
  return weighted<Json>(
    [10, () => atoms(features)],
    [2, () => names(context)],
    [when(isShared, scope === 'once' ? 5 : 2), () => picks],
    [when(isShared && scope === 'once' && features.has('cycles'), 2), () => upwards],
    [when(features.has('libraryObjects'), 1), () => libraryObjects],
    // Without a memo an object inside its reduction is saved for ever.
    [
      when(self !== 'none', features.has('fast') ? 1 : 4),
      () => constantFrom<Json[]>(...selves(self)),
    ],
  )
}

/** The object that a hook is asked about, and what of it there is. */
function selves(self: Place['self']): readonly Json[] {
  return self === 'dict' ? [{ self: true }, { self: '__dict__' }] : [{ self: true }]
}

const upwards = integer({ min: 0, max: 4 }).map((up): Json => ({ up, else: null }))

function inner(context: Context, place: Place, depth: number): Arbitrary<Json> {
  const { features } = context
  const value = values(context, place, depth - 1)
  const key = keys(context, place)
  const maxLength = depth === 3 ? 5 : 3
  const hasInstances = context.classes
    .slice(0, place.classes)
    .some(({ layout }) => layout !== 'type')
  const isRecursive = place.scope === 'once' && features.has('recursiveTuples')
  return weighted<Json>(
    [4, () => leaves(context, place)],
    [5, () => containers(features, value, key, maxLength)],
    [when(hasInstances, 6), () => instances(context, place, value, key)],
    [when(isRecursive, 2), () => recursiveTuples(context, value)],
  )
}

/** Values that can be keys of dicts and members of sets. */
export function keys(given: Context, place: Place): Arbitrary<Json> {
  const context = contextOf(given, place)
  return cached(context, `keys ${place.scope} ${place.classes}`, () => anyKeys(context, place))
}

function anyKeys(context: Context, place: Place): Arbitrary<Json> {
  const { features } = context
  const plain = plainKeys(features)
  const isShared = place.scope !== 'closed' && features.has('sharing')
  const hasInstances = context.classes.slice(0, place.classes).some(({ isKey }) => isKey)
  const shared = tuple(anyPick, plain).map(
    ([pick, other]): Json => ({
      pick,
      among: 'keys',
      else: other,
    }),
  )
  return weighted<Json>(
    [8, plain],
    [when(isShared, 1), () => shared],
    [when(hasInstances && place.scope !== 'closed', 2), () => keyInstances(context, place)],
  )
}

/** A tuple with itself inside a list or dict inside it, and one with another way back. */
function recursiveTuples(context: Context, value: Arbitrary<Json>): Arbitrary<Json> {
  const holder = constantFrom<Json[]>(
    { list: [{ up: 1, else: null }] },
    { dict: [['back', { up: 1, else: null }]] },
    {
      list: [
        {
          tuple: [
            { up: 2, else: null },
            { up: 0, else: null },
          ],
        },
      ],
    },
    ...(context.features.has('sets')
      ? [
          {
            list: [
              { up: 0, else: null },
              { up: 1, else: null },
            ],
          },
        ]
      : []),
  )
  const around = array(value, { maxLength: 2 })
  return tuple(around, holder, around, constant('tuple')).map(
    ([before, those, after, tag]): Json => ({
      [tag]: [...before, those, ...after],
    }),
  )
}
