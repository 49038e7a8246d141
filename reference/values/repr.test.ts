import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { getAttribute } from './attributes.ts'
import * as build from './build.ts'
import { createWorld } from './create-world.ts'
import { itemsIterator } from './iterate.ts'
import { makePartial } from './partial.ts'
import { repr } from './repr.ts'
import {
  PyBuffer,
  PyDict,
  PyFunction,
  PyObject,
  PyProperty,
  PyTuple,
  type PyValue,
} from './value.ts'

const world = createWorld([3, 13, 0])
const old = createWorld([3, 8, 18])

const subclassOf = (base: string) =>
  build.classOf(world, 'Sub', { bases: [world.knownClass(`builtins:${base}`)] })

const point = () => {
  const fields = build.tuple(world.intern('x'), world.intern('y'))
  return build.classOf(world, 'Point', {
    bases: [world.knownClass('builtins:tuple')],
    namespace: { _fields: fields },
  })
}

const record = () =>
  build.classOf(world, 'Record', {
    qualname: 'Outer.Record',
    namespace: { __dataclass_fields__: build.tuple(world.intern('x')) },
  })

function member(base: string, name: string, value: PyValue): PyObject {
  const cls = build.classOf(world, 'Color', { bases: [world.knownClass(`enum:${base}`)] })
  const made = new PyObject(cls)
  made.slots = new Map<string, PyValue>([
    ['_name_', world.intern(name)],
    ['_value_', value],
  ])
  return made
}

const address = /0x7f[0-9a-f]{10}/g

