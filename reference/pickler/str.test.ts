import { expect, test } from 'vitest'
import * as build from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import { repr } from '../values/repr.ts'
import { PyObject, type PyValue } from '../values/value.ts'
import { str } from './str.ts'

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
