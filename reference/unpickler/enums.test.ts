import { describe, expect, test } from 'vitest'
import { classOf, tuple } from '../values/build.ts'
import { type PyClass, PyObject, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { scenario, told } from './fixtures/told.ts'

/** `Colour`, with members RED, PAIR and TRIPLE, NOTHING and MORE; `Empty`; `Plain`, no enum. */
function define(world: World): PyClass[] {
  const bases = [world.knownClass('enum:Enum')]
  const colour = classOf(world, 'Colour', { bases, namespace: { __doc__: null } })
  const name = (text: string, value: PyValue): void => {
    const member = new PyObject(colour)
    member.slots = new Map([
      ['_value_', value],
      ['_name_', world.intern(text)],
    ])
    colour.namespace.set(text, member)
  }
  name('RED', 1)
  name('PAIR', tuple(1, 2))
  name('TRIPLE', tuple(1, 2, 3))
  name('NOTHING', tuple(1, null))
  name('MORE', tuple(1, null, null))
  const other = new PyObject(classOf(world, 'Other'))
  const empty = classOf(world, 'Empty', { bases, namespace: { _order_: other } })
  return [colour, empty, classOf(world, 'Plain')]
}

const releases = ['3.8.18', '3.9.18', '3.10.13', '3.11.7', '3.12.1', '3.13.0', '3.14.2'] as const
type Wanted = Readonly<Record<(typeof releases)[number], string>>

/** What each release says, where some say the same. */
const since = (...words: readonly (readonly [from: number, wanted: string])[]): Wanted => {
  const of = (minor: number): string => words.findLast(([from]) => from <= minor)?.[1] ?? ''
  const all = releases.map((release) => [release, of(Number(release.split('.')[1]))] as const)
  return Object.fromEntries(all) as Wanted // of each release
}

const call = { 8: '__call__', 10: 'EnumMeta.__call__', 11: 'EnumType.__call__' }
const missing = (of: string): string =>
  `TypeError: ${of}() missing 1 required positional argument: 'value'`
const tooMany = (of: string, count: number): string =>
  `TypeError: ${of}() takes from 2 to 3 positional arguments but ${count} were given`
const tooManyForCall = (count: number) =>
  [
    [8, tooMany(call[8], count)],
    [10, tooMany(call[10], count)],
    [11, tooMany(call[11], count)],
  ] as const
const refusedNew = (count: number): Wanted =>
  since(
    [8, `TypeError: __new__() takes 2 positional arguments but ${count} were given`],
    [10, `TypeError: Enum.__new__() takes 2 positional arguments but ${count} were given`],
  )

// What Python 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1, 3.13.0 and 3.14.2 give, both of their unpicklers.
const calls: readonly (readonly [what: string, pickle: string, wanted: Wanted])[] = [
  [
    'a call without a value',
    `${scenario('Colour')})R.`,
    since([8, missing(call[8])], [10, missing(call[10])], [11, missing(call[11])]),
  ],
  ['a call with a value', `${scenario('Colour')}K\x01\x85R.`, since([8, '<Colour.RED: 1>'])],
  [
    'a call with two values',
    `${scenario('Colour')}K\x01K\x02\x86R.`,
    since(
      [8, 'TypeError: Cannot extend enumerations'],
      [11, "TypeError: <enum 1> cannot extend <enum 'Colour'>"],
      [12, '<Colour.PAIR: (1, 2)>'],
    ),
  ],
  [
    'a call with a value and None',
    `${scenario('Colour')}K\x01N\x86R.`,
    since([8, '<Colour.RED: 1>'], [13, '<Colour.NOTHING: (1, None)>']),
  ],
  [
    'a call with three values',
    `${scenario('Colour')}K\x01K\x02K\x03\x87R.`,
    since(...tooManyForCall(4), [12, '<Colour.TRIPLE: (1, 2, 3)>']),
  ],
  [
    'a call with a value and None twice',
    `${scenario('Colour')}K\x01NN\x87R.`,
    since(...tooManyForCall(4), [12, '<Colour.RED: 1>'], [13, '<Colour.MORE: (1, None, None)>']),
  ],
  [
    'a call with four values',
    `${scenario('Colour')}(K\x01K\x02K\x03K\x04tR.`,
    since(...tooManyForCall(5), [12, 'ValueError: (1, 2, 3, 4) is not a valid Colour']),
  ],
  [
    '__new__ without a value',
    `${scenario('Colour')})\x81.`,
    since([8, missing('__new__')], [10, missing('Enum.__new__')]),
  ],
  ['__new__ with a value', `${scenario('Colour')}K\x01\x85\x81.`, since([8, '<Colour.RED: 1>'])],
  ['__new__ with two values', `${scenario('Colour')}K\x01K\x02\x86\x81.`, refusedNew(3)],
  ['__new__ with three values', `${scenario('Colour')}K\x01K\x02K\x03\x87\x81.`, refusedNew(4)],
  [
    '__new__ of an enum for a class that is none',
    `ccopyreg\n_reconstructor\n(${scenario('Plain')}${scenario('Colour')}K\x01tR.`,
    since([8, "AttributeError: type object 'Plain' has no attribute '_value2member_map_'"]),
  ],
  [
    'a call of an enum without members',
    `${scenario('Empty')}K\x01\x85R.`,
    since(
      [8, 'ValueError: 1 is not a valid Empty'],
      [11, "TypeError: <enum 'Empty'> has no members defined"],
      [
        12,
        "TypeError: <enum 'Empty'> has no members; specify `names=()` if you meant to create a new, empty, enum",
      ],
    ),
  ],
  [
    '__new__ of an enum without members',
    `${scenario('Empty')}K\x01\x85\x81.`,
    since(
      [8, 'ValueError: 1 is not a valid Empty'],
      [11, "TypeError: <enum 'Empty'> has no members defined"],
    ),
  ],
  [
    'a member that was made one of another enum',
    `${scenario('Colour')}K\x01\x85RN}\x8c\x09__class__${scenario('Empty')}s\x86b0${scenario('Colour')}K\x01\x85R.`,
    since([8, '<Empty.RED: 1>']),
  ],
  [
    'a value that a member only says it has',
    `${scenario('Colour')}K\x01\x85RN}\x8c\x07_value_K\x07s\x86b0${scenario('Colour')}K\x07\x85R.`,
    since([8, 'ValueError: 7 is not a valid Colour']),
  ],
]

describe.each(releases)('Python %s', (release) => {
  test.each(calls)('%s', (_, pickle, wanted) => {
    for (const engine of ['c', 'py']) {
      expect(told(`cpython-${release}-${engine}`, pickle, define)).toBe(wanted[release])
    }
  })
})

// As python/cpython#116040 has it: 3.12.1 gives RED, 3.13.0 NOTHING.
test.each([
  ['3.12.2', '<Colour.RED: 1>'],
  ['3.12.3', '<Colour.NOTHING: (1, None)>'],
])('Python %s: a call with a value and None gives %s', (release, wanted) => {
  expect(told(`cpython-${release}-c`, `${scenario('Colour')}K\x01N\x86R.`, define)).toBe(wanted)
})
