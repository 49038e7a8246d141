import { expect, test } from 'vitest'
import { Sm } from '../fixtures/sm.ts'
import { profile } from '../profiles.ts'
import { dict, frozenset, instance, list, set, str, tuple } from '../values/build.ts'
import { PyIterator, PyObject, type PyValue } from '../values/value.ts'
import { Pickler } from './pickler.ts'
import type { PicklerClass } from './pickler-class.ts'

/** How to put a value into another one, and how many saves lie within each other for that. */
type Kind = {
  readonly saves: (protocol: number) => number
  readonly around: (sm: Sm, inner: PyValue) => PyValue
}

const once = (): number => 1
const twice = (): number => 2

const subclass = (sm: Sm, base: string, content: PyValue): PyValue =>
  sm.sub(`Sub${base}`, base, content)

const oneItem = (item: PyValue): PyIterator => {
  let isTaken = false
  return new PyIterator('iterator', () => {
    if (isTaken) return undefined
    isTaken = true
    return item
  })
}

const kinds: Readonly<Record<string, Kind>> = {
  'a list': { saves: once, around: (_, inner) => list(inner) },
  'a list of two': { saves: once, around: (_, inner) => list(1, inner) },
  'a dict': { saves: once, around: (_, inner) => dict([1, inner]) },
  'a tuple': { saves: once, around: (_, inner) => tuple(1, 2, 3, inner) },
  'a set': {
    saves: (protocol) => (protocol < 4 ? 3 : 1),
    around: (_, inner) => set(inner),
  },
  'a frozenset': {
    saves: (protocol) => (protocol < 4 ? 3 : 1),
    around: (_, inner) => frozenset(inner),
  },
  'an instance': { saves: twice, around: (sm, inner) => instance(sm.world, sm.A, { x: inner }) },
  'a subclass of list': {
    saves: (protocol) => (protocol < 2 ? 3 : 1),
    around: (sm, inner) => subclass(sm, 'list', list(inner)),
  },
  'a subclass of dict': {
    saves: (protocol) => (protocol < 2 ? 3 : 1),
    around: (sm, inner) => subclass(sm, 'dict', dict([1, inner])),
  },
  'arguments of a reduction': {
    saves: twice,
    around: (sm, inner) => sm.red(tuple(sm.func2, tuple(inner))),
  },
  'a state': { saves: once, around: (sm, inner) => sm.red(tuple(sm.func2, tuple(), inner)) },
  'a state with a setter': {
    saves: once,
    around: (sm, inner) => sm.red(tuple(sm.func2, tuple(), inner, null, null, sm.setter)),
  },
  'dict items of a reduction': {
    saves: once,
    around: (sm, inner) => sm.red(tuple(sm.func2, tuple(), null, null, oneItem(tuple(1, inner)))),
  },
  'arguments with keywords': {
    saves: (protocol) => (protocol < 2 ? 3 : protocol < 4 ? 4 : 2),
    around: (sm, inner) => {
      const args = tuple(sm.RedGen, tuple(inner), dict([str('a'), 1]))
      return sm.red(tuple(sm.world.known('copyreg:__newobj_ex__'), args))
    },
  },
}

const plain: PicklerClass = { isSubclass: false, attributes: new Map() }

function dump(sm: Sm, name: string, value: PyValue, protocol: number, limit?: number): void {
  const init = limit === undefined ? { protocol } : { protocol, recursionLimit: limit }
  new Pickler(sm.world, profile(name), plain, init, { write: () => undefined }).dump(value)
}

/** Calls a function from below so many others. */
function below<T>(frames: number, call: () => T): T {
  return frames === 0 ? call() : below(frames - 1, call)
}

const cases = Object.keys(kinds).flatMap((kind) =>
  ['cpython-3.14.2-c', 'cpython-3.14.2-py', 'documented'].flatMap((name) =>
    [0, 2, 4].map((protocol) => [kind, name, protocol] as const),
  ),
)

test.each(cases)(
  '%s can be nested to the limit and no further: %s, protocol %i',
  (kind, name, protocol) => {
    const { around, saves } = kinds[kind] as Kind // it is one of them
    const sm = new Sm(profile(name).release, false)
    const levels = Math.floor(1000 / saves(protocol))
    const nested = (depth: number): PyValue => {
      let value: PyValue = 0
      for (let level = 0; level < depth; level++) value = around(sm, value)
      return value
    }

    below(500, () => dump(sm, name, nested(levels), protocol))

    expect(() => dump(sm, name, nested(levels + 1), protocol)).toThrow(
      expect.objectContaining({ type: 'RecursionError' }),
    )
  },
)

test.each([
  ['cpython-3.14.2-c', 'maximum recursion depth exceeded while pickling an object'],
  ['cpython-3.14.2-py', 'maximum recursion depth exceeded'],
])('the limit is a setting, and the refusal is that of the engine: %s', (name, message) => {
  const sm = new Sm(profile(name).release, false)

  dump(sm, name, list(list(1)), 2, 2)

  expect(() => dump(sm, name, list(list(list())), 2, 2)).toThrow(
    expect.objectContaining({ type: 'RecursionError', message }),
  )
})

test('a limit beyond the stack of JavaScript ends in the same refusal', () => {
  const sm = new Sm(profile('documented').release, false)
  let value: PyValue = 0
  for (let level = 0; level < 100_000; level++) value = list(value)

  expect(() => dump(sm, 'documented', value, 4, Number.POSITIVE_INFINITY)).toThrow(
    expect.objectContaining({ type: 'RecursionError' }),
  )
})

test('a dump after one that went too deep begins at the top again', () => {
  const sm = new Sm(profile('documented').release, false)
  const init = { protocol: 2, recursionLimit: 2 }
  const pickler = new Pickler(sm.world, profile('documented'), plain, init, {
    write: () => undefined,
  })
  const id = new PyObject(sm.A)

  expect(() => pickler.dump(list(list(list(id))))).toThrow('maximum recursion depth exceeded')
  pickler.clearMemo()
  pickler.dump(list(list()))

  expect(pickler.memoValues()).toHaveLength(2)
})

test.each(cases)(
  '%s side by side is no deeper than one: %s, protocol %i',
  (kind, name, protocol) => {
    const { around } = kinds[kind] as Kind // it is one of them
    const sm = new Sm(profile(name).release, false)
    const beside = list(...Array.from({ length: 1500 }, () => around(sm, 0)))

    expect(() => dump(sm, name, beside, protocol)).not.toThrow()
  },
)

test('what has a persistent id makes what comes after it no deeper, and no less deep', () => {
  const sm = new Sm(profile('documented').release, false)
  const known = new PyObject(sm.A)
  const hook = sm.lambda((value = null) => (value === known ? 1 : null))
  const dumpBelow = (levels: number, ids: number): void => {
    const init = { protocol: 2, recursionLimit: 10 }
    const sink = { write: () => undefined }
    const pickler = new Pickler(sm.world, profile('documented'), plain, init, sink)
    pickler.setAttribute('persistent_id', hook)
    let value: PyValue = list()
    for (let level = 1; level < levels; level++) value = list(value)
    pickler.dump(list(...Array.from({ length: ids }, () => known), value))
  }

  for (const ids of [0, 20]) {
    expect(() => dumpBelow(9, ids)).not.toThrow()
    expect(() => dumpBelow(10, ids)).toThrow('maximum recursion depth exceeded')
  }
})
