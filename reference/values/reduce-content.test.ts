import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { listIterator } from './iterate.ts'
import { contentOf } from './reduce-content.ts'
import { PyBytes, PyObject } from './value.ts'

const world = createWorld([3, 13, 0])
const bytesClass = world.knownClass('builtins:bytes')

const bytesOf = (index: number | bigint) => {
  const namespace = { __index__: build.functionOf(world, '__index__', () => index) }
  const object = build.instance(world, build.classOf(world, 'Lie', { namespace }))
  return contentOf(world, object, bytesClass)
}

test.each([1, 2, 300])('bytes of what gives the index %i are so many zeros', (index) => {
  const made = bytesOf(index)

  expect(made instanceof PyBytes && [...made.data]).toEqual(Array.from({ length: index }, () => 0))
})

test('bytes of the index 0 are the empty ones, of which there are no others', () => {
  expect(bytesOf(0)).toBe(world.emptyBytes)
})

test('an index may not be negative, nor more than an index can be', () => {
  expect(() => bytesOf(-1)).toThrow('negative count')
})

// bytes(object) in Python 3.13.0.
test('an index has 63 bits and a sign', () => {
  const tooLarge = "cannot fit 'Lie' into an index-sized integer"

  expect(() => bytesOf(-(2n ** 63n))).toThrow('negative count')
  expect(() => bytesOf(-(2n ** 63n) - 1n)).toThrow(tooLarge)
  expect(() => bytesOf(2n ** 63n)).toThrow(tooLarge)
  expect(() => bytesOf(2n ** 62n)).toThrow(new PickleError('MemoryError', ''))
})

// dict(object) in Python 3.8.18, 3.13.0 and 3.14.2.
test.each([
  [build.list(1), 'has length 1; 2 is required'],
  [build.list(), 'has length 0; 2 is required'],
  [build.list(1, 2, 3), 'has length 3; 2 is required'],
])('a dict is made of pairs alone: %#', (item, why) => {
  const given = build.functionOf(world, '__iter__', () => listIterator(world, build.list(item)))
  const cls = build.classOf(world, 'C', { namespace: { __iter__: given } })

  expect(() =>
    contentOf(world, build.instance(world, cls), world.knownClass('builtins:dict')),
  ).toThrow(new PickleError('ValueError', `dictionary update sequence element #0 ${why}`))
})

test('an int inside of another object is a new one', () => {
  const boxing = createWorld([3, 13, 0], { boxesInts: true })
  const int = boxing.knownClass('builtins:int')
  const cls = build.classOf(boxing, 'Sub', { bases: [int] })

  expect(contentOf(boxing, new PyObject(cls, null, 300), int)).toMatchObject({ value: 300 })
  expect(contentOf(world, new PyObject(cls, null, 300), int)).toBe(300)
})

test('the text inside of an empty str is the one empty str', () => {
  const text = world.knownClass('builtins:str')
  const cls = build.classOf(world, 'Sub', { bases: [text] })

  expect(contentOf(world, new PyObject(cls, null, build.str('')), text)).toBe(world.emptyStr)
})
