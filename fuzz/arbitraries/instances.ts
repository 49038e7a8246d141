import { type Arbitrary, array, constantFrom, tuple, uniqueArray } from 'fast-check'
import type { Json, JsonObject } from '../json.ts'
import { byteContents, ints, someFloats, strs } from './atoms.ts'
import { entriesOf, itemsOf, membersOf, plainKeys } from './containers.ts'
import type { Context, KnownClass, Place } from './context.ts'
import { present, sometimes, weighted, when } from './weighted.ts'

/** Instances of the classes that may stand here, with all that their classes can hold. */
export function instances(
  context: Context,
  place: Place,
  value: Arbitrary<Json>,
  key: Arbitrary<Json>,
): Arbitrary<Json> {
  const each = context.classes.slice(0, place.classes).flatMap((known, at) => {
    if (known.layout === 'type') return []
    return [() => instance(context, place, known, at, value, key)]
  })
  return weighted(...each.map((one) => [1, one] as const))
}

function instance(
  context: Context,
  place: Place,
  known: KnownClass,
  at: number,
  value: Arbitrary<Json>,
  key: Arbitrary<Json>,
): Arbitrary<Json> {
  const { features } = context
  const { name: instance, layout, members } = known
  if (layout === 'enum') {
    return constantFrom(...members).map((member): Json => ({ instance, member }))
  }
  const hasHooks = features.has('instanceHooks') && known.hasDict && place.scope === 'once'
  const empty: Arbitrary<undefined> = constantFrom(undefined)
  const made = tuple(
    sometimes(80, () => contentOf(context, known, value)),
    known.hasDict ? attributes(known, value) : empty,
    known.slots.length > 0 ? slots(known, value) : empty,
    layout === 'list' ? itemsOf(features, value, 3) : empty,
    layout === 'dict' ? entriesOf(features, key, value, 3) : empty,
    hasHooks ? sometimes(25, () => context.make.instanceHooks(context, at)) : empty,
  ).map(
    ([of, attributePairs, slotPairs, items, entries, hooks]): Json =>
      present({
        instance,
        of,
        attributes: attributePairs,
        slots: slotPairs,
        items,
        entries,
        hooks,
      }),
  )
  const canNest = features.has('nests') && known.hasDict && layout === 'object'
  return weighted<Json>(
    [12, made],
    [
      when(canNest, 1),
      () =>
        constantFrom(2, 3, 49, 50, 51).map((nest) => ({ nest, in: `instance:${instance}`, of: 1 })),
    ],
  )
}

/** The value of an instance of a subclass of a built-in type; the arguments of an exception. */
function contentOf(
  { features }: Context,
  { layout, fields }: KnownClass,
  value: Arbitrary<Json>,
): Arbitrary<Json | undefined> {
  switch (layout) {
    case 'int':
      return ints(features)
    case 'float':
      return someFloats
    case 'str':
      return strs(features)
    case 'bytes':
    case 'bytearray':
      return byteContents(features).map((content): Json => ({ [layout]: content }))
    case 'tuple':
      return array(value, {
        minLength: fields.length,
        maxLength: fields.length === 0 ? 3 : fields.length,
      }).map((all): Json => ({ tuple: all }))
    case 'exception':
      return array(value, { maxLength: 2 }).map((all): Json => ({ tuple: all }))
    case 'set':
    case 'frozenset':
      return membersOf(features, plainKeys(features)).map((all): Json => ({ [layout]: all }))
    default:
      return constantFrom(undefined)
  }
}

/** `__name__` and the like are left alone; the last ones are no identifiers. */
const attributeNames = ['x', 'yy', 'next', 'é', 'two words']

function attributes(
  { fields: all, layout, slots }: KnownClass,
  value: Arbitrary<Json>,
): Arbitrary<readonly Json[] | undefined> {
  // Those of a namedtuple are properties over its items.
  const fields = layout === 'tuple' ? [] : all
  const free = attributeNames.filter((name) => !all.includes(name) && !slots.includes(name))
  const some = uniqueArray(tuple(constantFrom(...free), value), {
    maxLength: 2,
    selector: ([name]) => name,
  })
  return tuple(array(value, { minLength: fields.length, maxLength: fields.length }), some).map(
    ([held, more]): readonly Json[] | undefined => {
      const pairs = [...fields.map((name, at): [string, Json] => [name, held[at] ?? null]), ...more]
      return pairs.length === 0 ? undefined : pairs
    },
  )
}

function slots(
  { slots }: KnownClass,
  value: Arbitrary<Json>,
): Arbitrary<readonly Json[] | undefined> {
  return tuple(
    ...slots.map((slot) => sometimes(70, () => value.map((held): Json => [slot, held]))),
  ).map((pairs) => {
    const given = pairs.filter((pair) => pair !== undefined)
    return given.length === 0 ? undefined : given
  })
}

/** Instances that are keys by their identity. */
export function keyInstances(context: Context, place: Place): Arbitrary<Json> {
  const keyed = context.classes.slice(0, place.classes).filter(({ isKey }) => isKey)
  return constantFrom(...keyed).map(({ name }): JsonObject => ({ instance: name }))
}
