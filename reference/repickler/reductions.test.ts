import { describe, expect, test } from 'vitest'
import { again, call, loaded } from './fixtures/again.ts'

describe('an iterator without a position', () => {
  test.each([
    'EMPTY_LIST',
    'BININT1 1 TUPLE1',
    'EMPTY_TUPLE',
    'BINUNICODE "ab"',
    "SHORT_BINBYTES x'6162'",
    "BYTEARRAY8 x'6162'",
  ])('over %s has one once it is loaded', (over) => {
    const pickle = ['PROTO 5', ...call('"builtins" "iter"', ...over.split(/ (?=TUPLE1)/))]

    expect(again(pickle, 5)).toMatch(/TUPLE1 REDUCE BININT1 0 BUILD STOP$/)
  })

  test('over what nobody knows is as it was', () => {
    const pickle = ['PROTO 2', ...call('"__builtin__" "iter"', 'GLOBAL "m" "A"')]

    expect(again(pickle, 2)).toMatch(/TUPLE1 REDUCE STOP$/)
  })
})

test('a function of the library is called alike at every protocol', () => {
  const pickle = ['PROTO 4', ...call('"re" "_compile"', 'SHORT_BINUNICODE "a"', 'BININT1 32')]
  const { kept, assumed } = loaded(pickle).dump(0)

  expect(again(pickle, 0)).toBe('GLOBAL "re" "_compile" MARK UNICODE "a" INT 32 TUPLE REDUCE STOP')
  expect([...kept, ...assumed]).toEqual([])
})

test.each([
  [2, 'refused'],
  [3, 'refused'],
  [4, 'NEWOBJ_EX STOP'],
  [5, 'NEWOBJ_EX STOP'],
])(
  'keywords for __new__ of a class that a call gave are at protocol %i: %s',
  (protocol, wanted) => {
    const keywords = ['EMPTY_DICT', 'SHORT_BINUNICODE "a"', 'BININT1 1', 'SETITEM']
    const pickle = ['PROTO 4', ...call('"m" "f"'), 'EMPTY_TUPLE', ...keywords, 'NEWOBJ_EX']

    if (wanted !== 'refused') expect(again(pickle, protocol)).toContain(wanted)
    else expect(() => again(pickle, protocol)).toThrow(`which protocol ${protocol} saves`)
  },
)

describe('an instance below protocol 2', () => {
  const empty = ['GLOBAL "m" "A"', 'EMPTY_TUPLE', 'NEWOBJ']
  const items = ['BININT1 1', 'APPEND', 'BININT1 2', 'BININT1 3', 'SETITEM']

  test('of a class with items of both kinds is kept as it was, with or without them', () => {
    const { kept } = loaded(['PROTO 2', ...empty, ...items, ...empty, 'TUPLE2']).dump(0)

    expect(again(['PROTO 2', ...empty, ...items], 0)).toBe(
      [
        ...['GLOBAL "copy_reg" "__newobj__" MARK GLOBAL "m" "A" TUPLE REDUCE'],
        ...['INT 1 APPEND INT 2 INT 3 SETITEM STOP'],
      ].join(' '),
    )
    expect([...kept]).toEqual([['m:A', 2]])
  })

  test('does not derive from list since a call of the class gave what has items', () => {
    const pickle = ['PROTO 2', ...call('"m" "A"'), 'BININT1 1', 'APPEND', ...empty, 'TUPLE2']
    const { assumed } = loaded(pickle).dump(0)

    expect(again(pickle, 0)).toContain('GLOBAL "__builtin__" "object" NONE TUPLE REDUCE')
    expect([...assumed]).toEqual([['m:A', ['derives from object alone']]])
  })

  test('has slots where a class of the library has a __getstate__ for them', () => {
    const slots = ['NONE', 'EMPTY_DICT', 'BINUNICODE "_mu"', 'BININT1 1', 'SETITEM', 'TUPLE2']
    const pickle = ['PROTO 2', 'GLOBAL "statistics" "NormalDist"', 'EMPTY_TUPLE', 'NEWOBJ']
    const made = [...pickle, ...slots, 'BUILD']

    expect(() => again(made, 0, 'cpython-3.9.18-c')).toThrow('__getstate__')
    for (const name of ['cpython-3.10.13-c', 'cpython-3.13.0-c']) {
      expect(again(made, 0, name)).toBe(
        [
          ...['GLOBAL "copy_reg" "_reconstructor" MARK GLOBAL "statistics" "NormalDist"'],
          ...['GLOBAL "__builtin__" "object" NONE TUPLE REDUCE MARK NONE MARK DICT'],
          ...['UNICODE "_mu" INT 1 SETITEM TUPLE BUILD STOP'],
        ].join(' '),
      )
    }
  })
})

test.each([
  ['no dict and a dict', 'BININT1 1', 'EMPTY_DICT BINUNICODE "a" BININT1 2 SETITEM'],
  ['a dict and None', 'EMPTY_DICT BINUNICODE "a" BININT1 2 SETITEM', 'NONE'],
  ['a dict and an empty one', 'EMPTY_DICT BINUNICODE "a" BININT1 2 SETITEM', 'EMPTY_DICT'],
  ['None and a dict', 'NONE', 'EMPTY_DICT BINUNICODE "a" BININT1 2 SETITEM'],
])('a state of %s is written again as it was', (_, ...parts) => {
  const lines = parts.flatMap((part) => part.split(/ (?=BIN|SETITEM)/))
  const pickle = ['PROTO 2', 'GLOBAL "m" "A"', 'EMPTY_TUPLE', 'NEWOBJ', ...lines, 'TUPLE2', 'BUILD']

  expect(again(pickle, 2)).toBe([...pickle.slice(1), 'STOP'].join(' '))
})
