import { expect, test } from 'vitest'
import * as build from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import { listIterator } from '../values/iterate.ts'
import { PyBuffer, PyByteArray, PyIterator, PyModule, type PyValue } from '../values/value.ts'
import { describeGraph } from './describe-graph.ts'

const world = createWorld([3, 13, 0])

const objectsOf = (value: PyValue) => describeGraph(world, value, new Map()).objects

test('a buffer is told with what it is a buffer of, and in which steps', () => {
  const object = new PyByteArray(Uint8Array.of(1, 2))
  const data = Uint8Array.of(2, 1)

  expect(objectsOf(new PyBuffer(data, true, false, { object, stride: -1 }))).toEqual([
    { buffer: { at: 1 }, readonly: true, stride: -1 },
    { bytearray: '0102' },
  ])
  expect(objectsOf(new PyBuffer(data, false, true, { object, stride: 1 }))[0]).toEqual({
    buffer: { at: 1 },
    readonly: false,
  })
  expect(objectsOf(new PyBuffer(data, false, true))).toEqual([
    { buffer: { bytes: '0201' }, readonly: false },
  ])
})

test('an iterator over a list is told with what it has not given yet', () => {
  const iterator = listIterator(world, build.list(1, 2, 3))
  iterator.next()

  expect(objectsOf(iterator)).toEqual([{ iterator: [2, 3] }])
})

test('what has no form of its own is told by its type and repr', () => {
  expect(objectsOf(new PyIterator('tuple_iterator', () => undefined))).toEqual([
    {
      opaque: 'builtins:tuple_iterator',
      repr: expect.stringMatching(/^<tuple_iterator object at/),
    },
  ])
  expect(objectsOf(new PyModule(build.str('m')))).toEqual([
    { opaque: 'builtins:module', repr: expect.stringContaining('module') },
  ])
})
