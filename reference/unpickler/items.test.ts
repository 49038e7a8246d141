import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { profile } from '../profiles.ts'
import { classOf, dict, functionOf, list } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import { repr } from '../values/repr.ts'
import { PyObject, PyProperty, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { knownNames } from './load-names.ts'
import { Unpickler, type UnpicklerInit } from './unpickler.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

/**
 * A module `scenario`: subclasses of built-in types, one of set whose `update` only notes what it is
 * given, a class of its own that is called `list`, and classes whose instances say they are sets.
 */
function scenarioClasses(world: World): Map<string, PyValue> {
  const base = (name: string) => ({ bases: [world.knownClass(`builtins:${name}`)] })
  const __class__ = new PyProperty(() => world.knownClass('builtins:set'))
  const update = functionOf(world, 'update', ([self, items = null]) => {
    if (self instanceof PyObject) self.dict = dict([world.intern('seen'), items])
    return null
  })
  const classes = [
    ...['list', 'bytearray', 'set'].map((name) => classOf(world, `My${name}`, base(name))),
    classOf(world, 'list'),
    classOf(world, 'Updated', { ...base('set'), namespace: { update } }),
    classOf(world, 'SaysSet', { namespace: { __class__ } }),
    classOf(world, 'SaysUpdated', { namespace: { __class__, update } }),
  ]
  return new Map(classes.map((cls) => [`scenario:${cls.name}`, cls]))
}

type Options = UnpicklerInit & { readonly persistentLoad?: (world: World) => PyValue }

/** The repr of what is loaded, that of its attributes if it has some, or the refusal. */
function told(name: string, pickle: string, { persistentLoad, ...init }: Options = {}): string {
  const followed = profile(name)
  const world = createWorld(followed.release)
  const given = persistentLoad?.(world)
  const attributes = new Map<string, PyValue>()
  if (given !== undefined) {
    attributes.set(
      'persistent_load',
      functionOf(world, 'hook', () => given),
    )
  }
  const names = knownNames(world, { bound: scenarioClasses(world), named: new Set() })
  const cls = { isSubclass: true, attributes }
  try {
    const unpickler = new Unpickler(world, followed, cls, { names, ...init }, latin1(pickle))
    const value = unpickler.load()
    return repr(world, value instanceof PyObject && value.dict !== null ? value.dict : value)
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return `${error.type}: ${error.message}`
  }
}

const both = ['cpython-3.13.0-c', 'cpython-3.13.0-py'] as const
const toldByBoth = (pickle: string, options?: Options) =>
  both.map((name) => told(name, pickle, options))

const builtin = (name: string): string => `cbuiltins\n${name}\n`
const scenario = (name: string): string => `cscenario\n${name}\n`
const made = (name: string): string => `${scenario(name)})\x81`
const byteArray = (text: string): string =>
  `\x96${String.fromCharCode(text.length)}\0\0\0\0\0\0\0${text}`

// What CPython 3.13.0 says, and each of 3.8.18 to 3.14.2 as well.
describe('an instruction that finds no target is refused', () => {
  const underflow = 'UnpicklingError: unpickling stack underflow'
  const mark = 'UnpicklingError: unexpected MARK found'
  const popped = 'IndexError: pop from empty list'
  const outside = 'IndexError: list index out of range'

  test.each([
    ['APPEND', 'a.', underflow, popped],
    ['APPEND to a value alone', 'K\x01a.', underflow, outside],
    ['APPEND behind a mark', '](a.', mark, popped],
    ['APPEND of a value behind a mark', '](K\x01a.', mark, outside],
    ['SETITEM', 's.', underflow, popped],
    ['SETITEM with a value alone', 'K\x01s.', underflow, popped],
    ['SETITEM with key and value alone', 'K\x01K\x01s.', underflow, outside],
    ['SETITEM behind a mark', '}K\x01K\x01(s.', mark, popped],
    ['SETITEM of a value behind a mark', '}K\x01(K\x01s.', mark, popped],
    ['SETITEM of key and value behind a mark', '}(K\x01K\x01s.', mark, outside],
    ['APPENDS', '(K\x01eN.', underflow, outside],
    ['APPENDS of nothing', '(eN.', underflow, outside],
    ['APPENDS of nothing behind a mark', '](K\x01((eN.', mark, outside],
    ['ADDITEMS', '(K\x01\x90N.', underflow, outside],
    ['ADDITEMS of nothing', '(\x90N.', underflow, outside],
    ['ADDITEMS of nothing behind a mark', '\x8f((\x90N.', mark, outside],
    ['SETITEMS', '(K\x01K\x02uN.', underflow, outside],
    ['SETITEMS of nothing', '(uN.', underflow, outside],
  ])('%s', (_, pickle, c, py) => {
    expect(toldByBoth(pickle)).toEqual([c, py])
  })
})

test.each([
  ['an int', 'K\x05(u.', '5'],
  ['a list', '](u.', '[]'],
  ['a dict', '}(u.', '{}'],
  ['a dict with items', '}K\x01K\x02s(u.', '{1: 2}'],
])('SETITEMS of nothing leaves %s alone', (_, pickle, wanted) => {
  expect(toldByBoth(pickle)).toEqual([wanted, wanted])
})

describe('an index', () => {
  const list = ']K\x07aK\x08a'
  const tooGreat = "IndexError: cannot fit 'int' into an index-sized integer"
  const outsideList = 'IndexError: list assignment index out of range'
  const outsideBytes = 'IndexError: bytearray index out of range'
  const of = (target: string, index: bigint | number | string, value = 'K\x01') =>
    toldByBoth(`${target}${typeof index === 'string' ? index : `L${index}L\n`}${value}s.`)

  test.each([
    [-3, outsideList],
    [-2, '[1, 8]'],
    [-1, '[7, 1]'],
    [0, '[1, 8]'],
    [1, '[7, 1]'],
    [2, outsideList],
    ['\x88', '[7, 1]'],
    ['\x8c\x01a', 'TypeError: list indices must be integers or slices, not str'],
    ['N', 'TypeError: list indices must be integers or slices, not NoneType'],
  ])('%j names an item of a list, or is refused: %s', (index, wanted) => {
    const items = `${made('Mylist')}K\x07aK\x08a`

    expect(of(list, index)).toEqual([wanted, wanted])
    expect(of(items, index)).toEqual([wanted, wanted])
  })

  test.each([
    [-3, outsideBytes],
    [-2, "bytearray(b'\\x01b')"],
    [1, "bytearray(b'a\\x01')"],
    [2, outsideBytes],
    ['\x8c\x01a', 'TypeError: bytearray indices must be integers or slices, not str'],
  ])('%j names a byte of a bytearray, or is refused: %s', (index, wanted) => {
    expect(of(byteArray('ab'), index)).toEqual([wanted, wanted])
  })

  test.each([
    [-(2n ** 63n) - 2n, tooGreat, tooGreat],
    [-(2n ** 63n) - 1n, tooGreat, tooGreat],
    [-(2n ** 63n), outsideList, outsideBytes],
    [2n ** 63n - 1n, outsideList, outsideBytes],
    [2n ** 63n, tooGreat, tooGreat],
  ])('%s is as great as a size can be, or greater', (index, inList, inBytes) => {
    expect(of(list, index)).toEqual([inList, inList])
    expect(of(byteArray('ab'), index)).toEqual([inBytes, inBytes])
  })

  // What 3.14.2 says where a word has 32 bits.
  test.each([
    [-(2n ** 31n) - 1n, tooGreat],
    [-(2n ** 31n), outsideList],
    [2n ** 31n - 1n, outsideList],
    [2n ** 31n, tooGreat],
  ])('%s is as great as a size of 32 bits can be, or greater', (index, wanted) => {
    for (const name of ['cpython-3.14.2-c', 'cpython-3.14.2-py']) {
      expect(told(name, `${list}L${index}L\nNs.`, { wordSize: 32 })).toBe(wanted)
    }
  })
})

describe('a bytearray', () => {
  const noByte = 'ValueError: byte must be in range(0, 256)'

  test.each([
    ['-1', noByte],
    ['0', "bytearray(b'\\x00')"],
    ['1', "bytearray(b'\\x01')"],
    ['254', "bytearray(b'\\xfe')"],
    ['255', "bytearray(b'\\xff')"],
    ['256', noByte],
    ['9223372036854775808', noByte],
  ])('takes the int %s as a byte, or refuses it: %s', (int, wanted) => {
    const value = `L${int}L\n`

    for (const pickle of [`(${value}e.`, `${value}a.`]) {
      expect(toldByBoth(byteArray('') + pickle)).toEqual([wanted, wanted])
    }
    expect(toldByBoth(`${byteArray('a')}K\0${value}s.`)).toEqual([wanted, wanted])
  })

  test('takes no str as a byte', () => {
    const wanted = "TypeError: 'str' object cannot be interpreted as an integer"

    expect(toldByBoth(`${byteArray('')}\x8c\x01aa.`)).toEqual([wanted, wanted])
  })

  // What 3.9.18, 3.10.13 and 3.13.0 say.
  test('has its value looked at before its index from 3.10 on', () => {
    const pickle = `${byteArray('a')}K\x05M\0\x01s.`
    const refusals = ['3.9.18', '3.10.13', '3.13.0'].flatMap((release) =>
      ['c', 'py'].map((engine) => told(`cpython-${release}-${engine}`, pickle)),
    )

    expect(refusals.map((text) => text.slice(0, 5))).toEqual([
      ...['Index', 'Index'],
      ...['Value', 'Value', 'Value', 'Value'],
    ])
  })

  test('with a view of it stays as long as it is', () => {
    const viewed = `${byteArray('a')}q\0\x98h\0`
    const wanted = 'BufferError: Existing exports of data: object cannot be re-sized'

    expect(toldByBoth(`${viewed}K\x01a.`)).toEqual([wanted, wanted])
    expect(toldByBoth(`${viewed}(K\x01e.`)).toEqual([wanted, wanted])
    expect(toldByBoth(`${viewed}(e.`)).toEqual(["bytearray(b'a')", "bytearray(b'a')"])
    expect(toldByBoth(`${viewed}K\0K\x01s.`)).toEqual([
      "bytearray(b'\\x01')",
      "bytearray(b'\\x01')",
    ])
  })
})

// What CPython 3.13.0 says; 3.8.18 leaves the type of the method out.
describe('a class is no object to append to', () => {
  const noObject = (name: string, whose: string, what: string) =>
    `TypeError: descriptor '${name}' for '${whose}' objects doesn't apply to a '${what}' object`
  const missing = (whose: string, name: string) =>
    `AttributeError: type object '${whose}' has no attribute '${name}'`
  const noItem = (whose: string, name: string) =>
    `TypeError: ${whose}.${name}() takes exactly one argument (0 given)`

  test.each([
    [`${builtin('list')}K\x01a.`, noItem('list', 'extend'), noObject('append', 'list', 'int')],
    [
      `${builtin('bytearray')}K\x01a.`,
      noObject('extend', 'bytearray', 'list'),
      noObject('append', 'bytearray', 'int'),
    ],
    [`${builtin('list')}(K\x01e.`, noItem('list', 'extend'), noItem('list', 'extend')],
    [
      `${builtin('bytearray')}(K\x01e.`,
      noObject('extend', 'bytearray', 'list'),
      noObject('extend', 'bytearray', 'list'),
    ],
    [
      `${builtin('bytearray')}${byteArray('')}a.`,
      noObject('extend', 'bytearray', 'list'),
      noItem('bytearray', 'append'),
    ],
    [`${builtin('set')}(K\x01\x90.`, noObject('add', 'set', 'int'), noObject('add', 'set', 'int')],
    [`${builtin('set')}(\x8f\x90.`, noItem('set', 'add'), noItem('set', 'add')],
    [`${builtin('set')}K\x01a.`, missing('set', 'append'), missing('set', 'append')],
    [`${builtin('dict')}(K\x01e.`, missing('dict', 'append'), missing('dict', 'append')],
    // A subclass has the method of its base.
    [
      `${scenario('Mybytearray')}K\x01a.`,
      noObject('extend', 'bytearray', 'list'),
      noObject('append', 'bytearray', 'int'),
    ],
    [`${scenario('Mylist')}(]e.`, noItem('list', 'extend'), noItem('list', 'extend')],
    [`${builtin('list')}${made('Mylist')}a.`, noItem('list', 'extend'), noItem('list', 'append')],
    [
      `${scenario('Myset')}(K\x01\x90.`,
      noObject('add', 'set', 'int'),
      noObject('add', 'set', 'int'),
    ],
    // A class that only has the name of one.
    [`${scenario('list')}K\x01a.`, missing('list', 'append'), missing('list', 'append')],
    [`${scenario('list')}(K\x01e.`, missing('list', 'append'), missing('list', 'append')],
  ])('%j', (pickle, c, py) => {
    expect(toldByBoth(pickle)).toEqual([c, py])
  })

  test('3.9 names the type of a method that is given no item', () => {
    const pickle = `${builtin('set')}(\x8f\x90.`
    const text = 'add() takes exactly one argument (0 given)'

    expect(told('cpython-3.8.18-c', pickle)).toBe(`TypeError: ${text}`)
    expect(told('cpython-3.9.18-c', pickle)).toBe(`TypeError: set.${text}`)
  })
})

// What CPython 3.8.18 to 3.15.0rc1 do.
describe('the Python unpickler', () => {
  const [c, py] = both

  test('calls the update of what is a set or says so', () => {
    const items = '(K\x01K\x02\x90.'

    expect(told(py, made('Updated') + items)).toBe("{'seen': [1, 2]}")
    expect(told(py, made('SaysUpdated') + items)).toBe("{'seen': [1, 2]}")
    expect(told(py, `${made('SaysUpdated')}(\x90.`)).toBe("{'seen': []}")
    expect(told(py, made('SaysSet') + items)).toBe(
      "AttributeError: 'SaysSet' object has no attribute 'update'",
    )
    expect(told(py, made('Myset') + items)).toBe('Myset({1, 2})')
    expect(told(py, `${made('Myset')}}\x8c\x06updateNsb${items}`)).toBe(
      "TypeError: 'NoneType' object is not callable",
    )
  })

  test('is not followed by C, which adds what it is given to a set', () => {
    const items = '(K\x01K\x02\x90.'
    const missing = (whose: string) => `AttributeError: '${whose}' object has no attribute 'add'`

    expect(told(c, made('Updated') + items)).toBe('Updated({1, 2})')
    expect(told(c, made('Myset') + items)).toBe('Myset({1, 2})')
    expect(told(c, made('SaysSet') + items)).toBe(missing('SaysSet'))
    expect(told(c, made('SaysUpdated') + items)).toBe(missing('SaysUpdated'))
  })
})

// What CPython 3.8.18, 3.13.0 and 3.15.0rc1 do.
describe('what only holds a container is none', () => {
  const holding = (name: string, value: PyValue) => (world: World) => {
    const object = new PyObject(world.knownClass(name))
    object.value = value
    return object
  }

  test.each([
    ['K\x01K\x03s', "TypeError: 'mappingproxy' object does not support item assignment"],
    ['K\x01a', "AttributeError: 'mappingproxy' object has no attribute 'append'"],
    ['(K\x01\x90', "AttributeError: 'mappingproxy' object has no attribute 'add'"],
  ])('%j to a mappingproxy', (instruction, wanted) => {
    const persistentLoad = holding('builtins:mappingproxy', dict([1, 2]))

    expect(toldByBoth(`NQ${instruction}.`, { persistentLoad })).toEqual([wanted, wanted])
  })

  test('a ChainMap stores in its first mapping, and nothing is appended', () => {
    const first = dict([1, 2])
    const persistentLoad = holding('collections:ChainMap', list(first, dict([1, 5])))
    const wanted = "AttributeError: 'ChainMap' object has no attribute 'append'"

    expect(toldByBoth('NQK\x01a.', { persistentLoad })).toEqual([wanted, wanted])
    for (const name of both) told(name, 'NQ(K\x01K\x03K\x02K\x04u.', { persistentLoad })
    expect(first).toEqual(dict([1, 3], [2, 4]))
  })
})
