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
  enumOf(world, 'Parts', {
    RED: 1,
    PAIR: tupleOf(1, 2),
    TRIPLE: tupleOf(1, 2, 3),
    NOTHING: tupleOf(1, null),
    MORE: tupleOf(1, null, null),
  }),
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
  classOf(world, 'Plain'),
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

const [colour, pairs, parts] = [scenario('Colour'), scenario('Pairs'), scenario('Parts')]
const zero = scenario('Zero')
const red = 'Colour <Colour.RED: 1>'
const redPart = 'Parts <Parts.RED: 1>'
const [one, two, three, four] = ['K\x01', 'K\x02', 'K\x03', 'K\x04']
const [none, nil] = ['N', 'K\0']

const cannotExtend = (name: string): Said => ({
  '3.8': 'TypeError: Cannot extend enumerations',
  '3.11': `TypeError: <enum 1> cannot extend <enum '${name}'>`,
})

const refusedCall = (why: string): Said => ({
  '3.8': `TypeError: __call__() ${why}`,
  '3.10': `TypeError: EnumMeta.__call__() ${why}`,
  '3.11': `TypeError: EnumType.__call__() ${why}`,
})

const refusedNew = (why: string): Said => ({
  '3.8': `TypeError: __new__() ${why}`,
  '3.10': `TypeError: Enum.__new__() ${why}`,
})

const fromTwoToThree = (count: number): Said =>
  refusedCall(`takes from 2 to 3 positional arguments but ${count} were given`)

const missing = "missing 1 required positional argument: 'value'"
const noMembers = "TypeError: <enum 'Zero'> has no members"

// What Python 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1, 3.13.0 and 3.14.2 say.
test.each<readonly [what: string, pickle: string, wanted: Said]>([
  ['a call with a value', call(colour, one), { '3.8': red }],
  ['a call without one', call(colour), refusedCall(missing)],
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
    'a call with a value and None that is a part of one',
    call(parts, one, none),
    { '3.8': redPart, '3.13': 'Parts <Parts.NOTHING: (1, None)>' },
  ],
  [
    'a call with two parts of a value that are true',
    call(parts, one, two),
    { ...cannotExtend('Parts'), '3.12': 'Parts <Parts.PAIR: (1, 2)>' },
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
    'a call with three parts of a value that are true',
    call(parts, one, two, three),
    { ...fromTwoToThree(4), '3.12': 'Parts <Parts.TRIPLE: (1, 2, 3)>' },
  ],
  [
    'a call with a value and None twice',
    call(parts, one, none, none),
    { ...fromTwoToThree(4), '3.12': redPart, '3.13': 'Parts <Parts.MORE: (1, None, None)>' },
  ],
  [
    'a call with four parts of no value',
    call(parts, one, two, three, four),
    { ...fromTwoToThree(5), '3.12': 'ValueError: (1, 2, 3, 4) is not a valid Parts' },
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
  ['a __new__ without one', newobj(colour), refusedNew(missing)],
  [
    'a __new__ with two',
    newobj(colour, one, none),
    refusedNew('takes 2 positional arguments but 3 were given'),
  ],
  [
    'a __new__ with three',
    newobj(colour, one, none, none),
    refusedNew('takes 2 positional arguments but 4 were given'),
  ],
])('%s', (_, pickle, wanted) => expectSaid(pickle, wanted))

// As python/cpython#116040 has it: 3.12.1 gives RED, 3.13.0 NOTHING.
test.each([
  ['3.12.2', redPart],
  ['3.12.3', 'Parts <Parts.NOTHING: (1, None)>'],
])('Python %s: a call with a value and None gives %s', (release, wanted) => {
  expect(shown(`${release}-c`, `${call(parts, one, none)}.`, enums)).toBe(wanted)
})

const setTo = (attribute: string, value: string): string => `N}${text(attribute)}${value}s\x86b0`

// What Python 3.8.18 to 3.14.2 give.
test.each([
  [
    'a member that was made one of another enum',
    setTo('__class__', zero),
    one,
    'Zero <Zero.RED: 1>',
  ],
  [
    'no member for a value that one only says it has',
    setTo('_value_', 'K\x07'),
    'K\x07',
    'ValueError: 7 is not a valid Parts',
  ],
])('a call gives %s', (_, changed, value, wanted) => {
  expectSaid(`${call(parts, one)}${changed}${call(parts, value)}`, { '3.8': wanted })
})

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
    'a class that is no enum',
    reconstructor(scenario('Plain'), colour, one),
    "AttributeError: type object 'Plain' has no attribute '_value2member_map_'",
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
const ofTwo = list(two)

// What Python 3.8.18 to 3.14.2 say.
test.each([
  [list(one, ofTwo), held('LIST: [1, [2]]')],
  [list('\x88', ofTwo), held('LIST: [1, [2]]')],
  [call(scenario('Mylist'), list(one, ofTwo)), held('LIST: [1, [2]]')],
  [list(one, list(three)), 'ValueError: [1, [3]] is not a valid Held'],
  [list(one), 'ValueError: [1] is not a valid Held'],
  [list(one, ofTwo, none), 'ValueError: [1, [2], None] is not a valid Held'],
  [list(none), 'ValueError: [None] is not a valid Held'],
  [`}${one}${ofTwo}s`, held('DICT: {1: [2]}')],
  [`}K\x03${ofTwo}s`, 'ValueError: {3: [2]} is not a valid Held'],
  [`}${one}${list(three)}s`, 'ValueError: {1: [3]} is not a valid Held'],
  ['}', 'ValueError: {} is not a valid Held'],
  [`}(${two}K\x03${one}${ofTwo}u`, held('TWO: {1: [2], 2: 3}')],
  [`\x8f(${two}${one}\x90`, held('SET: {1, 2}')],
  [`\x8f(${two}\x90`, 'ValueError: {2} is not a valid Held'],
  [`(${one}${two}\x91`, 'ValueError: frozenset({1, 2}) is not a valid Held'],
  ['\x96\x02\0\0\0\0\0\0\0ab', held("BYTES: bytearray(b'ab')")],
  ['\x96\x02\0\0\0\0\0\0\0ax', "ValueError: bytearray(b'ax') is not a valid Held"],
  ['C\x02ab', "ValueError: b'ab' is not a valid Held"],
  [tuple(one, ofTwo), held('TUPLE: (1, [2])')],
  [tuple(one, list(three)), 'ValueError: (1, [3]) is not a valid Held'],
  [']', held('EMPTY: []')],
  [')', 'ValueError: () is not a valid Held'],
  [none, held('NONE: None')],
])('the member for %j is %s', (value, wanted) => {
  expectSaid(call(scenario('Held'), value), { '3.8': wanted })
})

// What Python 3.8.18 to 3.14.2 say, 3.13.0 something else.
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
