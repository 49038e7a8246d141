import { expect, test } from 'vitest'
import type { Release } from '../release.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { getItem } from './items.ts'

test.each<[Release, string, string]>([
  [[3, 8, 18], 'string indices must be integers', "'type' object is not subscriptable"],
  [[3, 10, 13], 'string indices must be integers', "'type' object is not subscriptable"],
  [[3, 11, 7], "string indices must be integers, not 'str'", "type 'A' is not subscriptable"],
  [[3, 13, 0], "string indices must be integers, not 'str'", "type 'A' is not subscriptable"],
])('in %j a str and a class have no such item, and say so', (release, ofStr, ofClass) => {
  const world = createWorld(release)
  const said = (container: Parameters<typeof getItem>[1]): string => {
    try {
      getItem(world, container, build.str('key'))
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
    return 'nothing'
  }

  expect(said(build.str('text'))).toBe(ofStr)
  expect(said(build.classOf(world, 'A'))).toBe(ofClass)
  expect(said(12)).toBe("'int' object is not subscriptable")
})
