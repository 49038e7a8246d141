import { expect, test } from 'vitest'
import type { Release } from '../release.ts'
import { classAttribute, findAttribute, functionDict, setAttribute } from './attributes.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { dictStore } from './dict.ts'
import { makePartial } from './partial.ts'
import { PyObject, PyProperty, type PyValue } from './value.ts'

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

// What Python 3.9.18, 3.10.13 and 3.14.2 say.
test.each<[release: Release, kind: string]>([
  [[3, 9, 18], 'heap'],
  [[3, 10, 13], 'mutable'],
  [[3, 14, 2], 'mutable'],
])('in %j a class is exchanged only among %s types', (release, kind) => {
  const at = createWorld(release)
  const [int, own] = [at.knownClass('builtins:int'), build.classOf(at, 'A')]
  const message = `__class__ assignment only supported for ${kind} types or ModuleType subclasses`
  const refused = expect.objectContaining({ type: 'TypeError', message })

  expect(() => setAttribute(at, new PyObject(own), '__class__', int)).toThrow(refused)
  expect(() => setAttribute(at, new PyObject(int, null, 1), '__class__', own)).toThrow(refused)
})

test('a class is exchanged for one whose objects are laid out the same', () => {
  const [ab, c, other] = [['a', 'b'], ['c'], ['a', 'b']].map((slots, at) =>
    build.classOf(world, `S${at}`, { slots }),
  )
  if (ab === undefined || c === undefined || other === undefined) throw new Error('no classes')
  const object = new PyObject(ab)

  expect(() => setAttribute(world, object, '__class__', c)).toThrow(
    "__class__ assignment: 'S1' object layout differs from 'S0'",
  )
  setAttribute(world, object, '__class__', other)
  expect(object.type).toBe(other)
})

test('what a built-in base has not is looked for in the next', () => {
  const found = build.functionOf(world, 'foo')
  const mixin = build.classOf(world, 'M', { namespace: { foo: found, __getitem__: found } })
  const bases = [world.knownClass('builtins:list'), mixin]
  const cls = build.classOf(world, 'L', { bases })

  expect(classAttribute(cls, 'foo')).toBe(found)
  expect(classAttribute(cls, '__getitem__')).toBeUndefined()
})

test('a property comes before what lies in the dict of the instance', () => {
  const cls = build.classOf(world, 'P', { namespace: { x: new PyProperty(() => 1) } })
  const object = new PyObject(cls, build.dict([world.intern('x'), 2]))

  expect(findAttribute(world, object, 'x')).toBe(1)
})

// x.__qualname__ is x.__qualname__, and so on, in Python 3.8.18 to 3.14.2.
test('names of what is made in C are strs of their own each time, but those of a descriptor', () => {
  const int = world.knownClass('builtins:int')
  const own = build.classOf(world, 'A')
  const areSame = (value: PyValue | undefined, name: string): boolean => {
    const [first, second] = [1, 2].map(() => findAttribute(world, value ?? null, name))
    return first !== undefined && first === second
  }

  for (const name of ['__name__', '__qualname__']) {
    expect(areSame(int, name)).toBe(false)
    expect(areSame(own, name)).toBe(true)
  }
  expect(areSame(findAttribute(world, build.list(), 'append'), '__qualname__')).toBe(false)
  expect(areSame(findAttribute(world, int, '__new__'), '__qualname__')).toBe(false)
  expect(
    areSame(findAttribute(world, world.knownClass('builtins:str'), 'upper'), '__qualname__'),
  ).toBe(true)
})

// The same in Python 3.8.18 and 3.13.0.
test('what a class made in C defines is one object, the name of its __new__ a str each time', () => {
  const property = world.knownClass('builtins:property')
  const of = (owner: PyValue, name: string): PyValue => findAttribute(world, owner, name) ?? null
  const length = of(world.knownClass('builtins:list'), '__len__')
  const made = of(property, '__new__')

  expect(of(world.knownClass('builtins:list'), '__len__')).toBe(length)
  expect(of(length, '__qualname__')).toBe(of(length, '__qualname__'))
  expect(findAttribute(world, length, '__module__')).toBeUndefined()
  expect(of(property, '__new__')).toBe(made)
  expect(made).toMatchObject({ type: world.knownClass('builtins:builtin_function_or_method') })
  expect(of(made, '__qualname__')).not.toBe(of(made, '__qualname__'))
  expect(findAttribute(world, made, '__module__')).toBeNull()
})

// What Python 3.8.18 to 3.14.2 say.
test('a method of a library class is one descriptor, its __new__ a function bound to it', () => {
  const text = world.knownClass('builtins:str')
  const upper = findAttribute(world, text, 'upper')
  const made = findAttribute(world, text, '__new__')

  expect(findAttribute(world, text, 'upper')).toBe(upper)
  expect(findAttribute(world, upper ?? null, '__module__')).toBeUndefined()
  expect(findAttribute(world, upper ?? null, '__self__')).toBeUndefined()
  expect(findAttribute(world, upper ?? null, '__objclass__')).toBe(text)
  expect(findAttribute(world, text, '__new__')).toBe(made)
  expect(findAttribute(world, made ?? null, '__module__')).toBeNull()
  expect(findAttribute(world, made ?? null, '__self__')).toBe(text)
  expect(findAttribute(world, made ?? null, '__objclass__')).toBeUndefined()
})

// class Q: f = functools.partial(len), type(Q().f) in Python 3.13.0 and 3.14.2.
test.each<[release: Release, type: string]>([
  [[3, 13, 0], 'functools:partial'],
  [[3, 14, 2], 'builtins:method'],
])('in %j a partial in a class is read as a %s', (release, type) => {
  const at = createWorld(release)
  const partial = makePartial(at, at.known('builtins:len'), build.tuple(), build.dict())
  const builtIn = at.known('builtins:len')
  const object = new PyObject(
    build.classOf(at, 'Q', {
      namespace: { f: partial, len: builtIn, g: build.functionOf(at, 'g') },
    }),
  )
  const typeOf = (name: string) => at.typeOf(findAttribute(at, object, name) ?? null).library?.name

  expect(typeOf('f')).toBe(type)
  expect(typeOf('len')).toBe('builtins:builtin_function_or_method')
  expect(typeOf('g')).toBe('builtins:method')
})
