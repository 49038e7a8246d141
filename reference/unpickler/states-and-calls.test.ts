import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { profile } from '../profiles.ts'
import { classOf, functionOf } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import { iterate } from '../values/iterate.ts'
import { PyClass, PyObject, PyStr, PyTuple, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { describeGraph } from './describe-graph.ts'
import type { ValueGraph } from './graph.ts'
import { knownNames } from './load-names.ts'
import { BytesReader } from './source.ts'
import { UnknownCallError } from './unknown-call-error.ts'
import { Unpickler, type UnpicklerInit } from './unpickler.ts'
import { plainUnpickler } from './unpickler-class.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

const engines = ['cpython-3.13-c', 'cpython-3.13-py'] as const

/** The classes of a module `scenario`. */
function scenarioClasses(world: World): Map<string, PyClass> {
  const base = (name: string) => ({ bases: [world.knownClass(name)] })
  const setState = functionOf(world, '__setstate__', ([self, state]) => {
    if (self instanceof PyObject) self.value = state
    return null
  })
  const colour = classOf(world, 'Colour', {
    ...base('enum:Enum'),
    namespace: { describe: functionOf(world, 'describe') },
  })
  const named = (name: PyStr, value: number): PyObject => {
    const member = new PyObject(colour)
    member.slots = new Map<string, PyValue>([
      ['_value_', value],
      ['_name_', name],
    ])
    return member
  }
  colour.namespace.set('RED', named(world.intern('RED'), 1))
  colour.namespace.set('lone', named(new PyStr([0xd800]), 2))
  const classes = [
    colour,
    classOf(world, 'MyTuple', base('builtins:tuple')),
    classOf(world, 'MyDict', base('builtins:dict')),
    classOf(world, 'Oops', base('builtins:ValueError')),
    classOf(world, 'Restored', {
      ...base('builtins:ValueError'),
      namespace: { __setstate__: setState },
    }),
    classOf(world, 'Filled', {
      namespace: { __init__: functionOf(world, '__init__', () => null) },
    }),
  ]
  return new Map(classes.map((cls) => [cls.name, cls]))
}

type Options = UnpicklerInit & { readonly profile?: string; readonly isFile?: boolean }

/** A graph, or how the load is refused. */
function told(pickle: string, options: Options = {}): ValueGraph | string {
  const { profile: name = 'cpython-3.13-c', isFile = false, ...init } = options
  const followed = profile(name)
  const world = createWorld(followed.release)
  const classes = scenarioClasses(world)
  const bound = new Map([...classes].map(([text, cls]) => [`scenario:${text}`, cls]))
  const own = new Map([...classes.values()].map((cls) => [cls, { class: cls.name }]))
  const names = knownNames(world, { bound, named: new Set() })
  const bytes = latin1(pickle)
  const source = isFile ? new BytesReader(bytes) : bytes
  try {
    const unpickler = new Unpickler(world, followed, plainUnpickler, { names, ...init }, source)
    return describeGraph(world, unpickler.load(), own)
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return `${error.type}: ${error.message}`
  }
}

const scenario = (name: string): string => `cscenario\n${name}\n`
const builtin = (name: string): string => `cbuiltins\n${name}\n`
const hugeRange = `${builtin('range')}L1${'0'.repeat(30)}L\n\x85R`
const firstOf = (graph: ValueGraph | string): unknown =>
  typeof graph === 'string' ? graph : (graph.objects[0] ?? graph.value)

// What Python 3.13.0 gives, both of its unpicklers.
describe.each(engines)('%s', (name) => {
  const oops = `${scenario('Oops')})R`

  test.each<readonly [what: string, pickle: string, wanted: unknown]>([
    [
      'the __setstate__ of an exception of its own',
      `${scenario('Restored')})RK\x05b.`,
      { instance: 'Restored', of: 5 },
    ],
    [
      'an exception whose state is an instance of a subclass of dict',
      `${oops}${scenario('MyDict')})\x81\x8c\x01aK\x01sb.`,
      { instance: 'Oops', of: { tuple: [] }, attributes: [['a', 1]] },
    ],
    [
      'arguments in an instance of a subclass of tuple',
      `${builtin('int')}${scenario('MyTuple')}]K\x05a\x85\x81R.`,
      5,
    ],
    [
      'arguments of __new__ where the class has an __init__',
      `${scenario('Filled')}K\x01\x85\x81.`,
      { instance: 'Filled' },
    ],
    [
      'an exception made anew by its base',
      `ccopyreg\n_reconstructor\n(${scenario('Oops')}${builtin('ValueError')}K\x05tR.`,
      { instance: 'Oops', of: { tuple: [5] } },
    ],
    [
      'a __cause__ that is an exception',
      `${oops}}\x8c\x09__cause__${oops}sb.`,
      { instance: 'Oops', of: { tuple: [] } },
    ],
    [
      'a __cause__ that is another object',
      `${oops}}\x8c\x09__cause__${builtin('object')})Rsb.`,
      'TypeError: exception cause must be None or derive from BaseException',
    ],
    [
      'the member of an enum from __new__',
      `${scenario('Colour')}K\x01\x85\x81.`,
      { instance: 'Colour', member: 'RED' },
    ],
    [
      'a member whose name has a lone surrogate',
      `${scenario('Colour')}K\x02\x85R.`,
      { instance: 'Colour', member: '\ud800' },
    ],
    [
      'a value that no member has',
      `${scenario('Colour')}K\x03\x85\x81.`,
      'ValueError: 3 is not a valid Colour',
    ],
    [
      'the __new__ of an enum without a value',
      `${scenario('Colour')})\x81.`,
      "TypeError: Enum.__new__() missing 1 required positional argument: 'value'",
    ],
    [
      'an object of an enum that is no member',
      `ccopyreg\n_reconstructor\n(${scenario('Colour')}${builtin('object')}NtR.`,
      { instance: 'Colour' },
    ],
    [
      'a range that no list can hold as an entry of a dict',
      `${builtin('dict')}]${hugeRange}a\x85R.`,
      'OverflowError: Python int too large to convert to C ssize_t',
    ],
    [
      'a range that no list can hold as arguments',
      `${builtin('str')}${hugeRange}R.`,
      name.endsWith('-c')
        ? 'TypeError: argument list must be a tuple'
        : 'OverflowError: Python int too large to convert to C ssize_t',
    ],
    [
      'a codec that is given no str',
      'c_codecs\nencode\nK\x05\x8c\x05ascii\x86R.',
      'TypeError: ascii_encode() argument 1 must be str, not int',
    ],
    ['a function', 'ccopyreg\n_reconstructor\n.', { global: 'copyreg:_reconstructor' }],
    ['an argument behind a frame', '\x95\x01\0\0\0\0\0\0\0J\x01\0\0\0.', 1],
  ])('%s', (_, pickle, wanted) => {
    for (const isFile of [false, true]) {
      expect(firstOf(told(pickle, { profile: name, isFile }))).toEqual(wanted)
    }
  })
})

// What Python 3.9.18, 3.10.13, 3.13.0 and 3.14.2 say.
test.each([
  ['3.9', 4, 'SyntaxError'],
  ['3.9', 7, 'IndexError: tuple index out of range'],
  ['3.10', 7, 'TypeError: function takes at most 6 arguments (7 given)'],
  ['3.13', 6, 'SyntaxError'],
  ['3.13', 7, 'TypeError: function takes at most 6 arguments (7 given)'],
  ['3.14', 7, 'SyntaxError'],
  ['3.14', 8, 'TypeError: function takes at most 7 arguments (8 given)'],
])('Python %s makes a SyntaxError with %i details: %s', (release, count, wanted) => {
  const pickle = `${builtin('SyntaxError')}\x8c\x01m(${'K\x01'.repeat(count)}t\x86R.`

  expect(JSON.stringify(told(pickle, { profile: `cpython-${release}-c` }))).toContain(wanted)
})

// Python 3.13.0 refuses these with a ValueError too.
test.each(['1+1__0j', '1__0', '1+j1', ''])('complex(%j) is refused', (text) => {
  const pickle = `${builtin('complex')}\x8c${String.fromCharCode(text.length)}${text}\x85R.`

  expect(told(pickle)).toContain('ValueError')
})

test('more bytes than a number counts exactly are not in a file', () => {
  for (const isFile of [false, true]) {
    expect(told('\x8e\0\0\0\0\0\0\0\x10.', { profile: 'documented', isFile })).toBe(
      'UnpicklingError: pickle data was truncated',
    )
  }
})

test('an object of the library that can be called is not called', () => {
  const world = createWorld([3, 13, 0])
  const getter = new PyObject(world.knownClass('operator:itemgetter'))
  const load = functionOf(world, 'persistent_load', () => getter)
  const cls = { isSubclass: true, attributes: new Map([['persistent_load', load]]) }
  const source = latin1('NQ)R.')
  const unpickler = new Unpickler(world, profile('cpython-3.13-c'), cls, {}, source)

  expect(() => unpickler.load()).toThrow(UnknownCallError)
  expect(new UnknownCallError('').name).toBe('UnknownCallError')
})

describe('a description', () => {
  const world = createWorld([3, 13, 0])

  test('of what has no content of its own is its repr', () => {
    const iterator = iterate(world, new PyTuple([]))

    expect(describeGraph(world, iterator, new Map())).toMatchObject({
      objects: [
        {
          opaque: 'builtins:tuple_iterator',
          repr: expect.stringMatching(/^<tuple_iterator object at 0x/),
        },
      ],
    })
  })

  test.each([
    ['builtins:len', { global: 'builtins:len' }],
    ['builtins:object.__new__', { opaque: 'builtins:builtin_function_or_method' }],
    ['builtins:str.upper', { opaque: 'builtins:method_descriptor' }],
  ])('of %s names what is of a module alone', (name, told) => {
    const { objects, value } = describeGraph(world, world.known(name), new Map())

    expect(objects[0] ?? value).toMatchObject(told)
  })

  test('of a class without a module says None', () => {
    const cls = new PyClass({
      name: 'A',
      qualname: world.intern('A'),
      module: null,
      bases: [world.objectClass],
      metaclass: world.typeClass,
      layout: 'object',
      isHeap: true,
      slots: [],
      hasDict: true,
    })

    expect(describeGraph(world, cls, new Map())).toEqual({
      value: { global: 'None:A' },
      objects: [],
    })
  })
})

// What Python 3.8.18, 3.10.13, 3.13.0 and 3.14.2 give.
test.each<readonly [pickle: string, profile: string, wanted: unknown]>([
  ...(['3.8', '3.10', '3.13'] as const).flatMap((release) => {
    const profile = `cpython-${release}-c`
    const number = release === '3.8' ? 'a number' : 'a real number'
    return [
      ...(['dict', 'list', 'tuple', 'set', 'frozenset'] as const).map(
        (name) =>
          [
            `${builtin(name)}(NNtR.`,
            profile,
            `TypeError: ${name} expected at most 1 argument, got 2`,
          ] as const,
      ),
      [
        'ccollections\nOrderedDict\n(NNtR.',
        profile,
        'TypeError: expected at most 1 arguments, got 2',
      ],
      [
        'c_codecs\nencode\n(Va\nI5\ntR.',
        profile,
        "TypeError: encode() argument 'encoding' must be str, not int",
      ],
      ['c_codecs\nencode\n(Va\nVnope\ntR.', profile, 'LookupError: unknown encoding: nope'],
      ['c_codecs\nencode\n(V\xe9\\u0100\nVlatin-1\nVignore\ntR.', profile, { bytes: 'e9' }],
      [
        `${builtin('float')}(]tR.`,
        profile,
        `TypeError: float() argument must be a string or ${number}, not 'list'`,
      ],
      [
        `${builtin('int')}(]tR.`,
        profile,
        `TypeError: int() argument must be a string, a bytes-like object or ${number}, not 'list'`,
      ],
    ] as const
  }),
  [
    'ccollections\nOrderedDict\n(NNtR.',
    'cpython-3.14-c',
    'TypeError: expected at most 1 argument, got 2',
  ],
  [
    `I${'1'.repeat(4301)}\n.`,
    'cpython-3.13-py',
    'ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit',
  ],
])('%j as %s', (pickle, profile, wanted) => {
  expect(firstOf(told(pickle, { profile }))).toEqual(wanted)
})
