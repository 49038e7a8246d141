import { describe, expect, test } from 'vitest'
import { classOf, functionOf, list as listOf } from '../values/build.ts'
import { PyFrozenSet, PyObject, PyTuple, type PyValue } from '../values/value.ts'
import {
  builtin,
  call,
  list,
  loadedBy,
  newobj,
  reconstructor,
  type Scenario,
  scenario,
  shown,
} from './fixtures/shown.ts'

const engines = ['3.8.18-c', '3.8.18-py', '3.13.0-c', '3.13.0-py'] as const

const classes: Scenario = (world) => {
  const from = (base: string) => ({ bases: [world.knownClass(`builtins:${base}`)] })
  const myList = classOf(world, 'MyList', from('list'))
  const init = functionOf(world, '__init__', () => null)
  const own = functionOf(world, '__new__', (args) => listOf(...args.slice(1)))
  return [
    myList,
    classOf(world, 'Deep', { bases: [myList] }),
    classOf(world, 'MyTuple', from('tuple')),
    classOf(world, 'MyInt', from('int')),
    classOf(world, 'MyFrozenSet', from('frozenset')),
    classOf(world, 'Err', from('ValueError')),
    classOf(world, 'A'),
    classOf(world, 'Other'),
    classOf(world, 'Init', { namespace: { __init__: init } }),
    classOf(world, 'Silent', { ...from('list'), namespace: { __init__: init } }),
    classOf(world, 'OwnNew', { namespace: { __new__: own } }),
    classOf(world, 'OwnInit', { namespace: { __new__: own, __init__: init } }),
    classOf(world, 'OwnList', { ...from('list'), namespace: { __new__: own } }),
  ]
}

/** `module:name`, as a pickle has it. */
const named = (name: string): string => {
  if (/^[A-Z]\w*$/.test(name) && !/(Error|Exit|Exception|Group)$/.test(name)) return scenario(name)
  return name === 'collections.OrderedDict' ? 'ccollections\nOrderedDict\n' : builtin(name)
}

const five = 'K\x05'
const empty = ')'

