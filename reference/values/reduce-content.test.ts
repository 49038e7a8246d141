import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { contentOf } from './reduce-content.ts'
import { PyBytes } from './value.ts'

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
