import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { drain, iterate } from './iterate.ts'
import { positionAfter } from './position-after.ts'
import { isTruthy } from './truth.ts'
import { PyObject, PyTuple, type PyValue } from './value.ts'

const world = createWorld([3, 13, 0])

const subclassOf = (base: string, value: PyValue) =>
  new PyObject(
    build.classOf(world, 'Sub', { bases: [world.knownClass(`builtins:${base}`)] }),
    null,
    value,
  )

const withMethods = (namespace: Readonly<Record<string, PyValue>>) =>
  build.instance(world, build.classOf(world, 'C', { namespace }))

// What Python 3.13.0 gives.
describe('what is iterated', () => {
  test.each<[what: string, of: PyValue, wanted: readonly PyValue[]]>([
    ['an instance of a subclass of bytes', subclassOf('bytes', build.bytes([1, 2])), [1, 2]],
    ['one of bytearray', subclassOf('bytearray', build.bytearray([3])), [3]],
    ['one of list', subclassOf('list', build.list(4)), [4]],
    ['one of set', subclassOf('set', build.set(5)), [5]],
  ])('%s', (_, of, wanted) => {
    expect(drain(iterate(world, of))).toEqual(wanted)
  })

  test('characters of latin-1 are one object each, others are new ones', () => {
    const [one, other] = drain(iterate(world, build.str('ÿÿ')))
    expect(one).toBe(other)
    const [first, second] = drain(iterate(world, build.str('ĀĀ')))
    expect(first).not.toBe(second)
    expect(second).toEqual(build.str('Ā'))
  })

  test('what __getitem__ gives for 0 and so on', () => {
    const asked: PyValue[] = []
    const getItem = build.functionOf(world, '__getitem__', ([, index = null]) => {
      asked.push(index)
      if (asked.length > 2) throw new PickleError('IndexError', '')
      return index
    })

    expect(drain(iterate(world, withMethods({ __getitem__: getItem })))).toHaveLength(2)
    expect(asked.slice(0, 2)).not.toContain(2)
  })

  test('nothing where __iter__ is None, though there is __getitem__', () => {
    const getItem = build.functionOf(world, '__getitem__')

    expect(() => iterate(world, withMethods({ __iter__: null, __getitem__: getItem }))).toThrow(
      new PickleError('TypeError', "'C' object is not iterable"),
    )
  })

  test('nothing where __iter__ gives no iterator', () => {
    const iter = build.functionOf(world, '__iter__', () => 5)

    expect(() => iterate(world, withMethods({ __iter__: iter }))).toThrow(
      new PickleError('TypeError', "iter() returned non-iterator of type 'int'"),
    )
  })

  test('a dict whose keys change is refused', () => {
    const dict = build.dict([1, 1], [2, 2])
    const grown = iterate(world, dict)
    grown.next()
    dict.keys.push(3)
    dict.values.push(3)
    expect(() => grown.next()).toThrow(
      new PickleError('RuntimeError', 'dictionary changed size during iteration'),
    )
  })
})

test.each<[entries: readonly PyValue[], last: PyValue | undefined, at: number, wanted: number]>([
  [[1, 2, 3], undefined, -1, 0],
  [[1, 2, 3], 1, 0, 1],
  [[1, 2, 3], 3, 2, 3],
  [[3, 1, 9], 1, 2, 2],
  [[2, 1, 3], 2, 1, 1],
  [[5, 6, 7], 1, 1, 1],
])('of %j, after %j at %i comes what is at %i', (entries, last, at, wanted) => {
  expect(positionAfter(entries, last, at)).toBe(wanted)
})

// bool() in Python.
test.each<[what: string, value: PyValue, wanted: boolean]>([
  ['0', build.int(0), false],
  ['1', build.int(1), true],
  ['-1', build.int(-1), true],
  ['0.0', build.float(0), false],
  ['0j', complex(0, 0), false],
  ['1j', complex(0, 1), true],
  ['an instance of a subclass of int', subclassOf('int', 0), false],
  ['an empty one of tuple', subclassOf('tuple', build.tuple()), false],
  ['one of tuple', subclassOf('tuple', build.tuple(0)), true],
])('whether %s is true', (_, value, wanted) => {
  expect(isTruthy(world, value)).toBe(wanted)
})

function complex(re: number, im: number): PyObject {
  const parts = new PyTuple([build.float(re), build.float(im)])
  return new PyObject(world.knownClass('builtins:complex'), null, parts)
}

// What Python 3.8.18 and 3.13.0 say.
test('a dict whose keys were exchanged while it was iterated ends in an error', () => {
  const numbers = build.dict([1, 1], [2, 2])
  const keys = iterate(world, numbers)

  expect(keys.next()).toBe(1)
  numbers.keys.splice(0, 2, 2, 3)
  expect(keys.next()).toBe(2)
  expect(() => keys.next()).toThrow(
    new PickleError('RuntimeError', 'dictionary keys changed during iteration'),
  )
})
