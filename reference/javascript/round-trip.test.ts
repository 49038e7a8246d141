import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dumps, Pickler } from './pickler.ts'
import { Reduced } from './reduced.ts'
import { loads } from './unpickler.ts'
import {
  ByteArray,
  CodePoints,
  Ellipsis,
  Float,
  FrozenSet,
  Global,
  NotImplemented,
  PersistentId,
  Tuple,
} from './values.ts'

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('\ud800'))

/** What can be a key, none equal to another kind in Python. */
const hashable = fc.oneof(
  text,
  fc.constant(null),
  fc.integer({ min: 2 }),
  fc.bigInt({ min: 2n ** 53n }),
  fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true }),
  fc.array(text, { minLength: 1, maxLength: 3 }).map((items) => new Tuple(items)),
)

const keys = fc.uniqueArray(hashable, {
  maxLength: 4,
  selector: (key) => (key instanceof Tuple ? JSON.stringify(key.items) : `${typeof key} ${key}`),
})

const atom = fc.oneof(
  hashable,
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.bigInt({ max: -(2n ** 53n) }),
  fc.double(),
  fc.maxSafeInteger().map((number) => new Float(number)),
  fc.uint8Array({ minLength: 2 }),
  fc.constantFrom(Ellipsis, NotImplemented, new CodePoints([0xd800, 0xdc00])),
  fc.constantFrom(new Global('m', 'C'), new Global('m', 'C.f'), new Global('datetime', 'date')),
  fc.constantFrom('a', 'x y').map((id) => new PersistentId(id)),
)

/** A node of a graph; parts are numbers of nodes, which may be the node itself. */
const node = fc.record({
  kind: fc.constantFrom('list', 'tuple', 'dict', 'set', 'frozenset', 'bytearray', 'call', 'new'),
  parts: fc.array(fc.nat(), { maxLength: 4 }),
  atoms: fc.array(atom, { maxLength: 3 }),
  keys,
})

/** A graph with sharing and cycles. */
const graph = fc.array(node, { minLength: 1, maxLength: 12 }).map((nodes) => {
  const made: unknown[] = nodes.map(({ kind, keys, atoms }) => {
    switch (kind) {
      case 'dict':
        return new Map()
      case 'set':
        return new Set(keys)
      case 'frozenset':
        return new FrozenSet(keys)
      case 'bytearray':
        return ByteArray.from([keys.length])
      case 'call':
        return new Reduced(new Global('m', 'f'), atoms)
      case 'new':
        return new Reduced(new Global('m', 'C'), atoms, { isNew: true })
      default:
        return []
    }
  })
  // A tuple is there at once: it holds what came before it, which may hold the tuple.
  for (const [at, { kind, parts }] of nodes.entries()) {
    if (kind === 'tuple') made[at] = new Tuple(at === 0 ? [] : parts.map((part) => made[part % at]))
  }
  for (const [at, { parts, atoms, keys }] of nodes.entries()) {
    const object = made[at]
    const children = [...parts.map((part) => made[part % made.length]), ...atoms]
    if (Array.isArray(object)) object.push(...children)
    if (object instanceof Map) {
      for (const [index, key] of keys.entries()) object.set(key, children[index] ?? null)
    }
    if (object instanceof Reduced) {
      const [state, ...rest] = children
      object.state = state ?? undefined
      object.listItems = rest
      object.dictItems = keys.map((key, index) => [key, rest[index] ?? null])
    }
  }
  return made[made.length - 1]
})

/** Whether two values are the same, an object that is met again in one also in the other. */
function isSame(one: unknown, other: unknown, met = new Map<unknown, unknown>()): boolean {
  return isLike(one, other, met) && new Set(met.values()).size === met.size
}

function isLike(one: unknown, other: unknown, met: Map<unknown, unknown>): boolean {
  if (typeof one !== 'object' || one === null) return Object.is(one, other)
  if (typeof other !== 'object' || other === null || one.constructor !== other.constructor) {
    return false
  }
  if (isAtom(one)) return String(contentOf(one)) === String(contentOf(other))
  if (met.has(one)) return met.get(one) === other
  met.set(one, other)
  const [parts, others] = [contentOf(one), contentOf(other)]
  return parts.length === others.length && parts.every((part, at) => isLike(part, others[at], met))
}

