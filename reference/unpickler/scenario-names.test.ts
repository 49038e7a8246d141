import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { profile } from '../profiles.ts'
import { classOf, functionOf, moduleOf } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import {
  type PyClass,
  PyFunction,
  PyList,
  PyObject,
  PyProperty,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import { describeGraph } from './describe-graph.ts'
import { atom, content, load } from './fixtures/loading.ts'
import type { ValueGraph } from './graph.ts'
import { knownNames } from './load-names.ts'
import { UnknownCallError } from './unknown-call-error.ts'

describe('the names of a scenario', () => {
  /** A world with some classes, and what loads in it. */
  function scenario(name = 'cpython-3.13-c') {
    const world = createWorld(profile(name).release)
    const bound = new Map<string, PyValue>()
    const bind = (name: string, value: PyValue): void => {
      bound.set(`scenario:${name}`, value)
    }
    const own = new Map<PyClass | PyFunction, { readonly class: string }>()
    const cls = (name: string, options: Parameters<typeof classOf>[2] = {}): PyClass => {
      const made = classOf(world, name, options)
      bind(name, made)
      own.set(made, { class: name })
      return made
    }
    const run = (pickle: string): ValueGraph | string => {
      const names = knownNames(world, { bound, named: new Set(['functools:reduce']) })
      try {
        return describeGraph(world, load(pickle, { world, names, profile: name }), own)
      } catch (error) {
        if (!(error instanceof PickleError)) throw error
        return `${error.type}: ${error.message}`
      }
    }
    return { world, cls, bind, run, bound }
  }

  const base = (world: World, name: string): PyClass => world.knownClass(`builtins:${name}`)

  test('instances of its classes, with attributes and slots', () => {
    const { cls, run } = scenario()
    cls('A')
    cls('S', { slots: ['a'], hasDict: true })

    expect(run('cscenario\nA\n)\x81}\x8c\x01aK\x01sb.')).toEqual({
      value: { at: 0 },
      objects: [{ instance: 'A', attributes: [['a', 1]] }],
    })
    expect(run('cscenario\nS\n)\x81}K\x01K\x02s}\x8c\x01aK\x03s\x86b.')).toMatchObject({
      objects: [{ attributes: [[1, 2]], slots: [['a', 3]] }],
    })
    expect(run('cscenario\nA\nK\x01\x85R.')).toBe('TypeError: A() takes no arguments')
    expect(run('cscenario\nA\n)RK\x01K\x02s.')).toContain('does not support item assignment')
    expect(run('cscenario\nA\n.')).toEqual(atom({ class: 'A' }))
  })

  test('instances of subclasses of built-in types', () => {
    const { world, cls, run } = scenario()
    for (const name of ['list', 'dict', 'tuple', 'set', 'frozenset', 'int', 'str', 'bytearray']) {
      cls(`My${name}`, { bases: [base(world, name)] })
    }

    expect(run('cscenario\nMylist\n)\x81(K\x01K\x02eK\x03aK\x00K\x09s.')).toMatchObject({
      objects: [{ instance: 'Mylist', items: [9, 2, 3] }],
    })
    expect(run('cscenario\nMydict\n)\x81(K\x01K\x02uK\x03K\x04s.')).toMatchObject({
      objects: [
        {
          entries: [
            [1, 2],
            [3, 4],
          ],
        },
      ],
    })
    expect(run('cscenario\nMydict\n}K\x01K\x02s\x85R.')).toMatchObject({
      objects: [{ entries: [[1, 2]] }],
    })
    expect(run('cscenario\nMytuple\n](K\x01K\x02e\x85\x81.')).toMatchObject({
      objects: [{ of: { tuple: [1, 2] } }],
    })
    expect(run('cscenario\nMyset\n)\x81(K\x01\x90.')).toMatchObject({
      objects: [{ of: { set: [1] } }],
    })
    expect(run('cscenario\nMyfrozenset\n](K\x01e\x85\x81.')).toMatchObject({
      objects: [{ of: { frozenset: [1] } }],
    })
    expect(run('cbuiltins\nint\ncscenario\nMyint\nK\x05\x85\x81\x85R.')).toEqual(atom(5))
    expect(run('cscenario\nMyset\n)\x81(]\x90.')).toContain('unhashable')
    expect(run('cbuiltins\nfrozenset\n(K\x01\x91\x85R.')).toMatchObject({
      objects: [{ frozenset: [1] }],
    })
    expect(
      run('ccopyreg\n_reconstructor\n(cscenario\nMyint\ncbuiltins\nint\nK\x05tR.'),
    ).toMatchObject({
      objects: [{ of: 5 }],
    })
    expect(run('cscenario\nMyint\nK\x05\x85\x81.')).toMatchObject({ objects: [{ of: 5 }] })
    expect(run('cscenario\nMystr\n\x8c\x01a\x85\x81.')).toMatchObject({ objects: [{ of: 'a' }] })
    expect(run('cscenario\nMybytearray\nC\x01a\x85R(K\x62e.')).toMatchObject({
      objects: [{ of: { bytearray: '6162' } }],
    })
    expect(run('cbuiltins\nlist\ncscenario\nMyint\nK\x05\x85\x81\x85R.')).toContain('not iterable')
    expect(
      run('ccopyreg\n_reconstructor\n(cscenario\nMylist\ncbuiltins\nlist\n](K\x01etR.'),
    ).toMatchObject({ objects: [{ items: [1] }] })
  })

  test('methods it gave are called', () => {
    const { world, cls, run } = scenario()
    const seen: unknown[] = []
    const method = (name: string) =>
      new PyFunction({
        type: world.knownClass('builtins:function'),
        name,
        qualname: world.intern(name),
        module: world.intern('scenario'),
        call: ([, ...args]) => {
          seen.push([name, ...args.map(content)])
          return null
        },
      })
    const names = ['__setstate__', 'append', 'add', '__setitem__', '__call__']
    cls('H', { namespace: Object.fromEntries(names.map((name) => [name, method(name)])) })
    cls('E', { namespace: { extend: method('extend') } })

    run('cscenario\nH\n)\x81NbK\x01a(K\x02e(K\x03\x90K\x04K\x05s.')
    run('cscenario\nH\n)\x81K\x06\x85R.')
    run('cscenario\nE\n)\x81(K\x02e.')
    expect(seen).toEqual([
      ['__setstate__', null],
      ['append', 1],
      ['append', 2],
      ['add', 3],
      ['__setitem__', 4, 5],
      ['__call__', 6],
      ['extend', expect.any(PyList)],
    ])
  })

  test('a __setstate__ that is None is absent for Python up to 3.12', () => {
    for (const [name, wanted] of [
      ['cpython-3.12-py', /instance/],
      ['cpython-3.13-py', /not callable/],
      ['cpython-3.12-c', /not callable/],
    ] as const) {
      const { cls, run } = scenario(name)
      cls('N', { namespace: { __setstate__: null } })

      expect(JSON.stringify(run('cscenario\nN\n)\x81}b.'))).toMatch(wanted)
    }
  })

  test('members of enums are found by their value', () => {
    const { world, cls, run } = scenario()
    const colour = cls('Colour', { bases: [world.knownClass('enum:Enum')] })
    const red = new PyObject(colour)
    red.slots = new Map<string, PyValue>([
      ['_value_', 1],
      ['_name_', world.intern('RED')],
    ])
    colour.namespace.set('RED', red)

    expect(run('cscenario\nColour\nK\x01\x85R.')).toMatchObject({ objects: [{ member: 'RED' }] })
    const twice = 'cscenario\nColour\nK\x01\x85Rcscenario\nColour\nK\x01\x85R\x86.'
    expect(run(twice)).toMatchObject({
      objects: [{ tuple: [{ at: 1 }, { at: 1 }] }, { member: 'RED' }],
    })
    expect(run('cscenario\nColour\nK\x02\x85R.')).toBe('ValueError: 2 is not a valid Colour')
    expect(run('cscenario\nColour\n]\x85R.')).toContain('is not a valid Colour')
  })

  test('a call that would make a new enum or combine members is carried out by nobody', () => {
    const { world, cls, run } = scenario()
    const flag = cls('Flags', { bases: [world.knownClass('enum:Flag')] })
    const one = new PyObject(flag)
    one.slots = new Map<string, PyValue>([['_value_', 8]])
    flag.namespace.set('ONE', one)
    cls('Empty', { bases: [world.knownClass('enum:Enum')] })

    expect(() => run('cscenario\nEmpty\nK\x01K\x02\x86R.')).toThrow(UnknownCallError)
    expect(run('cscenario\nEmpty\nK\x01\x85R.')).toContain('TypeError')
    for (const number of ['K\x01', 'G\0\0\0\0\0\0\0\0', '\x88', '\x8a\x08\0\0\0\0\0\0\0\x40']) {
      expect(() => run(`cscenario\nFlags\n${number}\x85R.`)).toThrow(UnknownCallError)
    }
    expect(run('cscenario\nFlags\nX\x01\0\0\0a\x85R.')).toBe("ValueError: 'a' is not a valid Flags")
  })

  test('exceptions of its own, and a class with a __new__ that it gave', () => {
    const { world, cls, run } = scenario()
    cls('Oops', { bases: [base(world, 'ValueError')] })
    cls('Maker', {
      namespace: { __new__: functionOf(world, '__new__', ([, given = null]) => given) },
    })

    expect(run('cscenario\nOops\nK\x01\x85R}\x8c\x01aK\x02sb.')).toMatchObject({
      objects: [{ of: { tuple: [1] }, attributes: [['a', 2]] }],
    })
    expect(run('cscenario\nMaker\nK\x07\x85R.')).toEqual(atom(7))
    expect(run('cscenario\nMaker\nK\x07\x85\x81.')).toEqual(atom(7))
  })

  test('a class with __getinitargs__ is called by INST and OBJ', () => {
    const { world, cls, run } = scenario()
    const initargs = functionOf(world, '__getinitargs__', () => null)
    const maker = functionOf(world, '__new__', () => 1234)
    cls('Old', { namespace: { __getinitargs__: initargs, __new__: maker } })

    expect(run('(iscenario\nOld\n.')).toEqual(run('cscenario\nOld\n)R.'))
  })

  test('names that are not there are said as each engine says them', () => {
    for (const [name, pickle, wanted] of [
      ['cpython-3.13-c', 'cscenario\nB\n.', /Can't get attribute 'B' on <module 'scenario'/],
      ['cpython-3.13-py', 'cscenario\nB\n.', /module 'scenario' has no attribute 'B'/],
      ['cpython-3.14-c', 'cscenario\nB\n.', /module 'scenario' has no attribute 'B'/],
      [
        'cpython-3.14-c',
        '\x80\x04cscenario\nB.C\n.',
        /Can't resolve path 'B.C' on module 'scenario'/,
      ],
      ['cpython-3.13-py', '\x80\x04cscenario\nB.C\n.', /Can't get attribute 'B.C' on <module/],
    ] as const) {
      const { world, bind, run } = scenario(name)
      moduleOf(world, 'scenario')
      bind('B', null)
      bind('B.C', null)

      expect(run(pickle)).toMatch(wanted)
    }
  })

  test('getattr gives what it put somewhere, and nothing else', () => {
    const { cls, run } = scenario()
    const outer = cls('Outer')
    const inner = cls('Outer.Inner')
    outer.namespace.set('Inner', inner)

    expect(run('cbuiltins\ngetattr\ncscenario\nOuter\n\x8c\x05Inner\x86R.')).toEqual(
      atom({ class: 'Outer.Inner' }),
    )
    expect(run('cbuiltins\ngetattr\ncscenario\nOuter\n\x8c\x08__name__\x86R.')).toContain(
      'AttributeError',
    )
  })

  test('a call of what is not known here is no exception of Python', () => {
    const { world, cls, run, bound } = scenario()
    bound.set('decimal:Decimal', world.known('decimal:Decimal'))
    cls('Sub')

    expect(() => run('cfunctools\nreduce\n)R.')).toThrow(UnknownCallError)
    expect(() => run('cdecimal\nDecimal\n)R.')).toThrow(UnknownCallError)
  })

  test('a property that raises stands in the way', () => {
    const { cls, run } = scenario()
    const raising = new PyProperty(() => {
      throw new PickleError('ZeroDivisionError', 'no')
    })
    cls('P', { namespace: { __setstate__: raising } })

    expect(run('cscenario\nP\n)\x81}b.')).toBe('ZeroDivisionError: no')
  })
})
