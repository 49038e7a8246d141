import { expect, test } from 'vitest'
import type { Release } from '../release.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { getItem, setItem } from './items.ts'
import { PyObject, type PyValue } from './value.ts'

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

const world = createWorld([3, 13, 0])
const refused = (type: string, message: string) => expect.objectContaining({ type, message })

// What Python 3.8.18 to 3.14.2 say.
test.each<[sequence: PyValue, name: string]>([
  [build.list(1), 'list'],
  [build.tuple(1), 'tuple'],
  [build.bytes([97]), 'byte'],
  [build.bytearray([97]), 'bytearray'],
])('what is indexed by ints alone says that it is: %#', (sequence, name) => {
  expect(() => getItem(world, sequence, build.str('x'))).toThrow(
    refused('TypeError', `${name} indices must be integers or slices, not str`),
  )
})

test('what a dict has not is a KeyError, what a list has not an IndexError', () => {
  expect(() => getItem(world, build.dict(), build.str('x'))).toThrow(refused('KeyError', "'x'"))
  expect(() => setItem(world, build.list(1), 1, 2)).toThrow(
    refused('IndexError', 'list assignment index out of range'),
  )
  expect(() => setItem(world, build.list(1), -2, 2)).toThrow(
    refused('IndexError', 'list assignment index out of range'),
  )
  expect(() => setItem(world, build.list(1), 2n ** 70n, 2)).toThrow(
    refused('IndexError', "cannot fit 'int' into an index-sized integer"),
  )
})

test('what a factory made for a key is kept', () => {
  const cls = world.knownClass('collections:defaultdict')
  const factory = build.functionOf(world, 'make', () => build.list())
  const made = new PyObject(cls, null, build.dict())
  made.slots = new Map([['default_factory', factory]])

  const first = getItem(world, made, 1)
  expect(getItem(world, made, 1)).toBe(first)
  expect(made.value).toEqual(build.dict([1, build.list()]))
})