test.each<[string, () => PyValue, string]>([
  ['None', () => null, 'None'],
  ['a bool', () => true, 'True'],
  ['False', () => false, 'False'],
  ['a named int', () => build.int(7), '7'],
  ['a big int', () => 2n ** 70n, '1180591620717411303424'],
  ['a float', () => build.float(1e16), '1e+16'],
  ['bytes', () => build.bytes([0x61, 0]), "b'a\\x00'"],
  ['a bytearray', () => build.bytearray([0x61]), "bytearray(b'a')"],
  ['a tuple of one', () => build.tuple(1), '(1,)'],
  ['an empty tuple', () => build.tuple(), '()'],
  ['a list', () => build.list(1, build.str('a')), "[1, 'a']"],
  ['a dict', () => build.dict([1, null], [build.str('k'), build.list()]), "{1: None, 'k': []}"],
  ['a set', () => build.set(1, 2), '{1, 2}'],
  ['an empty set', () => build.set(), 'set()'],
  ['a frozenset', () => build.frozenset(1), 'frozenset({1})'],
  ['an empty frozenset', () => build.frozenset(), 'frozenset()'],
  ['a singleton', () => world.ellipsis, 'Ellipsis'],
  ['a built-in class', () => world.knownClass('builtins:int'), "<class 'int'>"],
  [
    'a class of the library',
    () => world.knownClass('collections:Counter'),
    "<class 'collections.Counter'>",
  ],
  ['a class', () => build.classOf(world, 'A'), "<class 'scenario.A'>"],
  ['a class without a module', () => build.classOf(world, 'A', { module: null }), "<class 'A'>"],
  [
    'a class of __main__',
    () => build.classOf(world, 'A', { module: '__main__' }),
    "<class '__main__.A'>",
  ],
  [
    'a class with a lone surrogate',
    () => build.classOf(world, 'A', { qualname: '\ud800' }),
    "<class 'scenario.\ud800'>",
  ],
  ['a function', () => build.functionOf(world, 'f'), '<function f at 0xADDR>'],
  ['a built-in function', () => world.known('builtins:len'), '<built-in function len>'],
  [
    'a method of a class made in C',
    () => world.known('builtins:object.__new__'),
    '<built-in method __new__ of type object at 0xADDR>',
  ],
  [
    'a method of a type',
    () => world.known('builtins:str.upper'),
    "<method 'upper' of 'str' objects>",
  ],
  [
    'a slot of a type',
    () => world.known('builtins:object.__init__'),
    "<slot wrapper '__init__' of 'object' objects>",
  ],
  [
    'a built-in method of an int',
    () => getAttribute(world, 5, '__reduce_ex__'),
    '<built-in method __reduce_ex__ of int object at 0xADDR>',
  ],
  [
    'an object whose _fields are none',
    () => build.instance(world, build.classOf(world, 'A', { namespace: { _fields: 5 } })),
    '<scenario.A object at 0xADDR>',
  ],
  ['a module', () => build.moduleOf(world, 'scenario'), "<module 'scenario'>"],
  [
    'an object',
    () => build.instance(world, build.classOf(world, 'A')),
    '<scenario.A object at 0xADDR>',
  ],
  [
    'an object of a class without a module',
    () => build.instance(world, build.classOf(world, 'A', { module: null })),
    '<A object at 0xADDR>',
  ],
  ['a property', () => new PyProperty(() => null), '<property object at 0xADDR>'],
  [
    'a buffer',
    () => new PyBuffer(new Uint8Array(1), true, true),
    '<pickle.PickleBuffer object at 0xADDR>',
  ],
  ['an iterator', () => itemsIterator(build.dict()), '<dict_itemiterator object at 0xADDR>'],
  [
    'a partial',
    () =>
      makePartial(
        world,
        world.known('builtins:len'),
        build.tuple(1),
        build.dict([build.str('k'), 2]),
      ),
    'functools.partial(<built-in function len>, 1, k=2)',
  ],
  ['an int of a subclass', () => new PyObject(subclassOf('int'), null, 5), '5'],
  ['a str of a subclass', () => new PyObject(subclassOf('str'), null, build.str('ab')), "'ab'"],
  ['a list of a subclass', () => new PyObject(subclassOf('list'), null, build.list(1)), '[1]'],
  [
    'a set of a subclass',
    () => new PyObject(subclassOf('set'), null, build.set(1, 2)),
    'Sub({1, 2})',
  ],
  ['an empty set of a subclass', () => new PyObject(subclassOf('set'), null, build.set()), 'Sub()'],
  [
    'a bytearray of a subclass',
    () => new PyObject(subclassOf('bytearray'), null, build.bytearray([0x61])),
    "Sub(b'a')",
  ],
  [
    'an exception',
    () => new PyObject(subclassOf('ValueError'), null, build.tuple(1, build.str('a'))),
    "Sub(1, 'a')",
  ],
  ['an exception without arguments', () => new PyObject(subclassOf('ValueError')), 'Sub()'],
  ['a member of an enum', () => member('Enum', 'RED', build.str('r')), "<Color.RED: 'r'>"],
  ['an enum of the library', () => world.knownClass('uuid:SafeUUID'), "<enum 'SafeUUID'>"],
  ['a flag of the library', () => world.knownClass('enum:IntFlag'), "<flag 'IntFlag'>"],
  ['an enum', () => member('Enum', 'RED', 1).type, "<enum 'Color'>"],
  ['a flag', () => member('Flag', 'RED', 1).type, "<flag 'Color'>"],
  [
    'a namedtuple',
    () => new PyObject(point(), null, build.tuple(1, build.str('a'))),
    "Point(x=1, y='a')",
  ],
  ['a dataclass', () => build.instance(world, record(), { x: 1 }), 'Outer.Record(x=1)'],
  ['a complex number', () => complex(1, 2), '(1+2j)'],
  ['a complex number below zero', () => complex(1.5, -2), '(1.5-2j)'],
  ['an imaginary number', () => complex(0, 2), '2j'],
  ['a complex number with two zeros', () => complex(-0, -0), '(-0-0j)'],
  ['a complex number that is none', () => complex(Number.NaN, Infinity), '(nan+infj)'],
])('%s', (_, make, expected) => {
  expect(repr(world, make()).replace(address, '0xADDR')).toBe(expected)
})

function complex(real: number, imaginary: number): PyObject {
  const parts = new PyTuple([build.float(real), build.float(imaginary)])
  return new PyObject(world.knownClass('builtins:complex'), null, parts)
}

test('a bound method says what it is bound to', () => {
  const method = new PyFunction({
    type: world.knownClass('builtins:method'),
    name: 'm',
    qualname: world.intern('A.m'),
    module: world.intern('scenario'),
    self: build.list(1),
  })

  expect(repr(world, method)).toBe('<bound method A.m of [1]>')
})

test('a method of a built-in object has the address of that object', () => {
  const self = build.list(1)
  const method = new PyFunction({
    type: world.knownClass('builtins:builtin_function_or_method'),
    name: 'append',
    qualname: world.intern('list.append'),
    module: null,
    self,
  })

  expect(repr(world, method)).toBe(
    `<built-in method append of list object at ${world.addressOf(self)}>`,
  )
  expect(world.addressOf(method)).not.toBe(world.addressOf(self))
})

test('a container inside itself is written in short', () => {
  const list = build.list()
  list.items.push(list)
  const dict = build.dict()
  dict.keys.push(1)
  dict.values.push(dict)
  const sub = new PyObject(subclassOf('list'), null, build.list())
  if (typeof sub.value === 'object' && sub.value?.kind === 'list') sub.value.items.push(sub)

  expect([list, dict, sub].map((value) => repr(world, value))).toEqual([
    '[[...]]',
    '{1: {...}}',
    '[[...]]',
  ])
})