/** Whether equal ones may be one object: all empty frozensets are, up to CPython 3.9. */
const isAtom = (value: unknown): boolean =>
  [Float, CodePoints, Global, PersistentId, Uint8Array].some((kind) => value instanceof kind) ||
  (value instanceof Tuple && value.length === 0) ||
  (value instanceof FrozenSet && value.size === 0)

function contentOf(value: unknown): readonly unknown[] {
  if (value instanceof Float) return [value.valueOf(), Object.is(value.valueOf(), -0)]
  if (value instanceof Map) return [...value].flat()
  if (value instanceof Reduced) return Object.values(value)
  return Symbol.iterator in Object(value)
    ? [...(value as Iterable<unknown>)]
    : Object.values(Object(value))
}

const protocol = fc.nat({ max: 5 })
const profile = fc.constantFrom('documented', 'cpython-3.8-c', 'cpython-3.13-py')

test('what is dumped is loaded as it was, with sharing and cycles, and dumped as before', () => {
  fc.assert(
    fc.property(graph, protocol, profile, (value, protocol, profile) => {
      const bytes = dumps(value, { protocol, profile })

      const loaded = loads(bytes, { profile })

      expect(isSame(value, loaded)).toBe(true)
      expect(dumps(loaded, { protocol, profile })).toEqual(bytes)
    }),
    { numRuns: 250, seed: 1 },
  )
})

test('objects are objects again, when it is asked for', () => {
  fc.assert(
    fc.property(fc.jsonValue(), protocol, (value, protocol) => {
      expect(loads(dumps(value, { protocol }), { dictsAsObjects: true })).toEqual(value)
    }),
    { numRuns: 250, seed: 1 },
  )
})

// pickle.dumps([frozenset(), frozenset()], 0) of CPython 3.9.18 and 3.10.13
test.each([
  ['cpython-3.9-c', '(lp0\nc__builtin__\nfrozenset\np1\n((lp2\ntp3\nRp4\nag4\na.'],
  [
    'cpython-3.10-c',
    '(lp0\nc__builtin__\nfrozenset\np1\n((lp2\ntp3\nRp4\nag1\n((lp5\ntp6\nRp7\na.',
  ],
])('two empty frozensets are one object where %s has but one', (profile, wanted) => {
  const bytes = dumps([new FrozenSet(), new FrozenSet()], { protocol: 0, profile })

  expect(Buffer.from(bytes).toString()).toBe(wanted)
  expect(dumps(loads(bytes, { profile }), { protocol: 0, profile })).toEqual(bytes)
})

// Of CPython 3.8.18: dumps of frozenset(), frozenset([5]) and frozenset() by one pickler.
test('an empty frozenset that is filled between two dumps is another', () => {
  const pieces: Uint8Array[] = []
  const file = { write: (bytes: Uint8Array) => pieces.push(bytes.slice()) }
  const pickler = new Pickler(file, { protocol: 4, profile: 'cpython-3.8-c' })
  const set = new FrozenSet<number>()

  pickler.dump(set)
  set.add(5)
  pickler.dump(set)
  pickler.dump(new FrozenSet())

  expect(Buffer.concat(pieces).toString('hex')).toBe(
    '80049504000000000000002891942e8004950600000000000000284b0591942e800468002e',
  )
})

test('a difference would be seen', () => {
  const shared: unknown[] = []

  expect(isSame([shared, shared], [[], []])).toBe(false)
  expect(isSame([[], []], [shared, shared])).toBe(false)
  expect(isSame([1], [new Float(1)])).toBe(false)
  expect(isSame([new Float(1)], [new Float(2)])).toBe(false)
  expect(isSame(new Map([[1, [2]]]), new Map([[1, [3]]]))).toBe(false)
  expect(isSame([null], [1])).toBe(false)
})
