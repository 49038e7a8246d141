import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import type { Release } from '../release.ts'
import { findAttribute } from './attributes.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { builtInBaseOf, reduceDefault, reduceEx } from './reduce.ts'
import { PyBuffer, PyClass, PyObject, PyProperty, PyTuple, type PyValue } from './value.ts'
import type { World } from './world.ts'

const world = createWorld([3, 13, 0])

const subclassOf = (base: string) =>
  build.classOf(world, 'Sub', { bases: [world.knownClass(`builtins:${base}`)] })

function argumentsOf(reduction: PyValue): readonly PyValue[] {
  const args = reduction instanceof PyTuple ? reduction.items[1] : undefined
  if (args instanceof PyTuple) return args.items
  throw new Error('a reduction is a tuple with a tuple of arguments')
}

test('an exception built without arguments reduces to a call without any', () => {
  expect(argumentsOf(reduceEx(world, new PyObject(subclassOf('ValueError')), 4))).toEqual([])
})

test('an int that has an identity of its own is copied as its value', () => {
  const object = build.instance(world, subclassOf('int'), {}, build.int(300))

  expect(argumentsOf(reduceEx(world, object, 2))).toEqual([object.type, 300])
})

test('an instance built without its value is refused, below protocol 2 None stands for it', () => {
  const object = build.instance(world, subclassOf('int'))

  expect(argumentsOf(reduceEx(world, object, 0))[2]).toBeNull()
  expect(() => reduceEx(world, object, 2)).toThrow("cannot pickle 'Sub' object")
})

test.each([0, 2])('a module is refused at protocol %i', (protocol) => {
  expect(() => reduceEx(world, build.moduleOf(world, 'scenario'), protocol)).toThrow(
    "cannot pickle 'module' object",
  )
})

function member(of: World): PyObject {
  const made = new PyObject(
    build.classOf(of, 'Color', { bases: [of.knownClass('enum:Enum')], hasDict: false }),
  )
  made.slots = new Map<string, PyValue>([
    ['_name_', build.str('RED')],
    ['_value_', 1],
  ])
  return made
}

test.each<[Release, string, string | number]>([
  [[3, 11, 0], 'builtins:getattr', 'RED'],
  [[3, 11, 3], 'builtins:getattr', 'RED'],
  [[3, 11, 4], 'Color', 1],
  [[3, 12, 0], 'Color', 1],
])('a member of an enum is found again as %j does', (release, callable, by) => {
  const of = createWorld(release)
  const color = member(of)
  const reduction = reduceEx(of, color, 4)
  const wanted = callable === 'Color' ? color.type : of.known(callable)
  const named = typeof by === 'string' ? [color.type, build.str(by)] : [by]

  expect(reduction instanceof PyTuple ? reduction.items[0] : null).toBe(wanted)
  expect(argumentsOf(reduction)).toEqual(named)
})

// What Python 3.8.18 to 3.14.2 say.
test.each([
  [0, 'PickleBuffer'],
  [1, 'PickleBuffer'],
  [2, 'pickle.PickleBuffer'],
  [5, 'pickle.PickleBuffer'],
])('a buffer is refused at protocol %i as a %s', (protocol, name) => {
  const buffer = new PyBuffer(Uint8Array.of(97), true, true)

  expect(() => reduceEx(world, buffer, protocol)).toThrow(
    expect.objectContaining({ type: 'TypeError', message: `cannot pickle '${name}' object` }),
  )
})

// With copyreg out of sys.modules and nowhere to be found, in Python 3.8.18, 3.13.0 and PyPy 7.3.11.
test.each([0, 2])('an instance is not reduced without copyreg, at protocol %i', (protocol) => {
  for (const implementation of ['cpython', 'pypy'] as const) {
    const bare = createWorld([3, 9, 0], { implementation })
    const state = build.functionOf(bare, '__getstate__', () => 1)
    bare.missingModules.add('copyreg')

    for (const namespace of [{}, { __getstate__: state }]) {
      const object = new PyObject(build.classOf(bare, 'A', { namespace }))

      expect(() => reduceEx(bare, object, protocol)).toThrow(
        expect.objectContaining({ type: 'ModuleNotFoundError' }),
      )
    }
  }
})

