import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { findAttribute } from './attributes.ts'
import { isCallable } from './call.ts'
import { build, callValue, createWorld, type PyValue } from './index.ts'
import { getItem } from './items.ts'
import { PyDict, PyFunction, PyObject, PyProperty } from './value.ts'

const world = createWorld([3, 13, 0])

test.each<[string, PyValue, string]>([
  ['a function of the library', world.known('builtins:len'), 'builtins:len'],
  ['a class of the library', world.known('builtins:int'), 'the class int'],
  [
    'a function without a name in the library',
    new PyFunction({
      type: world.knownClass('builtins:builtin_function_or_method'),
      name: 'nameless',
      qualname: null,
      module: null,
    }),
    'nameless',
  ],
  [
    'a class with the storage of a built-in type',
    build.classOf(world, 'Items', { bases: [world.knownClass('builtins:list')] }),
    'the class Items',
  ],
])('calls of %s are refused as what the reference does not carry out', (_, value, named) => {
  expect(() => callValue(world, value, [])).toThrow(
    new Error(`the reference does not carry out calls of ${named}`),
  )
})

test('a class without __new__ gives an instance, and takes no arguments', () => {
  const cls = build.classOf(world, 'Point')

  expect(callValue(world, cls, [])).toBeInstanceOf(PyObject)
  expect(() => callValue(world, cls, [7])).toThrow(
    new PickleError('TypeError', 'Point() takes no arguments'),
  )
})

test('a function that is given no call gives its first argument, or None', () => {
  const area = build.functionOf(world, 'area')

  expect(callValue(world, area, [7, 8])).toBe(7)
  expect(callValue(world, area, [])).toBeNull()
})

test('what __call__ is when it is no function is called without the instance', () => {
  const cls = build.classOf(world, 'Caller', {
    namespace: { __call__: build.classOf(world, 'Point') },
  })

  expect(callValue(world, build.instance(world, cls), [])).toMatchObject({
    type: { name: 'Point' },
  })
})

test('a function __call__ is given the instance, a property __call__ is read of it', () => {
  const first = build.functionOf(world, 'first')
  const [bound, read] = [first, new PyProperty(() => first)].map((method) =>
    build.instance(world, build.classOf(world, 'Caller', { namespace: { __call__: method } })),
  )

  expect(callValue(world, bound ?? null, [7])).toBe(bound)
  expect(callValue(world, read ?? null, [7])).toBe(7)
})

test('a defaultdict without a factory has no answer for a key that is absent', () => {
  const table = new PyObject(world.knownClass('collections:defaultdict'), null, new PyDict())

  expect(() => getItem(world, table, 7)).toThrow(
    expect.objectContaining({ type: 'KeyError', message: '7' }),
  )
})

test('functions and methods can be called, and the descriptor of a slot cannot', () => {
  const cls = build.classOf(world, 'S', { slots: ['a'] })
  const slot = findAttribute(world, cls, 'a') ?? null
  const method = findAttribute(world, build.list(), 'append') ?? null

  expect(
    [world.known('builtins:len'), method, build.functionOf(world, 'f')].map(isCallable),
  ).toEqual([true, true, true])
  expect(isCallable(slot)).toBe(false)
})
