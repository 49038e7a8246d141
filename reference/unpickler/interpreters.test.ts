import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { Pickler } from '../pickler/pickler.ts'
import { profile } from '../profiles.ts'
import { bytes, classOf, functionOf, list } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import { PyBuffer, PySet, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { describeGraph } from './describe-graph.ts'
import { knownNames } from './load-names.ts'
import { Unpickler, type UnpicklerInit } from './unpickler.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

const builtInSubclasses = ['list', 'bytearray', 'float', 'str'] as const

/**
 * The names of a module `scenario`: a class A, subclasses of built-in types, and of
 * list one whose `append` does nothing.
 */
function scenarioNames(world: World): Map<string, PyValue> {
  const subclasses = builtInSubclasses.map((name): [string, PyValue] => [
    `scenario:My${name}`,
    classOf(world, `My${name}`, { bases: [world.knownClass(`builtins:${name}`)] }),
  ])
  const quiet = classOf(world, 'Quiet', {
    bases: [world.knownClass('builtins:list')],
    namespace: { append: functionOf(world, 'append', () => null) },
  })
  return new Map([['scenario:A', classOf(world, 'A')], ['scenario:Quiet', quiet], ...subclasses])
}

type Options = UnpicklerInit & { readonly persistentLoad?: (world: World) => PyValue }

/** What a profile makes of a pickle: the value with its world. */
function loaded(name: string, pickle: string, { persistentLoad, ...init }: Options = {}) {
  const followed = profile(name)
  const world = createWorld(followed.release)
  const bound = scenarioNames(world)
  bound.set('Tkinter:Widget', null)
  const attributes = new Map<string, PyValue>()
  if (persistentLoad !== undefined) {
    const given = persistentLoad(world)
    attributes.set(
      'persistent_load',
      functionOf(world, 'hook', () => given),
    )
  }
  const names = knownNames(world, { bound, named: new Set() })
  const unpickler = new Unpickler(
    world,
    followed,
    { isSubclass: true, attributes },
    { names, ...init },
    latin1(pickle),
  )
  return { world, value: unpickler.load() }
}

/** The value and the objects in it, or the refusal. */
function told(name: string, pickle: string, options: Options = {}): unknown {
  try {
    const { world, value } = loaded(name, pickle, options)
    const { objects, value: top } = describeGraph(world, value, new Map())
    return objects.length === 0 ? top : objects
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return `${error.type}: ${error.message}`
  }
}

const both = ['cpython-3.13-c', 'cpython-3.13-py'] as const

// What CPython 3.13.0 gives, its C unpickler and its Python one alike.
describe('both unpicklers of 3.13 load', () => {
  test.each([
    // Calls of codecs.encode.
    ['c_codecs\nencode\ncscenario\nMystr\n\x8c\x01a\x85\x81\x85R.', { bytes: '61' }],
    ['c_codecs\nencode\nN\x85R.', 'TypeError: utf_8_encode() argument 1 must be str, not None'],
    [
      'c_codecs\nencode\n(\x8c\x02\xc3\xa9\x8c\x05asciitR.',
      "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)",
    ],
    // Equal keys: the first one stays, with the last value.
    ['}(K\x01K\x02\x88K\x03u.', [{ dict: [[1, 3]] }]],
    ['(K\x01K\x02\x88K\x03d.', [{ dict: [[1, 3]] }]],
    [
      '}(K\x01K\x02u(\x88K\x03K\x02K\x04u.',
      [
        {
          dict: [
            [1, 3],
            [2, 4],
          ],
        },
      ],
    ],
    // Methods that an instance was given.
    [
      'cscenario\nA\n)\x81}\x8c\x06appendc_codecs\nencode\nsbK\x01a.',
      'TypeError: utf_8_encode() argument 1 must be str, not int',
    ],
    ['cscenario\nA\n)\x81}\x8c\x06appendc_codecs\nencode\nsb\x8c\x01aa0K\x01.', 1],
    // Constructors that raise.
    ['(\x8c\x01xibuiltins\nint\n.', "ValueError: invalid literal for int() with base 10: 'x'"],
    ['(cbuiltins\nint\n\x8c\x01xo.', "ValueError: invalid literal for int() with base 10: 'x'"],
    // An argument behind the frame that its opcode ends.
    ['\x95\x01\0\0\0\0\0\0\0J\x01\0\0\0.', 1],
    // Arguments of int.
    ['cbuiltins\nint\n)}K\x01K\x02s\x92.', 'TypeError: keywords must be strings'],
    [
      'cbuiltins\nint\n)}\x8c\0K\x02s\x92.',
      "TypeError: '' is an invalid keyword argument for int()",
    ],
    [
      'cbuiltins\nint\n(K\x01K\x02K\x03t\x81.',
      'TypeError: int() takes at most 2 arguments (3 given)',
    ],
    ['cbuiltins\nint\n\x96\x02\0\0\0\0\0\0\x0012\x98\x85R.', 12],
    [
      'cbuiltins\nint\n\x96\x02\0\0\0\0\0\0\x0012\x98K\x08\x86R.',
      "TypeError: int() can't convert non-string with explicit base",
    ],
    ['cbuiltins\nint\n\x96\x02\0\0\0\0\0\0\x0012K\x08\x86R.', 10],
    ['cbuiltins\nint\nC\x0212K\x08\x86R.', 10],
    ['cbuiltins\nint\nC\x0212\x85R.', 12],
    // Arguments of float and complex.
    [
      'cbuiltins\nfloat\ncscenario\nMyfloat\nG?\xf8\0\0\0\0\0\0\x85\x81\x85R.',
      { float: '3ff8000000000000' },
    ],
    [
      'cbuiltins\ncomplex\nN\x85R.',
      "TypeError: complex() first argument must be a string or a number, not 'NoneType'",
    ],
    [
      'cbuiltins\ncomplex\nK\x01N\x86R.',
      "TypeError: complex() second argument must be a number, not 'NoneType'",
    ],
    // Arguments of str.
    ['cbuiltins\nstr\ncbuiltins\nOSError\n)R\x85R.', ''],
    ['cbuiltins\nstr\ncbuiltins\nOSError\nK\x01\x85R\x85R.', '1'],
    ['cbuiltins\nstr\ncbuiltins\nOSError\nK\x01\x8c\x01a\x86R\x85R.', '[Errno 1] a'],
    ['cbuiltins\nstr\ncbuiltins\nValueError\nK\x01\x8c\x01a\x86R\x85R.', "(1, 'a')"],
    // Arguments of bytes and bytearray.
    [
      'cbuiltins\nbytes\ncbuiltins\nrange\nL9223372036854775808L\n\x85R\x85R.',
      'OverflowError: Python int too large to convert to C ssize_t',
    ],
    ['cbuiltins\nbytes\nN\x85R.', "TypeError: cannot convert 'NoneType' object to bytes"],
    ['cbuiltins\nbytearray\n)R.', [{ bytearray: '' }]],
    ['cbuiltins\nbytearray\nK\x02\x85R.', [{ bytearray: '0000' }]],
    // Two halves of a pair stay two.
    [
      'cbuiltins\nint\n\x8c\x06\xed\xa0\xbd\xed\xb8\x80\x85R.',
      "ValueError: invalid literal for int() with base 10: '\\ud83d\\ude00'",
    ],
  ])('%j', (pickle, wanted) => {
    expect(both.map((name) => told(name, pickle))).toEqual([wanted, wanted])
  })
})

test('append is called on subclasses of list and bytearray', () => {
  for (const name of both) {
    expect(loaded(name, 'cscenario\nMylist\n)\x81K\x01a.').value).toMatchObject({
      value: { items: [1] },
    })
    expect(loaded(name, 'cscenario\nMybytearray\n)\x81K\x01a.').value).toMatchObject({
      value: { data: latin1('\x01') },
    })
  }
})

test('an append of its own is called by the Python unpickler, while C extends', () => {
  const pickles = [
    'cscenario\nQuiet\n)\x81K\x01a.',
    'cscenario\nMylist\n)\x81}\x8c\x06appendc_codecs\nencode\nsb\x8c\x01xa.',
  ]
  const items = (name: string) => pickles.map((pickle) => loaded(name, pickle).value)

  expect(items('cpython-3.13-c')).toMatchObject([
    { value: { items: [1] } },
    { value: { items: [{ content: 'x' }] } },
  ])
  expect(items('cpython-3.13-py')).toMatchObject([
    { value: { items: [] } },
    { value: { items: [] } },
  ])
})

test('up to 3.11 too a character that cannot be encoded is no TypeError', () => {
  expect(told('cpython-3.8-c', 'c_codecs\nencode\n(\x8c\x02\xc3\xa9\x8c\x05asciitR.')).toMatch(
    /^UnicodeEncodeError: 'ascii' codec/,
  )
})

test('str of an instance of a subclass keeps the two halves of a pair apart', () => {
  const pickle = 'cbuiltins\nstr\ncscenario\nMystr\n\x8c\x06\xed\xa0\xbd\xed\xb8\x80\x85\x81\x85R.'

  for (const name of both) {
    expect(loaded(name, pickle).value).toMatchObject({ content: [0xd83d, 0xde00] })
  }
})

test('a line of INT with nothing in it is 0 for C alone', () => {
  expect(told('cpython-3.13-c', 'I\0\n.')).toBe(0)
  expect(told('cpython-3.13-py', 'I\0\n.')).toMatch(/^ValueError/)
})

test('keywords that are no dict are refused in the words of each engine', () => {
  expect(told('cpython-3.13-c', 'cbuiltins\nint\n)N\x92.')).toBe(
    'UnpicklingError: NEWOBJ_EX kwargs argument must be a dict, not NoneType',
  )
  expect(told('cpython-3.13-py', 'cbuiltins\nint\n)N\x92.')).toMatch(
    /^TypeError: .*argument after \*\* must be a mapping, not NoneType$/,
  )
})

test('a name in a module that is there no more is said by the new name of the module', () => {
  for (const name of both) {
    expect(told(name, 'cTkinter\nB\n.')).toBe(
      "AttributeError: Can't get attribute 'B' on 'tkinter'",
    )
  }
})

test.each([
  ['cbuiltins\nint\n', 12, /^TypeError: int\(\) argument must be a string, a bytes-like object/],
  ['cbuiltins\nbytes\n', { bytes: '3132' }, /^ValueError: operation forbidden on released/],
  ['cbuiltins\nbytearray\n', [{ bytearray: '3132' }], /^ValueError: operation forbidden on/],
])('%j of a PickleBuffer, and of one that was released', (callable, wanted, refusal) => {
  const pickle = `${callable}\x97\x85R.`

  for (const name of both) {
    expect(told(name, pickle, { buffers: list(new PyBuffer(latin1('12'), true, true)) })).toEqual(
      wanted,
    )
    expect(told(name, pickle, { buffers: list(new PyBuffer(null, true, true)) })).toMatch(refusal)
    expect(told(name, pickle, { buffers: list(bytes(latin1('12'))) })).toEqual(wanted)
  }
})

test('what a set that was given already has is not added again', () => {
  for (const name of both) {
    const persistentLoad = () => new PySet([1, 2])

    expect(told(name, 'NQ(K\x02K\x03\x90.', { persistentLoad })).toEqual([{ set: [1, 2, 3] }])
  }
})

test('a key without a value is refused whatever the dict has already', () => {
  for (const first of ['', '(K\x01K\x02u']) {
    expect(both.map((name) => told(name, `}${first}(K\x01u.`))).toEqual([
      'UnpicklingError: odd number of items for SETITEMS',
      'IndexError: list index out of range',
    ])
  }
})

test('a range that was loaded is saved as CPython saves one', () => {
  const { world, value } = loaded('cpython-3.13-c', 'cbuiltins\nrange\nK\x01K\x05K\x02\x87R.')
  const pieces: Uint8Array[] = []
  const sink = { write: (piece: Uint8Array) => pieces.push(piece.slice()) }
  const plain = { isSubclass: false, attributes: new Map() }
  new Pickler(world, profile('cpython-3.13-c'), plain, { protocol: 2 }, sink).dump(value)

  expect(String.fromCharCode(...pieces.flatMap((piece) => [...piece]))).toBe(
    '\x80\x02c__builtin__\nxrange\nq\x00K\x01K\x05K\x02\x87q\x01Rq\x02.',
  )
})
