import { expect, test } from 'vitest'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { repr } from './repr.ts'
import { str } from './str.ts'
import { PyObject, type PyValue } from './value.ts'

const world = createWorld([3, 13, 0])

function object(type: string, parts: readonly (readonly [string, PyValue])[] | null): PyObject {
  const made = new PyObject(world.knownClass(type))
  made.slots = parts === null ? null : new Map(parts)
  return made
}

const date = [
  ['year', 987],
  ['month', 4],
  ['day', 1],
] as const

const fraction = (numerator: number, denominator: number) =>
  [
    ['numerator', numerator],
    ['denominator', denominator],
  ] as const

const array = [
  ['code', build.str('b')],
  ['items', build.list(1, -2)],
] as const

test.each([
  ['datetime:date', date, '0987-04-01', 'datetime.date(987, 4, 1)'],
  ['decimal:Decimal', [['text', build.str('1.5')]], '1.5', "Decimal('1.5')"],
  ['fractions:Fraction', fraction(-1, 3), '-1/3', 'Fraction(-1, 3)'],
  ['fractions:Fraction', fraction(11, 1), '11', 'Fraction(11, 1)'],
  ['array:array', [['code', build.str('b')]], "array('b')", "array('b')"],
  ['array:array', array, "array('b', [1, -2])", "array('b', [1, -2])"],
] as const)('%s has a text of its own, where it is known', (type, parts, text, shown) => {
  const unknown = str(world, object(type, null))

  expect(str(world, object(type, parts))).toBe(text)
  expect(repr(world, object(type, parts))).toBe(shown)
  expect(unknown).toMatch(/^<[a-zA-Z]+\.[a-zA-Z]+ object at 0x/)
})

test.each([
  ['enum:Enum', [3, 13, 0], 'Color.RED'],
  ['enum:IntEnum', [3, 10, 0], 'Color.RED'],
  ['enum:IntEnum', [3, 13, 0], '7'],
  ['enum:Flag', [3, 13, 0], 'Color.RED'],
  ['enum:IntFlag', [3, 13, 0], '7'],
] as const)('a member of a subclass of %s in %j is written %s', (base, release, text) => {
  const own = createWorld(release)
  const member = new PyObject(build.classOf(own, 'Color', { bases: [own.knownClass(base)] }))
  member.slots = new Map<string, PyValue>([
    ['_name_', build.str('RED')],
    ['_value_', 7],
  ])

  expect(str(own, member)).toBe(text)
})

test('an instance of a subclass of str is the text inside', () => {
  const cls = build.classOf(world, 'Sub', { bases: [world.knownClass('builtins:str')] })

  expect(str(world, new PyObject(cls, null, build.str('ab')))).toBe('ab')
})

test('an instance of a subclass of str that was given no text has the repr of an object', () => {
  const cls = build.classOf(world, 'Sub', { bases: [world.knownClass('builtins:str')] })
  const bare = new PyObject(cls)

  expect(str(world, bare)).toBe(repr(world, bare))
})

test('the text of an instance of another class is not the str that it holds', () => {
  const holding = new PyObject(build.classOf(world, 'A'), null, build.str('x'))

  expect(str(world, holding)).toBe(repr(world, holding))
})
