import { expect, test } from 'vitest'
import { createWorld } from '../values/create-world.ts'
import { partOf } from './part-of.ts'

test('a part of one character is one str up to the last of latin-1', () => {
  const world = createWorld([3, 13, 0])

  for (const shared of ['a', '\xff']) expect(partOf(world, shared)).toBe(partOf(world, shared))
  for (const made of ['\u0100', 'ab']) expect(partOf(world, made)).not.toBe(partOf(world, made))
})
