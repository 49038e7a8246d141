import { expect, test } from 'vitest'
import type { Release } from '../release.ts'
import { findAttribute, functionDict, setAttribute } from './attributes.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { dictStore } from './dict.ts'
import { PyObject, PyProperty } from './value.ts'

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

test('what a property or a field of a namedtuple stands in the way of is refused', () => {
  const refused = { type: 'AttributeError', message: "can't set attribute" }
  const point = build.classOf(world, 'Point', {
    bases: [world.knownClass('builtins:tuple')],
    namespace: { _fields: build.tuple(world.intern('x')) },
  })
  const fields = new PyObject(point, null, build.tuple(1))
  const withProperty = build.classOf(world, 'P', { namespace: { y: new PyProperty(() => 1) } })

  expect(() => setAttribute(world, fields, 'x', 2)).toThrow(expect.objectContaining(refused))
  expect(() => setAttribute(world, new PyObject(withProperty), 'y', 2)).toThrow(
    expect.objectContaining({ type: 'AttributeError' }),
  )
})

test('what a class has under the name of a slot is one descriptor', () => {
  const cls = build.classOf(world, 'S', { slots: ['a', 'b'] })
  const descriptor = findAttribute(world, cls, 'a')

  expect(descriptor).toMatchObject({ type: world.knownClass('builtins:member_descriptor') })
  expect(findAttribute(world, cls, 'a')).toBe(descriptor)
  expect(findAttribute(world, cls, 'b')).not.toBe(descriptor)
})

test('a dict that is set as __dict__ has the attributes from then on, anything else is refused', () => {
  const object = new PyObject(build.classOf(world, 'A'))
  const dict = build.dict([world.intern('a'), 1])
  setAttribute(world, object, '__dict__', dict)

  expect(findAttribute(world, object, '__dict__')).toBe(dict)
  expect(findAttribute(world, object, 'a')).toBe(1)
  expect(() => setAttribute(world, object, '__dict__', 1)).toThrow(
    "__dict__ must be set to a dictionary, not a 'int'",
  )
})

// What Python 3.12.1, 3.13.0 and 3.14.2 say.
test.each<[release: Release, rest: string]>([
  [[3, 12, 1], ''],
  [[3, 13, 0], ' and no __dict__ for setting new attributes'],
  [[3, 14, 2], ' and no __dict__ for setting new attributes'],
])('what has no attributes is given none, as %j says', (release, rest) => {
  const older = createWorld(release)
  const object = new PyObject(older.objectClass)
  const message = `'object' object has no attribute 'x'${rest}`

  expect(() => setAttribute(older, object, 'x', 1)).toThrow(
    expect.objectContaining({ type: 'AttributeError', message }),
  )
})