// B(b'\xe9').__reduce__() in Python 3.8.18 and 3.13.0.
test('the reduction of a bytearray without a protocol has text', () => {
  const bases = [world.knownClass('builtins:bytearray')]
  const object = new PyObject(build.classOf(world, 'B', { bases }), null, build.bytearray([0xe9]))

  expect(argumentsOf(reduceDefault(world, object))).toMatchObject([
    { content: 'é' },
    { content: 'latin-1' },
  ])
})

// Of class BQ(bytearray): __reduce__ = bytearray.__reduce__, in PyPy 7.3.11.
test('in PyPy a class can be given the __reduce__ of bytearray again', () => {
  const pypy = createWorld([3, 9, 0], { implementation: 'pypy' })
  const base = pypy.knownClass('builtins:bytearray')
  const own = findAttribute(pypy, base, '__reduce__') ?? null
  const cls = build.classOf(pypy, 'BQ', { bases: [base], namespace: { __reduce__: own } })
  const object = new PyObject(cls, null, build.bytearray([0xe9]))

  expect(argumentsOf(reduceEx(pypy, object, 4))).toMatchObject([
    { content: 'é' },
    { content: 'latin-1' },
  ])
})

test('what ends the interpreter is passed on by PyPy, too', () => {
  const pypy = createWorld([3, 9, 0], { implementation: 'pypy' })
  const raising = (type: string) => {
    const property = new PyProperty(() => {
      throw new PickleError(type, '')
    })
    return new PyObject(build.classOf(pypy, 'C', { namespace: { __reduce__: property } }))
  }

  for (const type of ['KeyboardInterrupt', 'SystemExit']) {
    expect(() => reduceEx(pypy, raising(type), 2)).toThrow(expect.objectContaining({ type }))
  }
  expect(reduceEx(pypy, raising('KeyError'), 2)).toBeInstanceOf(PyTuple)
})

// copyreg._reduce_ex of an instance of a subclass of _random.Random, in Python 3.8.18 and 3.9.18.
test('from 3.9 on a class made in C whose __new__ is its own ends the search for a base', () => {
  const baseIn = (release: Release) => {
    const at = createWorld(release)
    const random = at.findKnown('_random:Random') ?? at.findKnown('random:Random')
    const bases = random instanceof PyClass ? [random] : []
    return builtInBaseOf(at, build.classOf(at, 'R', { bases })).name
  }

  expect(baseIn([3, 9, 0])).toBe('Random')
})

// What Python 3.8.18 to 3.14.2 say.
test.each<[given: PyValue, type: string, why: string]>([
  [build.list(), 'TypeError', "should return a tuple, not 'list'"],
  [build.tuple(build.tuple()), 'ValueError', 'should return a tuple of length 2, not 1'],
])('what __getnewargs_ex__ gives is a tuple of two: %#', (given, type, why) => {
  expect(() => reduceEx(world, givingArguments(given), 2)).toThrow(
    expect.objectContaining({ type, message: `__getnewargs_ex__ ${why}` }),
  )
})

test.each<[given: PyValue, what: string]>([
  [build.tuple(build.list(), build.dict()), "first item ... must be a tuple, not 'list'"],
  [build.tuple(build.tuple(), build.list()), "second item ... must be a dict, not 'list'"],
])('what __getnewargs_ex__ gives has a tuple and a dict: %#', (given, what) => {
  const message = what.replace('...', 'of the tuple returned by __getnewargs_ex__')

  expect(() => reduceEx(world, givingArguments(given), 2)).toThrow(
    expect.objectContaining({ type: 'TypeError', message }),
  )
})

function givingArguments(given: PyValue): PyObject {
  const method = build.functionOf(world, '__getnewargs_ex__', () => given)
  const cls = build.classOf(world, 'G', { namespace: { __getnewargs_ex__: method } })
  return new PyObject(cls)
}