// What Python 3.8.18 and 3.13.0 give, both of their unpicklers.
describe('_reconstructor', () => {
  test.each([
    // The __new__ is that of the type which has one, and takes whatever derives from that type.
    ['list', 'MyList', list(five), 'list [5]'],
    ['MyList', 'Deep', list(five), 'MyList [5]'],
    ['list', 'list', list(five), 'list [5]'],
    ['int', 'MyInt', five, 'int 5'],
    ['collections.OrderedDict', 'dict', empty, 'OrderedDict OrderedDict()'],
    ['ValueError', 'Exception', five, 'ValueError (5,)'],
    ['KeyError', 'BaseException', five, 'KeyError (5,)'],
    ['UnicodeError', 'ValueError', five, 'UnicodeError (5,)'],
    ['ValueError', 'Err', five, 'ValueError (5,)'],
    ['FileNotFoundError', 'OSError', five, 'FileNotFoundError (5,)'],
    [
      'OSError',
      'BrokenPipeError',
      five,
      "TypeError: descriptor '__init__' requires a 'BrokenPipeError' object but received a 'OSError'",
    ],
    ['int', 'list', empty, 'TypeError: list.__new__(int): int is not a subtype of list'],
    ['int', 'MyList', empty, 'TypeError: list.__new__(int): int is not a subtype of list'],
    ['object', 'list', empty, 'TypeError: list.__new__(object): object is not a subtype of list'],
    ['str', 'int', five, 'TypeError: int.__new__(str): str is not a subtype of int'],
    ['A', 'tuple', empty, 'TypeError: tuple.__new__(A): A is not a subtype of tuple'],
    ['MyTuple', 'MyInt', five, 'TypeError: int.__new__(MyTuple): MyTuple is not a subtype of int'],
    [
      'Exception',
      'KeyError',
      five,
      'TypeError: LookupError.__new__(Exception): Exception is not a subtype of LookupError',
    ],
    // What is laid out otherwise.
    ['list', 'object', 'N', 'TypeError: object.__new__(list) is not safe, use list.__new__()'],
    [
      'MyList',
      'object',
      'N',
      'TypeError: object.__new__(MyList) is not safe, use MyList.__new__()',
    ],
    ['Err', 'object', 'N', 'TypeError: object.__new__(Err) is not safe, use Err.__new__()'],
    [
      'OwnList',
      'object',
      'N',
      'TypeError: object.__new__(OwnList) is not safe, use list.__new__()',
    ],
    ['int', 'A', 'N', 'TypeError: object.__new__(int) is not safe, use int.__new__()'],
    ['bool', 'int', 'K\x01', 'TypeError: int.__new__(bool) is not safe, use bool.__new__()'],
    [
      'OSError',
      'Exception',
      five,
      'TypeError: Exception.__new__(OSError) is not safe, use OSError.__new__()',
    ],
    [
      'MemoryError',
      'Exception',
      five,
      'TypeError: Exception.__new__(MemoryError) is not safe, use MemoryError.__new__()',
    ],
    // Arguments of an object.
    ['A', 'A', 'N', 'TypeError: A() takes no arguments'],
    ['Other', 'A', 'N', 'TypeError: Other() takes no arguments'],
    ['object', 'A', 'N', 'TypeError: object() takes no arguments'],
    [
      'OwnInit',
      'A',
      'N',
      'TypeError: object.__new__() takes exactly one argument (the type to instantiate)',
    ],
    ['Init', 'A', 'N', 'Init {}'],
    // A __new__ of its own is given anything, and the __init__ of a list begins anew.
    ['MyList', 'OwnNew', five, 'list [5]'],
    ['OwnList', 'OwnNew', five, 'list [5]'],
    ['list', 'OwnList', list(five, five), 'list [5, 5]'],
    // An __init__ is for what derives from the type whose it is.
    [
      'dict',
      'collections.OrderedDict',
      empty,
      "TypeError: descriptor '__init__' requires a 'collections.OrderedDict' object but received a 'dict'",
    ],
    [
      'Exception',
      'SyntaxError',
      five,
      "TypeError: descriptor '__init__' requires a 'SyntaxError' object but received a 'Exception'",
    ],
  ])('of %s by %s with %j gives %s', (cls, base, state, wanted) => {
    const pickle = `${reconstructor(named(cls), named(base), state)}.`

    for (const engine of engines) expect(shown(engine, pickle, classes)).toBe(wanted)
  })

  test.each([
    ['a number for the class', reconstructor(five, named('MyList'), 'N'), noType('list', 'int')],
    [
      'a number for a class of numbers',
      reconstructor(five, named('MyInt'), five),
      noType('int', 'int'),
    ],
    [
      'a number for a class of objects',
      reconstructor(five, named('A'), 'N'),
      noType('object', 'int'),
    ],
    ['a number for the base', reconstructor(named('int'), five, 'K\x07'), 'int 7'],
    [
      'a list for the base',
      reconstructor(named('list'), ']', ']'),
      'TypeError: list expected at most 1 argument, got 2',
    ],
    [
      'a list for the base of another type',
      reconstructor(named('int'), ']', 'K\x01'),
      'TypeError: list.__new__(int): int is not a subtype of list',
    ],
    ['lists for both', reconstructor(']', ']', ']'), noType('list', 'list')],
  ])('takes %s', (_, value, wanted) => {
    for (const engine of engines) expect(shown(engine, `${value}.`, classes)).toBe(wanted)
  })

  test.each([
    ['OSError', 'BrokenPipeError', 'BrokenPipeError', ''],
    ['OSError', 'TimeoutError', 'TimeoutError', ''],
    ['Exception', 'AttributeError', 'AttributeError', 'AttributeError'],
    ['Exception', 'ImportError', 'ImportError', 'ImportError'],
    ['Exception', 'ModuleNotFoundError', 'ModuleNotFoundError', 'ImportError'],
    ['ImportError', 'ModuleNotFoundError', 'ModuleNotFoundError', ''],
    ['Exception', 'NameError', 'NameError', 'NameError'],
    ['Exception', 'StopIteration', 'StopIteration', 'StopIteration'],
    ['Exception', 'SyntaxError', 'SyntaxError', 'SyntaxError'],
    ['Exception', 'TabError', 'TabError', 'SyntaxError'],
    ['BaseException', 'SystemExit', 'SystemExit', 'SystemExit'],
    ['SyntaxError', 'TabError', 'TabError', ''],
  ])(
    'of %s by %s calls the __init__ that the latter has, from 3.14 on that of a base',
    (cls, base, old, recent) => {
      const pickle = `${reconstructor(builtin(cls), builtin(base), five)}.`
      const wanted = (owner: string): string =>
        owner === ''
          ? `${cls} (5,)`
          : `TypeError: descriptor '__init__' requires a '${owner}' object but received a '${cls}'`

      expect(shown('3.13.0-c', pickle)).toBe(wanted(old))
      expect(shown('3.14.2-c', pickle)).toBe(wanted(recent))
    },
  )

  test.each(['3.11.7-c', '3.11.7-py', '3.13.0-c'])(
    'makes no group of Python %s from what is none',
    (engine) => {
      const group = (cls: string, base: string): string =>
        shown(engine, `${reconstructor(builtin(cls), builtin(base), 'N')}.`)

      expect(group('Exception', 'ExceptionGroup')).toBe(
        'TypeError: BaseExceptionGroup.__new__(Exception): Exception is not a subtype of BaseExceptionGroup',
      )
      expect(group('ExceptionGroup', 'BaseExceptionGroup')).toBe(
        'TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)',
      )
      expect(group('ExceptionGroup', 'Exception')).toBe(
        'TypeError: Exception.__new__(ExceptionGroup) is not safe, use ExceptionGroup.__new__()',
      )
    },
  )
})

