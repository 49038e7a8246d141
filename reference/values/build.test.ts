import { expect, test } from 'vitest'
import { classOf, moduleOf } from './build.ts'
import { createWorld } from './create-world.ts'

test('a class is an attribute of its module under its name, one inside another class is not', () => {
  const world = createWorld([3, 13, 0])
  const outer = classOf(world, 'A')
  classOf(world, 'B', { qualname: 'A.B' })
  classOf(world, 'C', { module: null })

  const { attributes } = moduleOf(world, 'scenario')
  expect([...attributes]).toEqual([['A', outer]])
})
