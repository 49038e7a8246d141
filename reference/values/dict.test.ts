import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { dictDelete, dictLookup, dictLookupText, dictStore } from './dict.ts'
import { hashKey } from './hash-key.ts'
import { PyFloat, PyObject, type PyValue } from './value.ts'

const world = createWorld([3, 13, 0])

const subclassOf = (base: string, value: PyValue) =>
  new PyObject(build.classOf(world, 'Sub', { bases: [world.knownClass(base)] }), null, value)

describe('keys that Python takes for equal have the same hash key', () => {
  test.each<[string, PyValue, PyValue]>([
    ['one and True', 1, true],
    ['zero and False', 0, false],
    ['an int and a float', 1, build.float(1)],
    ['a big int and a float', 10n ** 20n, build.float(1e20)],
    ['zeros of either sign', build.float(-0), 0],
    ['a named int', build.int(5), 5],
    ['two strs', build.str('ab'), build.str('ab')],
    ['strs of code points', build.str([0xd83d, 0xde00]), build.str([0xd83d, 0xde00])],
    ['two bytes', build.bytes([1, 2]), build.bytes([1, 2])],
    ['two tuples', build.tuple(1, build.str('a')), build.tuple(true, build.str('a'))],
    ['tuples of tuples', build.tuple(build.tuple(), 1), build.tuple(build.tuple(), 1)],
    [
      'frozensets in another order',
      build.frozenset(1, build.str('a')),
      build.frozenset(build.str('a'), 1),
    ],
    ['an instance of a subclass of int', subclassOf('builtins:int', 5), 5],
    [
      'an instance of a subclass of str',
      subclassOf('builtins:str', build.str('ab')),
      build.str('ab'),
    ],
    ['a tuple of a subclass', subclassOf('builtins:tuple', build.tuple(1)), build.tuple(1)],
    [
      'a tuple of a subclass in a tuple',
      build.tuple(subclassOf('builtins:tuple', build.tuple(1))),
      build.tuple(build.tuple(1)),
    ],
  ])('%s', (_, one, other) => {
    expect(hashKey(one)).toBe(hashKey(other))
  })
})

describe('keys that differ have another', () => {
  test.each<[string, PyValue, PyValue]>([
    ['a str and its bytes', build.str('ab'), build.bytes([0x61, 0x62])],
    ['a number and its text', 1, build.str('1')],
    ['an int beyond doubles and the nearest float', 2n ** 53n + 1n, build.float(2 ** 53)],
    ['two numbers that are none', build.float(Number.NaN), build.float(Number.NaN)],
    ['a str that looks like bytes', build.str('\0b97'), build.bytes([0x61])],
    ['a str that looks like a tuple', build.str('\0t1'), build.tuple(1)],
    ['a tuple and a frozenset', build.tuple(1), build.frozenset(1)],
    [
      'a tuple of a text and a text of a tuple',
      build.tuple(build.str('a,b')),
      build.tuple(build.str('a'), build.str('b')),
    ],
    ['nested otherwise', build.tuple(build.tuple(1), 2), build.tuple(build.tuple(1, 2))],
    ['two lone surrogates and the character', build.str([0xd83d, 0xde00]), build.str('\u{1f600}')],
    [
      'two instances',
      build.instance(world, build.classOf(world, 'A')),
      build.instance(world, build.classOf(world, 'A')),
    ],
    ['None and nothing', null, build.str('')],
    ['classes', world.knownClass('builtins:int'), world.knownClass('builtins:str')],
  ])('%s', (_, one, other) => {
    expect(hashKey(one)).not.toBe(hashKey(other))
  })
})

test.each<[string, () => PyValue, string]>([
  ['list', () => build.list(), 'list'],
  ['dict', () => build.dict(), 'dict'],
  ['set', () => build.set(), 'set'],
  ['bytearray', () => build.bytearray([]), 'bytearray'],
  ['list of a subclass', () => subclassOf('builtins:list', build.list()), 'Sub'],
  ['list in a tuple', () => build.tuple(1, build.list()), 'list'],
])('a %s is no key', (_, make, type) => {
  expect(() => hashKey(make())).toThrow(new PickleError('TypeError', `unhashable type: '${type}'`))
})

test('a class without __hash__ gives no keys', () => {
  const cls = build.classOf(world, 'D', { namespace: { __hash__: null } })

  expect(() => hashKey(build.instance(world, cls))).toThrow("unhashable type: 'D'")
})

test('a member of an enum is itself, of an enum of ints its number', () => {
  const member = (base: string, value?: PyValue) =>
    new PyObject(build.classOf(world, 'E', { bases: [world.knownClass(base)] }), null, value)
  const plain = member('enum:Enum')

  expect(hashKey(plain)).toBe(plain)
  expect(hashKey(member('enum:IntEnum', 3))).toBe(3)
})

test('depth of a key costs no stack', () => {
  let [one, other] = [build.tuple(1), build.tuple(1)]
  for (let level = 0; level < 3_000; level++) [one, other] = [build.tuple(one), build.tuple(other)]

  expect(hashKey(one)).toBe(hashKey(other))
})

test('a key that is no number keeps its float', () => {
  const nan = new PyFloat(Number.NaN)
  const dict = build.dict([nan, 1])

  expect(dictLookup(dict, nan)).toBe(1)
  expect(dictLookup(dict, new PyFloat(Number.NaN))).toBeUndefined()
})

test('an equal key keeps the place and the object of the first', () => {
  const dict = build.dict([1, build.str('one')], [2, build.str('two')])

  dictStore(dict, true, build.str('new'))

  expect(dict.keys).toEqual([1, 2])
  expect(dictLookup(dict, build.float(1))).toEqual(build.str('new'))
})

test('a text is found whatever the size of the dict', () => {
  const dict = build.dict([1, null])
  for (const letter of 'abcdefghijklmnop') {
    dictStore(dict, build.str(letter), build.str(letter))
    expect(dictLookupText(dict, letter)).toEqual(build.str(letter))
    expect(dictLookupText(dict, `${letter}?`)).toBeUndefined()
  }
})

test('a dict does what a Map of numbers does, at every size', () => {
  const operation = fc.tuple(fc.constantFrom('store', 'delete', 'look up'), fc.nat(25))
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 80 }), (operations) => {
      const dict = build.dict()
      const model = new Map<number, number>()
      operations.forEach(([what, key], at) => {
        if (what === 'store') {
          dictStore(dict, key, at)
          model.set(key, at)
        } else if (what === 'delete') expect(dictDelete(dict, key)).toBe(model.delete(key))
        else expect(dictLookup(dict, build.float(key))).toBe(model.get(key))
      })
      expect(dict.keys).toEqual([...model.keys()])
      expect(dict.values).toEqual([...model.values()])
    }),
  )
})

test('a dict that was searched keeps its places when a key is taken out and put in again', () => {
  for (const size of [9, 10, 11]) {
    const dict = build.dict()
    for (let key = 0; key < size; key++) dictStore(dict, key, key)
    expect(dictLookup(dict, size - 1)).toBe(size - 1)
    dictDelete(dict, 0)
    dictStore(dict, 0, 0)

    for (let key = 0; key < size; key++) expect(dictLookup(dict, key)).toBe(key)
  }
})

test('what somebody put into a dict past its functions is found', () => {
  const dict = build.dict()
  for (let key = 0; key < 10; key++) dictStore(dict, key, key)
  expect(dictLookup(dict, 9)).toBe(9)
  dict.keys.push(10)
  dict.values.push(10)

  expect(dictLookup(dict, 10)).toBe(10)
})