function noType(owner: string, found: string): string {
  return `TypeError: ${owner}.__new__(X): X is not a type object (${found})`
}

// What Python 3.8.18 and 3.13.0 give, both of their unpicklers.
test.each([
  ['an instance of a subclass', newobj(call(named('MyList'))), noType('list', 'MyList')],
  ['an instance', newobj(call(named('A'))), noType('object', 'A')],
  ['an exception', newobj(call(named('Err'))), noType('ValueError', 'Err')],
  [
    'an exception without a __new__',
    newobj(call(named('KeyError'))),
    noType('LookupError', 'KeyError'),
  ],
  ['a number', newobj(five), noType('int', 'int')],
  ['a truth', newobj('\x88'), noType('bool', 'bool')],
  ['None', newobj('N'), noType('NoneType', 'NoneType')],
  ['a class', newobj(named('MyList')), 'MyList []'],
])('the __new__ of %s', (_, value, wanted) => {
  for (const engine of engines) expect(shown(engine, `${value}.`, classes)).toBe(wanted)
})

// What Python 3.8.18 and 3.13.0 say, both of their unpicklers.
test.each([
  ['MyList', 'list'],
  ['MyTuple', 'tuple'],
  ['MyInt', 'int'],
  ['A', 'object'],
  ['Err', 'ValueError'],
])('an instance of %s for NEWOBJ is refused by its __new__ in Python alone', (cls, owner) => {
  const pickle = `${call(named(cls))})\x81.`

  expect(engines.map((engine) => shown(engine, pickle, classes))).toEqual([
    "UnpicklingError: NEWOBJ class argument isn't a type object",
    noType(owner, cls),
    `UnpicklingError: NEWOBJ class argument must be a type, not ${cls}`,
    noType(owner, cls),
  ])
})

test('an __init__ of its own is all that is called', () => {
  for (const engine of engines) {
    expect(shown(engine, `${call(named('Silent'), list(five))}.`, classes)).toBe('Silent []')
  }
})

test('what a __new__ gives that is no instance of the class is left as it is', () => {
  for (const engine of engines) {
    expect(shown(engine, `${call(named('OwnList'), five)}.`, classes)).toBe('list [5]')
  }
})

describe.each(engines)('Python %s', (engine) => {
  const pairOf = (pickle: string): readonly PyValue[] => {
    const { value } = loadedBy(engine, pickle, classes)
    return value instanceof PyTuple ? value.items : []
  }

  test('a frozenset of a frozenset is the same', () => {
    const [made, given] = pairOf(`(K\x01\x91q\0${builtin('frozenset')}h\0\x85R\x86.`)

    expect(made).toBeInstanceOf(PyFrozenSet)
    expect(made).toBe(given)
  })

  test('an instance of a subclass of frozenset has members of its own', () => {
    const [own, given] = pairOf(`(K\x01\x91\x940${named('MyFrozenSet')}h\0\x85Rh\0\x86.`)

    expect(own).toMatchObject({ value: { members: [1] } })
    expect(own instanceof PyObject && own.value).not.toBe(given)
  })
})
