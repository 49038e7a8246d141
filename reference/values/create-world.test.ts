import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { findAttribute } from './attributes.ts'
import { RaisedError } from './exceptions.ts'
import { importModule } from './find-global.ts'
import { freshInt } from './fresh.ts'
import { build, createWorld } from './index.ts'
import { libraryOf } from './library.ts'
import { raised } from './raise.ts'
import { PyInt } from './value.ts'

const world = createWorld([3, 13, 0])

test('a name that the library has not is refused with the release', () => {
  expect(() => world.known('builtins:nothing')).toThrow(
    new Error('builtins:nothing is not in the table of known names of Python 3.13.0'),
  )
  expect(world.findKnown('builtins:nothing')).toBeUndefined()
})

test.each([
  ['enum:EnumType', [3, 10, 0], [3, 11, 0]],
  ['types:UnionType', [3, 9, 0], [3, 10, 0]],
] as const)('%s is known from its release on', (name, before, since) => {
  expect(createWorld(before).findKnown(name)).toBeUndefined()
  expect(createWorld(since).findKnown(name)).toBeDefined()
})

test('classes of a module made in Python share its name, others do not', () => {
  const library = libraryOf(13)

  expect(library.moduleStr('datetime')).toBeUndefined()
  expect(library.moduleStr('decimal')?.content).toBe('decimal')
  expect(library.moduleStr('nothing')).toBeUndefined()
})

test('a class and a function are wanted where they are asked for', () => {
  expect(() => world.knownClass('builtins:len')).toThrow(new Error('builtins:len is no class'))
  expect(() => world.knownFunction('builtins:int')).toThrow(
    new Error('builtins:int is no function'),
  )
  expect(() => libraryOf(13).typeOfKind('len')).toThrow(
    new Error('builtins:len is no class of the library'),
  )
})

test('a module that cannot be imported is not found, though the library has it', () => {
  const other = createWorld([3, 13, 0])
  other.modules.delete('decimal')
  other.missingModules.add('decimal')

  expect(world.findModule('decimal')?.attributes.get('Decimal')).toBe(
    world.known('decimal:Decimal'),
  )
  expect(other.findModule('decimal')).toBeUndefined()
})

test('a type that no attribute leads to is not in its module', () => {
  const { attributes } = world.findModule('builtins') ?? {}

  expect(world.knownClass('builtins:NoneType').qualname).toMatchObject({ content: 'NoneType' })
  expect(attributes?.get('NoneType')).toBeUndefined()
  expect(attributes?.get('int')).toBe(world.knownClass('builtins:int'))
})

test('bases without a method resolution order are refused as Python refuses them', () => {
  const [one, other] = [build.classOf(world, 'One'), build.classOf(world, 'Other')]
  const first = build.classOf(world, 'First', { bases: [one, other] })
  const second = build.classOf(world, 'Second', { bases: [other, one] })

  expect(() => build.classOf(world, 'Both', { bases: [first, second] })).toThrow(
    new PickleError(
      'TypeError',
      'Cannot create a consistent method resolution order (MRO) for bases First, Second of Both',
    ),
  )
})

test('one character is one str where it is latin-1, another each time where it is not', () => {
  expect(world.latin1Character(0xe9)).toBe(world.latin1Character(0xe9))
  expect(world.latin1Character(0x41)).toBe(world.latin1Character(0x41))
})

test('constants of builtins are the ones that there are', () => {
  const names = ['None', 'True', 'False', 'Ellipsis', 'NotImplemented']

  expect(names.map((name) => world.known(`builtins:${name}`))).toEqual([
    null,
    true,
    false,
    world.ellipsis,
    world.notImplemented,
  ])
})

test('the library of a release is the same for all its worlds', () => {
  expect(libraryOf(13)).toBe(libraryOf(13))
  expect(libraryOf(13)).not.toBe(libraryOf(12))
  expect(world.knownClass('decimal:Decimal')).toBe(
    createWorld([3, 13, 1]).knownClass('decimal:Decimal'),
  )
})

