import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { build, createWorld } from './index.ts'
import { libraryOf } from './library.ts'

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
