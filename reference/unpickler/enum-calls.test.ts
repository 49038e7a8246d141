import { expect, test } from 'vitest'
import {
  bytearray,
  bytes,
  classOf,
  dict,
  frozenset,
  list as listOf,
  set,
  tuple as tupleOf,
} from '../values/build.ts'
import { type PyClass, PyObject, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import {
  builtin,
  call,
  list,
  newobj,
  reconstructor,
  type Scenario,
  scenario,
  shown,
  text,
  tuple,
} from './fixtures/shown.ts'

function enumOf(world: World, name: string, members: Record<string, PyValue>): PyClass {
  const bases = [world.knownClass('enum:Enum')]
  const cls = classOf(world, name, {
    bases,
    namespace: { __copy__: null, _other: new PyObject(world.objectClass) },
  })
  for (const [text, value] of Object.entries(members)) {
    const member = new PyObject(cls)
    member.slots = new Map([
      ['_value_', value],
      ['_name_', world.intern(text)],
    ])
    cls.namespace.set(text, member)
  }
  return cls
}

const enums: Scenario = (world) => [
  enumOf(world, 'Colour', { RED: 1, FIRST: 1 }),
  enumOf(world, 'Pairs', { PAIR: tupleOf(1, 0), TRIPLE: tupleOf(1, 0, 0) }),
  enumOf(world, 'Zero', {}),
  enumOf(world, 'Held', {
    LIST: listOf(1, listOf(2)),
    DICT: dict([1, listOf(2)]),
    TWO: dict([1, listOf(2)], [2, 3]),
    SET: set(1, 2),
    BYTES: bytearray([97, 98]),
    TUPLE: tupleOf(1, listOf(2)),
    EMPTY: listOf(),
    FROZEN: frozenset(3),
    PLAIN: bytes([99, 100]),
    NONE: null,
  }),
  classOf(world, 'Mylist', { bases: [world.knownClass('builtins:list')] }),
]

const releases = ['3.8.18', '3.9.18', '3.10.13', '3.11.7', '3.12.1', '3.13.0', '3.14.2'] as const

/** From a release on, what both engines say. */
type Said = Readonly<Record<string, string>>

function expectSaid(pickle: string, wanted: Said): void {
  let said = ''
  for (const release of releases) {
    const [, minor = ''] = release.split('.')
    said = wanted[`3.${minor}`] ?? said
    for (const engine of ['c', 'py']) {
      expect(shown(`${release}-${engine}`, `${pickle}.`, enums), release).toBe(said)
    }
  }
}

const [colour, pairs, zero] = [scenario('Colour'), scenario('Pairs'), scenario('Zero')]
const red = 'Colour <Colour.RED: 1>'
const [one, none, nil] = ['K\x01', 'N', 'K\0']

const cannotExtend = (name: string): Said => ({
  '3.8': 'TypeError: Cannot extend enumerations',
  '3.11': `TypeError: <enum 1> cannot extend <enum '${name}'>`,
})

const fromTwoToThree = (count: number): Said => {
  const text = `takes from 2 to 3 positional arguments but ${count} were given`
  return {
    '3.8': `TypeError: __call__() ${text}`,
    '3.10': `TypeError: EnumMeta.__call__() ${text}`,
    '3.11': `TypeError: EnumType.__call__() ${text}`,
  }
}

const missing = "missing 1 required positional argument: 'value'"
const noMembers = "TypeError: <enum 'Zero'> has no members"

// What Python 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1, 3.13.0 and 3.14.2 say.
test.each<readonly [what: string, pickle: string, wanted: Said]>([
  ['a call with a value', call(colour, one), { '3.8': red }],
  [
    'a call without one',
    call(colour),
    {
      '3.8': `TypeError: __call__() ${missing}`,
      '3.10': `TypeError: EnumMeta.__call__() ${missing}`,
      '3.11': `TypeError: EnumType.__call__() ${missing}`,
    },
  ],
  [
    'a call with None for names',
    call(colour, one, none),
    { '3.8': red, '3.13': 'ValueError: (1, None) is not a valid Colour' },
  ],
  [
    'a call with names that are false',
    call(colour, one, nil),
    {
      ...cannotExtend('Colour'),
      '3.12': red,
      '3.13': 'ValueError: (1, 0) is not a valid Colour',
    },
  ],
  [
    'a call with two parts of a value',
    call(pairs, one, nil),
    {
      ...cannotExtend('Pairs'),
      '3.12': 'ValueError: 1 is not a valid Pairs',
      '3.13': 'Pairs <Pairs.PAIR: (1, 0)>',
    },
  ],
  [
    'a call with names',
    call(colour, one, text('x')),
    { ...cannotExtend('Colour'), '3.12': "ValueError: (1, 'x') is not a valid Colour" },
  ],
  [
    'a call with three parts of a value',
    call(pairs, one, nil, nil),
    {
      ...fromTwoToThree(4),
      '3.12': 'ValueError: 1 is not a valid Pairs',
      '3.13': 'Pairs <Pairs.TRIPLE: (1, 0, 0)>',
    },
  ],
  [
    'a call with four arguments',
    call(colour, one, nil, nil, nil),
    {
      ...fromTwoToThree(5),
      '3.12': red,
      '3.13': 'ValueError: (1, 0, 0, 0) is not a valid Colour',
    },
  ],
  [
    'a call where there are no members',
    call(zero, 'K\x07'),
    {
      '3.8': 'ValueError: 7 is not a valid Zero',
      '3.11': `${noMembers} defined`,
      '3.12': `${noMembers}; specify \`names=()\` if you meant to create a new, empty, enum`,
    },
  ],
  [
    'a __new__ where there are no members',
    newobj(zero, 'K\x07'),
    { '3.8': 'ValueError: 7 is not a valid Zero', '3.11': `${noMembers} defined` },
  ],
  ['a __new__ with a value', newobj(colour, one), { '3.8': red }],
  [
    'a __new__ without one',
    newobj(colour),
    { '3.8': `TypeError: __new__() ${missing}`, '3.10': `TypeError: Enum.__new__() ${missing}` },
  ],
  [
    'a __new__ with two',
    newobj(colour, one, none),
    {
      '3.8': 'TypeError: __new__() takes 2 positional arguments but 3 were given',
      '3.10': 'TypeError: Enum.__new__() takes 2 positional arguments but 3 were given',
    },
  ],
  [
    'a __new__ with three',
    newobj(colour, one, none, none),
    {
      '3.8': 'TypeError: __new__() takes 2 positional arguments but 4 were given',
      '3.10': 'TypeError: Enum.__new__() takes 2 positional arguments but 4 were given',
    },
  ],
])('%s', (_, pickle, wanted) => expectSaid(pickle, wanted))

// What Python 3.8.18 to 3.14.2 say.
test.each([
  ['a list', reconstructor(builtin('list'), colour, ']'), 'list []'],
  ['an int', reconstructor(builtin('int'), colour, 'K\x05'), 'int 5'],
  [
    'a list',
    reconstructor(builtin('list'), colour, one),
    "AttributeError: type object 'list' has no attribute '_value2member_map_'",
  ],
  [
    'an int that is no class',
    reconstructor('K\x05', colour, 'K\x05'),
    "AttributeError: 'int' object has no attribute '_value2member_map_'",
  ],
  ['another enum', reconstructor(pairs, colour, one), 'ValueError: 1 is not a valid Pairs'],
  ['the enum itself', reconstructor(colour, colour, one), red],
])('the __new__ of an enum for %s: %j', (_, pickle, wanted) => {
  expectSaid(pickle, { '3.8': wanted })
})

const held = (name: string): string => `Held <Held.${name}>`
const two = 'K\x02'
const ofTwo = list(two)

// What Python 3.8.18 to 3.14.2 say, 3.13.0 apart.
test.each([
  [list(one, ofTwo), held('LIST: [1, [2]]')],
  [list('\x88', ofTwo), held('LIST: [1, [2]]')],
  [call(scenario('Mylist'), list(one, ofTwo)), held('LIST: [1, [2]]')],
  [list(one, list('K\x03')), 'ValueError: [1, [3]] is not a valid Held'],
  [list(one), 'ValueError: [1] is not a valid Held'],
  [list(one, ofTwo, none), 'ValueError: [1, [2], None] is not a valid Held'],
  [list(none), 'ValueError: [None] is not a valid Held'],
  [`}${one}${ofTwo}s`, held('DICT: {1: [2]}')],
  [`}K\x03${ofTwo}s`, 'ValueError: {3: [2]} is not a valid Held'],
  [`}${one}${list('K\x03')}s`, 'ValueError: {1: [3]} is not a valid Held'],
  ['}', 'ValueError: {} is not a valid Held'],
  [`}(${two}K\x03${one}${ofTwo}u`, held('TWO: {1: [2], 2: 3}')],
  [`\x8f(${two}${one}\x90`, held('SET: {1, 2}')],
  [`\x8f(${two}\x90`, 'ValueError: {2} is not a valid Held'],
  [`(${one}${two}\x91`, 'ValueError: frozenset({1, 2}) is not a valid Held'],
  ['\x96\x02\0\0\0\0\0\0\0ab', held("BYTES: bytearray(b'ab')")],
  ['\x96\x02\0\0\0\0\0\0\0ax', "ValueError: bytearray(b'ax') is not a valid Held"],
  ['C\x02ab', "ValueError: b'ab' is not a valid Held"],
  [tuple(one, ofTwo), held('TUPLE: (1, [2])')],
  [tuple(one, list('K\x03')), 'ValueError: (1, [3]) is not a valid Held'],
  [']', held('EMPTY: []')],
  [')', 'ValueError: () is not a valid Held'],
  [none, held('NONE: None')],
])('the member for %j is %s', (value, wanted) => {
  expectSaid(call(scenario('Held'), value), { '3.8': wanted })
})

test.each([
  ['\x8f(K\x03\x90', held('FROZEN: frozenset({3})'), '{3}'],
  ['\x96\x02\0\0\0\0\0\0\0cd', held("PLAIN: b'cd'"), "bytearray(b'cd')"],
])('the value %j without a hash equals one with a hash, but not in 3.13', (value, wanted, said) => {
  expectSaid(call(scenario('Held'), value), {
    '3.8': wanted,
    '3.13': `ValueError: ${said} is not a valid Held`,
    '3.14': wanted,
  })
})
