import { expect, test } from 'vitest'
import { bytearray, bytes, classOf, dict, list, set, tuple } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import { PyObject, type PyValue } from '../values/value.ts'
import { areEqual } from './equality.ts'

const world = createWorld([3, 13, 0])

/** An instance of an empty subclass. */
function sub(base: string, content: PyValue): PyValue {
  const bases = [world.knownClass(`builtins:${base}`)]
  return new PyObject(classOf(world, 'Sub', { bases }), null, content)
}

// As `==` of Python 3.8 to 3.13 has it.
test.each<[base: string, content: PyValue, equal: PyValue, other: PyValue]>([
  ['list', list(1), list(1), tuple(1)],
  ['tuple', tuple(1), tuple(1), list(1)],
  ['dict', dict([1, 2]), dict([1, 2]), dict([1, 3])],
  ['set', set(1), set(1), set(2)],
  ['bytearray', bytearray([97]), bytes([97]), bytes([98])],
])('an instance of a subclass of %s equals what it holds', (base, content, equal, other) => {
  const one = sub(base, content)

  expect(areEqual(one, equal)).toBe(true)
  expect(areEqual(equal, one)).toBe(true)
  expect(areEqual(one, sub(base, equal))).toBe(true)
  expect(areEqual(one, other)).toBe(false)
})
