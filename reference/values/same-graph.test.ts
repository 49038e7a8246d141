import { describe, expect, test } from 'vitest'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { graphDifference } from './same-graph.ts'
import {
  PyBuffer,
  PyFloat,
  PyIterator,
  PyModule,
  PyObject,
  PyProperty,
  type PyValue,
} from './value.ts'

const world = createWorld([3, 13, 0])
const other = createWorld([3, 13, 0])
const bits = (last: number) => Uint8Array.of(0x7f, 0xf8, 0, 0, 0, 0, 0, last)
const nan = (payload: Uint8Array | null) => new PyFloat(Number.NaN, payload)
const buffer = (data: Uint8Array | null) => new PyBuffer(data, true, true)
const module = (name: string) => new PyModule(world.intern(name))
const classNamed = (name: string) => build.classOf(world, name)
const functionNamed = (name: string) => build.functionOf(world, name)
const iterator = new PyIterator('iterator', () => undefined)
const property = new PyProperty(() => null)

const cls = classNamed('A')
const slotted = (slots: readonly (readonly [string, PyValue])[]) => {
  const made = new PyObject(cls)
  made.slots = new Map(slots)
  return made
}

const half = build.float(0.5)
const shared = build.list(half, half)
const word = build.str('w')
const octet = build.bytes([1])
const number = build.classOf(world, 'N', { bases: [world.knownClass('builtins:int')] })
const valued = (value: PyValue) => new PyObject(number, null, value)

function cycle(): PyValue {
  const list = build.list()
  list.items.push(list)
  return list
}

describe('graphs that are the same', () => {
  test.each<[string, PyValue, PyValue]>([
    ['None', null, null],
    ['an int and one with an identity', 5, build.int(5)],
    ['floats', build.float(1.5), build.float(1.5)],
    ['one float twice and two floats', shared, build.list(build.float(0.5), build.float(0.5))],
    [
      'one str twice and two strs',
      build.list(word, word),
      build.list(build.str('w'), build.str('w')),
    ],
    [
      'one bytes twice and two bytes',
      build.list(octet, octet),
      build.list(build.bytes([1]), build.bytes([1])),
    ],
    ['instances with a value', valued(5), valued(5)],
    ['NaNs with the same bits', nan(bits(1)), nan(bits(1))],
    ['strs', build.str('ab'), build.str('ab')],
    ['bytes', build.bytes([1]), build.bytes([1])],
    ['bytearrays', build.bytearray([1]), build.bytearray([1])],
    ['lists', build.list(1, build.tuple(2)), build.list(1, build.tuple(2))],
    ['dicts', build.dict([1, build.str('a')]), build.dict([1, build.str('a')])],
    ['sets in another order', build.set(1, 2), build.set(2, 1)],
    ['frozensets', build.frozenset(build.str('a')), build.frozenset(build.str('a'))],
    [
      'sets of objects, by their order',
      build.set(1, build.instance(world, cls)),
      build.set(build.instance(world, cls), 1),
    ],
    ['classes of the same name', classNamed('B'), build.classOf(other, 'B')],
    ['functions of the same name', functionNamed('f'), build.functionOf(other, 'f')],
    [
      'methods without a module',
      world.known('builtins:str.upper'),
      other.known('builtins:str.upper'),
    ],
    ['modules of the same name', module('m'), module('m')],
    ['singletons', world.ellipsis, other.ellipsis],
    ['buffers', buffer(Uint8Array.of(1)), buffer(Uint8Array.of(1))],
    ['released buffers', buffer(null), buffer(null)],
    ['objects', build.instance(world, cls, { x: 1 }), build.instance(world, cls, { x: 1 })],
    ['objects with slots', slotted([['x', 1]]), slotted([['x', 1]])],
    ['cycles', cycle(), cycle()],
    ['the same iterator', iterator, iterator],
    ['the same property', property, property],
  ])('%s', (_, one, another) => {
    expect(graphDifference(one, another)).toBeUndefined()
    expect(graphDifference(another, one)).toBeUndefined()
  })
})

describe('graphs that are not', () => {
  const shared = build.list()
  test.each<[string, PyValue, PyValue, string]>([
    ['None and an int', null, 0, 'null against 0'],
    ['0 and -0', build.float(0), build.float(-0), 'floats with different numbers'],
    ['NaNs with other bits', nan(bits(1)), nan(bits(2)), 'floats with different numbers'],
    ['a NaN with bits and one without', nan(bits(1)), nan(null), 'floats with different numbers'],
    ['a str and None', build.str('a'), null, 'str against null'],
    ['None and a list', null, build.list(), 'null against list'],
    ['a list and None', build.list(), null, 'list against null'],
    ['an int and a list', 1, build.list(), '1 against list'],
    ['a list and an int', build.list(), 1, 'list against 1'],
    [
      'types of objects',
      new PyObject(cls),
      new PyObject(classNamed('B')),
      'classs with different names',
    ],
    ['values of objects', valued(1), valued(2), '1 against 2'],
    ['a NaN without bits and one with', nan(null), nan(bits(1)), 'floats with different numbers'],
    [
      'numbers and bits',
      new PyFloat(1, bits(1)),
      new PyFloat(1, null),
      'floats with different numbers',
    ],
    ['kinds', build.list(), build.tuple(), 'list against tuple'],
    ['strs', build.str('a'), build.str('b'), 'strs with different texts'],
    ['bytes', build.bytes([1]), build.bytes([2]), 'bytess with different bytes'],
    ['lengths of lists', build.list(1), build.list(1, 2), '1 against 2'],
    ['members of sets', build.set(1), build.set(2), '1 against 2'],
    ['sizes of dicts', build.dict([1, 1]), build.dict(), '1 against 0'],
    ['sizes of sets', build.set(1), build.set(1, 2), '1 against 2'],
    ['classes', classNamed('A'), classNamed('B'), 'classs with different names'],
    ['functions', functionNamed('f'), functionNamed('g'), 'functions with different names'],
    ['modules', module('m'), module('n'), 'modules with different names'],
    ['singletons', world.ellipsis, world.notImplemented, 'singletons with different names'],
    ['buffers', buffer(Uint8Array.of(1)), buffer(null), 'buffers with different bytes'],
    ['names of slots', slotted([['x', 1]]), slotted([['y', 1]]), 'objects with different slots'],
    [
      'iterators',
      iterator,
      new PyIterator('iterator', () => undefined),
      'iterators with different identities',
    ],
    [
      'an object that is met again',
      build.list(shared, shared),
      build.list(build.list(), build.list()),
      'an object met again against another one',
    ],
    [
      'another one that is met again',
      build.list(build.list(), build.list()),
      build.list(shared, shared),
      'an object met again against another one',
    ],
  ])('%s', (_, one, another, because) => {
    expect(graphDifference(one, another)?.because).toBe(because)
  })

  test('the way to the difference is told', () => {
    const one = build.list(1, build.instance(world, cls, { x: build.tuple(1) }))
    const another = build.list(1, build.instance(world, cls, { x: build.tuple(2) }))

    expect(graphDifference(one, another)).toEqual({
      path: '.items[1].dict[0].values[0].items[0]',
      because: '1 against 2',
    })
  })
})
