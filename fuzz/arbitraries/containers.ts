import { type Arbitrary, array, constantFrom, integer, tuple, uniqueArray } from 'fast-check'
import type { Json } from '../json.ts'
import { atoms, byteContents } from './atoms.ts'
import { equalityOf } from './equality.ts'
import type { Features } from './features.ts'
import { weighted, when } from './weighted.ts'

/** Batches hold 1000. */
const batch = integer({ min: 999, max: 1001 })

/** Beyond a batch, or beyond the 256 memo indexes that fit in one byte. */
function many(item: Arbitrary<Json>): Arbitrary<Json> {
  return weighted<Json>(
    [2, () => tuple(batch, item).map(([repeat, of]) => ({ repeat, of }))],
    [2, () => batch.map((end) => ({ range: [0, end] }))],
    [1, () => integer({ min: 254, max: 258 }).map((repeat) => ({ repeat, of: { list: [] } }))],
  )
}

/** The items of a sequence. */
export function itemsOf(
  features: Features,
  item: Arbitrary<Json>,
  maxLength: number,
): Arbitrary<readonly Json[]> {
  const plain = array(item, { maxLength })
  if (!features.has('batches')) return plain
  const batched = tuple(
    array(item, { maxLength: 1 }),
    many(atoms(features)),
    array(item, { maxLength: 1 }),
  )
  return weighted<readonly Json[]>(
    [8, plain],
    [1, () => batched.map(([before, those, after]) => [...before, those, ...after])],
  )
}

/** Hashable values without a name, which can be told apart by their text alone. */
export function plainKeys(features: Features): Arbitrary<Json> {
  const atom = atoms(features).filter((json) => equalityOf(json) !== undefined)
  return weighted<Json>(
    [8, atom],
    [
      when(features.has('tuples'), 1),
      () => array(atom, { maxLength: 3 }).map((items) => ({ tuple: items })),
    ],
    [
      when(features.has('sets'), 1),
      () => array(atom, { maxLength: 1 }).map((items) => ({ frozenset: items })),
    ],
    [
      when(features.has('globals'), 1),
      () => constantFrom({ global: 'builtins:int' }, { global: 'builtins:len' }),
    ],
  )
}

/** Values of which no two are equal as Python compares them. */
function distinct<T>(
  of: Arbitrary<T>,
  keyOf: (one: T) => Json,
  maxLength: number,
): Arbitrary<readonly T[]> {
  let fresh = 0
  return uniqueArray(of, {
    maxLength,
    selector: (one) => {
      const equality = equalityOf(keyOf(one))
      fresh += 1
      return equality ?? `own:${fresh}`
    },
  })
}

/** The entries of a dict. */
export function entriesOf(
  features: Features,
  key: Arbitrary<Json>,
  value: Arbitrary<Json>,
  maxLength: number,
): Arbitrary<readonly Json[]> {
  const pairs = distinct(tuple(key, value), ([one]) => one, maxLength)
  const plain = pairs.map((all): readonly Json[] => all.map(([one, held]) => [one, held]))
  if (!features.has('batches')) return plain
  const batched = tuple(batch, atoms(features)).map(([end, held]): readonly Json[] => [
    { range: [0, end], value: held },
    ['last', held],
  ])
  return weighted([8, plain], [1, batched])
}

/** The members of a set: one at most, unless sets are the point. */
export function membersOf(features: Features, key: Arbitrary<Json>): Arbitrary<readonly Json[]> {
  const few = distinct(key, (one) => one, 1)
  if (!features.has('largerSets')) return few
  return weighted<readonly Json[]>(
    [3, few],
    [2, () => distinct(key, (one) => one, 4)],
    [when(features.has('batches'), 1), () => batch.map((end) => [{ range: [0, end] }])],
  )
}

/** Containers around the values given; `key` gives what may be a key. */
export function containers(
  features: Features,
  value: Arbitrary<Json>,
  key: Arbitrary<Json>,
  maxLength: number,
): Arbitrary<Json> {
  const items = itemsOf(features, value, maxLength)
  const members = membersOf(features, key)
  const depth = weighted(
    [6, () => integer({ min: 1, max: 3 })],
    [1, () => integer({ min: 48, max: 52 })],
  )
  return weighted<Json>(
    [1, () => items.map((list) => ({ list }))],
    [when(features.has('lists'), 4), () => items.map((list) => ({ list }))],
    // Up to three items there are opcodes of their own.
    [
      when(features.has('tuples'), 4),
      () => array(value, { maxLength: 4 }).map((all) => ({ tuple: all })),
    ],
    [when(features.has('tuples'), 1), () => items.map((all) => ({ tuple: all }))],
    [
      when(features.has('dicts'), 4),
      () => entriesOf(features, key, value, maxLength).map((dict) => ({ dict })),
    ],
    [when(features.has('sets'), 1), () => members.map((set) => ({ set }))],
    [when(features.has('sets'), 1), () => members.map((frozenset) => ({ frozenset }))],
    [
      when(features.has('iterators'), 1),
      () => array(value, { maxLength: 3 }).map((iterator) => ({ iterator })),
    ],
    [
      when(features.has('nests'), 1),
      () =>
        tuple(depth, constantFrom('list', 'tuple', 'dict'), atoms(features)).map(
          ([nest, kind, of]) => ({
            nest,
            in: kind,
            of,
          }),
        ),
    ],
    [
      when(features.has('nests') && features.has('sets'), 1),
      () => tuple(depth, plainKeys(features)).map(([nest, of]) => ({ nest, in: 'frozenset', of })),
    ],
    [when(features.has('buffers'), 2), () => buffers(features)],
  )
}

/** A PickleBuffer over bytes or a bytearray, which may be that of another place. */
function buffers(features: Features): Arbitrary<Json> {
  const own = tuple(constantFrom('bytes', 'bytearray'), byteContents(features)).map(
    ([tag, content]): Json => ({ [tag]: content }),
  )
  const base = weighted<Json>(
    [3, own],
    [
      when(features.has('sharing'), 1),
      () =>
        tuple(integer({ min: 0, max: 99 }), own).map(([pick, other]) => ({
          pick,
          among: 'bytes',
          else: other,
        })),
    ],
  )
  return tuple(
    base,
    constantFrom('', 'readonly', 'stride', 'released'),
    integer({ min: 2, max: 3 }),
  ).map(
    ([buffer, flag, stride]): Json => ({
      buffer,
      ...(flag === 'readonly' && { readonly: true }),
      ...(flag === 'stride' && { stride: stride === 2 ? 2 : -1 }),
      ...(flag === 'released' && { released: true }),
    }),
  )
}
