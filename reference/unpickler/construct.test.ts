import { describe, expect, test } from 'vitest'
import { classOf, functionOf } from '../values/build.ts'
import { PyFrozenSet, PyObject, PyTuple, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { builtin, type Loaded, loaded, scenario, told } from './fixtures/told.ts'

const define = (world: World) => {
  const from = (name: string, base: string, namespace = {}) =>
    classOf(world, name, { bases: [world.knownClass(`builtins:${base}`)], namespace })
  return [
    from('MyTuple', 'tuple'),
    from('MyInt', 'int'),
    from('MyFrozenSet', 'frozenset'),
    from('Oops', 'ValueError'),
    from('Plain', 'object'),
    from('Quiet', 'list', { __init__: functionOf(world, '__init__', () => null) }),
  ]
}

const itemsOf = (found: Loaded): readonly PyValue[] =>
  typeof found !== 'string' && found.value instanceof PyTuple ? found.value.items : []

const rebuilt = (cls: string, base: string, state: string): string =>
  `ccopyreg\n_reconstructor\n(${cls}${base}${state}tR.`

// What Python 3.8.18 to 3.15.0rc1 give.
describe.each(['cpython-3.8-c', 'cpython-3.13-c', 'cpython-3.13-py'])('%s', (name) => {
  test.each([
    [builtin('str'), builtin('int'), 'K\x05', 'int.__new__(str): str is not a subtype of int'],
    [
      scenario('Plain'),
      builtin('tuple'),
      ')',
      'tuple.__new__(Plain): Plain is not a subtype of tuple',
    ],
    [
      scenario('MyTuple'),
      scenario('MyInt'),
      'K\x05',
      'int.__new__(MyTuple): MyTuple is not a subtype of int',
    ],
    ['K\x05', scenario('MyInt'), 'K\x05', 'int.__new__(X): X is not a type object (int)'],
  ])('no %j is rebuilt from %j', (cls, base, state, wanted) => {
    expect(told(name, rebuilt(cls, base, state), define)).toBe(`TypeError: ${wanted}`)
  })

  test('an int is rebuilt from a class that derives from int', () => {
    expect(told(name, rebuilt(builtin('int'), scenario('MyInt'), 'K\x05'), define)).toBe('5')
  })

  test('frozenset() of a frozenset is the frozenset itself', () => {
    const pickle = `${builtin('frozenset')}(K\x01\x91\x94\x85Rh\0\x86.`
    const found = loaded(name, pickle, define)
    const [made, given] = itemsOf(found)

    expect(made).toBeInstanceOf(PyFrozenSet)
    expect(made).toBe(given)
  })

  test('an instance of a subclass of frozenset has members of its own', () => {
    const pickle = `(K\x01\x91\x940${scenario('MyFrozenSet')}h\0\x85Rh\0\x86.`
    const found = loaded(name, pickle, define)
    const [own, given] = itemsOf(found)

    expect(own).toBeInstanceOf(PyObject)
    expect(own).toMatchObject({ value: { members: [1] } })
    expect(own instanceof PyObject && own.value).not.toBe(given)
  })

  test('an __init__ of a class statement fills a list, and nothing else does', () => {
    expect(loaded(name, `${scenario('Quiet')}]K\x01a\x85R.`, define)).toMatchObject({
      value: { value: { items: [] } },
    })
  })
})

// What Python 3.8.18 to 3.15.0rc1 say.
test.each([
  ['MyTuple', 'tuple'],
  ['MyInt', 'int'],
  ['Plain', 'object'],
  ['Oops', 'ValueError'],
])('an instance of %s is no type that __new__ takes', (cls, owner) => {
  const pickle = `${scenario(cls)})\x81)\x81.`

  expect(told('cpython-3.13-py', pickle, define)).toBe(
    `TypeError: ${owner}.__new__(X): X is not a type object (${cls})`,
  )
  expect(told('cpython-3.13-c', pickle, define)).toBe(
    `UnpicklingError: NEWOBJ class argument must be a type, not ${cls}`,
  )
  expect(told('cpython-3.8-c', pickle, define)).toBe(
    "UnpicklingError: NEWOBJ class argument isn't a type object",
  )
})
