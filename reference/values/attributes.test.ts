import { expect, test } from 'vitest'
import { findAttribute, functionDict } from './attributes.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { dictStore } from './dict.ts'

const world = createWorld([3, 13, 0])

test('a function that is written in Python has attributes, others have not', () => {
  const written = build.functionOf(world, 'f')
  const builtIn = world.knownFunction('builtins:len')
  const attributes = functionDict(written)
  if (attributes !== undefined) dictStore(attributes, world.intern('x'), 1)

  expect(findAttribute(world, written, '__dict__')).toBe(attributes)
  expect(findAttribute(world, written, 'x')).toBe(1)
  expect(findAttribute(world, written, 'y')).toBeUndefined()
  expect(functionDict(builtIn)).toBeUndefined()
  expect(findAttribute(world, builtIn, '__dict__')).toBeUndefined()
})
