import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { Picklers } from '../fixtures/picklers.ts'
import { disassembleToAssembly } from '../tools/assembly.ts'
import { instance, list, set, tuple } from '../values/build.ts'
import { listIterator } from '../values/iterate.ts'
import { PyIterator } from '../values/value.ts'

// CPython 3.8, 3.11 and 3.13: C looks at the first item of a batch before it asks for the second.
test.each([
  ['cpython-3.8-c', 'TypeError'],
  ['cpython-3.13-c', 'TypeError'],
  ['cpython-3.8-py', 'KeyError'],
  ['cpython-3.13-py', 'KeyError'],
])('%s: of dict items of which one is no pair and the next one raises: %s', (name, type) => {
  const picklers = new Picklers(name)
  const { sm } = picklers
  let count = 0
  const items = new PyIterator('generator', () => {
    count++
    if (count > 1) throw new PickleError('KeyError', "'second'")
    return 1
  })
  const value = sm.red(tuple(sm.func2, tuple(), null, null, items))

  expect(() => picklers.dump(value, { protocol: 4 })).toThrow(expect.objectContaining({ type }))
})

// Measured on CPython 3.8.18, 3.13.0 and 3.14.2.
test.each([
  ['raises a KeyError', 'KeyError', "'iter'"],
  ['raises a TypeError', 'TypeError', "'iter'"],
  ['is not there', 'TypeError', 'cannot unpack non-iterable A object'],
])(
  "RED-03: of dict items one whose __iter__ %s ends Python's dump: %s",
  (iteration, type, message) => {
    for (const name of ['cpython-3.8-py', 'cpython-3.13-py', 'cpython-3.14.2-py']) {
      const picklers = new Picklers(name)
      const { sm } = picklers
      const iter = sm.method('A.__iter__', () => {
        throw new PickleError(type, message)
      })
      const item = instance(
        sm.world,
        sm.cls('A', iteration.startsWith('raises') ? { __iter__: iter } : {}),
        {},
      )
      const items = listIterator(sm.world, list(item))
      const value = sm.red(tuple(sm.func2, tuple(), null, null, items))

      expect(() => picklers.dump(value)).toThrow(expect.objectContaining({ type, message }))
    }
  },
)

// CPython 3.14.2, both engines: only what is saved is an item.
test.each(['cpython-3.14.2-c', 'cpython-3.14.2-py'])(
  '%s: of items that raise when they are asked for nothing is noted but the object',
  (name) => {
    for (const [count, isDict] of [0, 1, 2].flatMap((count) => [
      [count, false] as const,
      [count, true] as const,
    ])) {
      const picklers = new Picklers(name)
      const { sm } = picklers
      let given = 0
      const items = new PyIterator('generator', () => {
        given++
        if (given > count) throw new PickleError('KeyError', "'x'")
        return isDict ? tuple(given, given) : given
      })
      const parts = isDict ? [null, null, items] : [null, items]
      const value = sm.red(tuple(sm.func2, tuple(), ...parts))

      expect(() => picklers.dump(value, { protocol: 4 })).toThrow(
        expect.objectContaining({
          type: 'KeyError',
          notes: [expect.stringMatching(/^when serializing \S+ object$/)],
        }),
      )
    }
  },
)

// CPython 3.8, 3.11 and 3.13, both engines and all protocols alike.
describe.each(['cpython-3.8-c', 'cpython-3.8-py', 'cpython-3.13-c', 'cpython-3.13-py'])(
  'RED-25: %s',
  (name) => {
    test.each([
      [0, []],
      [1, []],
      [2, [2]],
      [999, [999]],
      [1000, [1000]],
      [1001, [1000]],
      [1002, [1000, 2]],
      [2000, [1000, 1000]],
      [2500, [1000, 1000, 500]],
      [3001, [1000, 1000, 1000]],
    ])('asks for each of %d items once, and once more: batches of %j', (count, batches) => {
      for (const isDict of [false, true]) {
        const picklers = new Picklers(name)
        const { sm } = picklers
        let asked = 0
        const items = new PyIterator('generator', () => {
          if (++asked > count) return undefined
          return isDict ? tuple(null, null) : null
        })
        const parts = isDict ? [null, null, items] : [null, items]
        const value = sm.red(tuple(sm.func2, tuple(), ...parts))

        const text = picklers.dump(value, { protocol: 2 }).text()

        const marked = [...text.matchAll(/\((N+)[eu]/g)].map(([, nones]) => nones?.length)
        expect(asked).toBe(count + 1)
        expect(marked).toEqual(batches.map((size) => (isDict ? 2 * size : size)))
      }
    })
  },
)

// CPython 3.8, 3.13, 3.14.2 and 3.15.0rc1.
describe.each([
  ['cpython-3.8-c', true],
  ['cpython-3.14.2-c', true],
  ['cpython-3.15-c', false],
  ['cpython-3.8-py', false],
  ['cpython-3.15-py', false],
])('BATCH-04: %s, with an empty batch behind a full one: %s', (name, isMarked) => {
  test.each([
    [0, []],
    [1, [1]],
    [999, [999]],
    [1000, [1000]],
    [1001, [1000, 1]],
    [2000, [1000, 1000]],
    [2001, [1000, 1000, 1]],
    [2500, [1000, 1000, 500]],
  ])('a set of %d has batches of %j', (count, batches) => {
    const members = Array.from({ length: count }, (_, at) => at)

    const file = new Picklers(name).dump(set(...members), { protocol: 4 })

    let size = 0
    const sizes: number[] = []
    for (const line of disassembleToAssembly(file.bytes())) {
      if (line === 'MARK') size = 0
      if (line.startsWith('BININT')) size++
      if (line === 'ADDITEMS') sizes.push(size)
    }
    const isFull = count > 0 && count % 1000 === 0
    expect(sizes).toEqual(isMarked && isFull ? [...batches, 0] : batches)
  })
})
