import { expect, test } from 'vitest'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { typeName } from './type-of.ts'

const world = createWorld([3, 14, 2])

// Notes of CPython 3.14.2, and repr(type).
test.each([
  ['builtins', 'A', 'A'],
  ['__main__', 'A', '__main__.A'],
  ['m', 'm.A', 'm.A'],
])('a class of %s is %s in a message, and %s in its repr', (module, inMessage, inRepr) => {
  const cls = build.classOf(world, 'A', { module })

  expect(typeName(cls)).toBe(inMessage)
  expect(typeName(cls, { isMainSaid: true })).toBe(inRepr)
})
