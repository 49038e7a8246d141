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

test('a repr is cut behind a thousand characters', () => {
  const [module] = objectsOf(new PyModule(build.str('é'.repeat(2000))))

  expect([...(module as { repr: string }).repr]).toHaveLength(1000)
})

test.each([
  [2 ** 53 - 1, 2 ** 53 - 1],
  [1 - 2 ** 53, 1 - 2 ** 53],
  [2n ** 53n, { int: '9007199254740992' }],
  [-(2n ** 53n), { int: '-9007199254740992' }],
])('the int %s is told as %j', (value, wanted) => {
  expect(describeGraph(world, build.int(value), new Map()).value).toEqual(wanted)
})

test.each([
  [[0xdfff, 0x61], { str: [0xdfff, 'a'] }],
  [[0xd800, 0x61, 0x62], { str: [0xd800, 'ab'] }],
  [[0xd7ff, 0xe000], '\ud7ff\ue000'],
])('the str of %j is told as %j', (codes, wanted) => {
  expect(describeGraph(world, build.str(codes), new Map()).value).toEqual(wanted)
})

test('a slot of the name that members of enumerations have makes no member', () => {
  const cls = build.classOf(world, 'C', { slots: ['_name_'] })
  const object = build.instance(world, cls)
  object.slots = new Map([['_name_', build.str('n')]])

  const { objects } = describeGraph(world, object, new Map([[cls, { class: 'C' }]]))

  expect(objects).toEqual([{ instance: 'C', slots: [['_name_', 'n']] }])
})
