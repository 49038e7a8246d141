import { expect, test } from 'vitest'
import { classOf, frozenset, tuple } from './build.ts'
import { createWorld } from './create-world.ts'
import { hashKey } from './hash-key.ts'
import { PyObject, type PyValue } from './value.ts'

const world = createWorld([3, 13, 0])

const subclassOf = (base: string) =>
  classOf(world, 'Sub', { bases: [world.knownClass(`builtins:${base}`)] })

test.each<[base: string, wrap: (value: PyValue) => PyValue]>([
  ['tuple', (value) => tuple(value)],
  ['frozenset', (value) => frozenset(value)],
])('a nest of instances of a subclass of %s may be deep', (base, wrap) => {
  const cls = subclassOf(base)
  const nest = (depth: number): PyValue => {
    let value: PyValue = 1
    for (let level = 0; level < depth; level++) value = new PyObject(cls, null, wrap(value))
    return value
  }

  expect(hashKey(nest(100_000))).toBe(hashKey(nest(100_000)))
  expect(hashKey(nest(100_000))).not.toBe(hashKey(nest(100_001)))
})

test('an instance that has been given no value is itself', () => {
  for (const base of ['int', 'str', 'tuple', 'object']) {
    const one = new PyObject(subclassOf(base))

    expect(hashKey(one)).toBe(one)
  }
})

test.each<[kind: string, twice: (value: PyValue) => PyValue]>([
  ['tuple', (value) => tuple(value, value)],
  ['frozenset', (value) => frozenset(tuple(0, value), tuple(1, value))],
])('a %s that has another one twice, and so on, takes no longer for that', (_, twice) => {
  const nest = (depth: number): PyValue => {
    let value: PyValue = 1
    for (let level = 0; level < depth; level++) value = twice(value)
    return value
  }

  expect(hashKey(nest(100))).toBe(hashKey(nest(100)))
  expect(hashKey(nest(100))).not.toBe(hashKey(nest(101)))
})