test('a set, a data class and a named tuple inside themselves are written as Python does', () => {
  const members = build.set()
  const sub = new PyObject(subclassOf('set'), null, members)
  members.members.push(new PyObject(subclassOf('ValueError'), null, build.tuple(sub)))
  const inside = build.list()
  const same = build.instance(world, record(), { x: inside })
  inside.items.push(same)
  const list = build.list()
  const pair = new PyObject(point(), null, build.tuple(1, list))
  list.items.push(pair)

  expect([sub, same, pair].map((value) => repr(world, value))).toEqual([
    'Sub({Sub(Sub(...))})',
    'Outer.Record(x=[...])',
    'Point(x=1, y=[Point(x=1, y=[...])])',
  ])
})

test('depth costs no stack', () => {
  let value = build.list()
  for (let level = 0; level < 50_000; level++) value = build.list(value)

  expect(repr(world, value)).toHaveLength(100_002)
})

test('two objects have two addresses, and one always the same', () => {
  const [one, other] = [build.functionOf(world, 'f'), build.functionOf(world, 'f')]

  expect(repr(world, one)).toBe(repr(world, one))
  expect(repr(world, one)).not.toBe(repr(world, other))
})

test('a flag is called an enum before 3.11', () => {
  const cls = build.classOf(old, 'Color', { bases: [old.knownClass('enum:Flag')] })

  expect(repr(old, cls)).toBe("<enum 'Color'>")
})

test.each<[string, () => PyValue, string]>([
  [
    'a dataclass without its field',
    () => build.instance(world, record()),
    "'Record' object has no attribute 'x'",
  ],
  [
    'a namedtuple that is too short',
    () => new PyObject(point(), null, build.tuple(1)),
    'not enough arguments for format string',
  ],
  [
    'a namedtuple that is too long',
    () => new PyObject(point(), null, build.tuple(1, 2, 3)),
    'not all arguments converted during string formatting',
  ],
])('the repr of %s raises', (_, make, message) => {
  expect(() => repr(world, make())).toThrow(PickleError)
  expect(() => repr(world, make())).toThrow(message)
})

test.each([
  [world, 'OrderedDict({1: ...})'],
  [old, 'OrderedDict([(1, ...)])'],
])('an OrderedDict that holds itself, in the words of its release', (where, wanted) => {
  const content = new PyDict([1], [null])
  const ordered = new PyObject(where.knownClass('collections:OrderedDict'), null, content)
  content.values[0] = ordered

  expect(repr(where, ordered)).toBe(wanted)
})

test.each(['set', 'frozenset'] as const)('a %s in itself is not written twice', (kind) => {
  const object = build.instance(world, record())
  const members = kind === 'set' ? build.set(object) : build.frozenset(object)
  object.dict = build.dict([world.intern('x'), members])
  const [before, after] = kind === 'set' ? ['{', '}'] : ['frozenset({', '})']

  expect(repr(world, members)).toBe(`${before}Outer.Record(x=${kind}(...))${after}`)
})

// repr() of Python 3.10.13 and 3.11.7.
test('a class of flags is called so from 3.11 on', () => {
  const called = (minor: number) => {
    const world = createWorld([3, minor, 1])
    return repr(world, build.classOf(world, 'F', { bases: [world.knownClass('enum:Flag')] }))
  }

  expect([10, 11].map(called)).toEqual(["<enum 'F'>", "<flag 'F'>"])
})

// repr() of Python 3.13.0.
test.each([
  [build.tuple(5, build.str('m')), "OSError(5, 'm')"],
  [build.tuple(5, build.str('m'), build.str('f')), "OSError(5, 'm')"],
  [build.tuple(5, build.str('m'), null), "OSError(5, 'm', None)"],
  [build.tuple(5, build.str('m'), build.str('f'), null, build.str('g')), "OSError(5, 'm')"],
  [build.tuple(5, 1, 2, 3, 4, 6), 'OSError(5, 1, 2, 3, 4, 6)'],
])('the file names of an OSError are none of its arguments: %#', (args, wanted) => {
  expect(repr(world, new PyObject(world.knownClass('builtins:OSError'), null, args))).toBe(wanted)
})

test('releases that nobody knows yet escape as the newest one that is known', () => {
  const text = build.str('a\n\u{103ff}\u{1fae9}')

  expect(repr(createWorld([3, 16, 0]), text)).toBe(repr(createWorld([3, 15, 0]), text))
  expect(repr(createWorld([3, 7, 0]), text)).toBe(repr(createWorld([3, 8, 0]), text))
})