// In Python 3.8.18 and 3.13.0, sys.intern('re') is re.compile.__module__.
test('the name of a module is interned before anything of it was read', () => {
  const fresh = createWorld([3, 8, 1])
  const text = fresh.intern('bisect')

  expect(fresh.knownFunction('re:compile').module).toBe(createWorld([3, 8, 0]).intern('re'))
  expect(fresh.intern('bisect')).toBe(text)
})

test('a name that a program interned before it was read is that of the library', () => {
  const fresh = createWorld([3, 10, 0])
  const text = fresh.intern('re')

  expect(fresh.knownFunction('re:compile').module).toBe(text)
})

// In Python 3.8.18 to 3.10.13.
test('an object that is saved under its name has a module', () => {
  const old = createWorld([3, 8, 0])

  expect(findAttribute(old, old.known('typing:Any'), '__module__')).toMatchObject({
    content: 'typing',
  })
})

// len.__qualname__ is len.__qualname__: False in Python 3.8.18 and 3.13.0; of os.getenv: True.
test('the qualified name of a function made in C is another str each time', () => {
  const areSame = (name: string): boolean => {
    const [first, second] = [1, 2].map(() =>
      findAttribute(world, world.known(name), '__qualname__'),
    )
    return first === second
  }

  expect(areSame('builtins:len')).toBe(false)
  expect(areSame('re:compile')).toBe(true)
})

// x = 256; x is int('256') in each release, and so on.
test.each([
  [[3, 14, 0], 256],
  [[3, 15, 0], 1024],
] as const)('the small ints of %j are those up to %d', (release, largest) => {
  const boxing = createWorld(release, { boxesInts: true })

  expect(freshInt(boxing, largest)).toBe(largest)
  expect(freshInt(boxing, -5)).toBe(-5)
  expect(freshInt(boxing, largest + 1)).toBeInstanceOf(PyInt)
  expect(freshInt(boxing, -6)).toBeInstanceOf(PyInt)
})

test('in PyPy equal ints are one object', () => {
  const boxing = createWorld([3, 9, 0], { boxesInts: true, implementation: 'pypy' })
  const plain = createWorld([3, 9, 0], { implementation: 'pypy' })

  expect(freshInt(boxing, 300)).toBe(freshInt(boxing, 300))
  expect(freshInt(boxing, 300)).not.toBe(300)
  expect(freshInt(plain, 300)).toBe(300)
})

test('what is raised is of the class, by name where it is of builtins', () => {
  const own = build.classOf(world, 'Own', { bases: [world.knownClass('builtins:ValueError')] })

  expect(raised(world, world.knownClass('builtins:ValueError'), 'x')).not.toBeInstanceOf(
    RaisedError,
  )
  expect(raised(world, own, 'x')).toBeInstanceOf(RaisedError)
})

// With collections out of sys.modules and nowhere to be found, in Python 3.8.18 and 3.13.0.
test('a module that is there is not imported without its package', () => {
  const without = createWorld([3, 13, 0])
  expect(importModule(without, 'collections.abc').name.content).toBe('collections.abc')

  without.missingModules.add('collections')

  expect(() => importModule(without, 'collections.abc')).toThrow(
    expect.objectContaining({
      type: 'ModuleNotFoundError',
      message: "No module named 'collections'",
    }),
  )
})

test('addresses are counted in the order in which they are asked for', () => {
  const fresh = createWorld([3, 13, 0])
  const [one, other] = [build.list(), build.list()]

  expect([one, other, one].map((value) => fresh.addressOf(value))).toEqual([
    '0x7f0000000001',
    '0x7f0000000002',
    '0x7f0000000001',
  ])
})

// In Python 3.11.7, 3.12.1 and 3.13.0, where text is a str made at run time: text[1] is sys.intern('a').
test.each([
  [[3, 11, 7], false],
  [[3, 12, 1], false],
  [[3, 13, 0], true],
] as const)(
  'in %j a computed character is one object, the interned one: %s',
  (release, isInterned) => {
    const at = createWorld(release)

    expect(at.latin1Character(0x61)).toBe(at.latin1Character(0x61))
    expect(at.latin1Character(0x61) === at.intern('a')).toBe(isInterned)
    expect(at.latin1Character(0x5a)).toBe(at.intern('Z'))
    expect(at.intern('')).toBe(at.emptyStr)
  },
)
