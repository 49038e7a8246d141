import { describe, expect, test } from 'vitest'
import { Pickler } from '../pickler/pickler.ts'
import { profile } from '../profiles.ts'
import { bytes, functionOf, list, moduleOf } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import {
  PyBuffer,
  PyDict,
  type PyFunction,
  PyInt,
  PySet,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import { describeGraph } from './describe-graph.ts'
import { atom, content, engines, latin1, load, told, unpicklerOf } from './fixtures/loading.ts'
import { knownNames, symbolNames } from './load-names.ts'
import { PyRecorded, PySymbol } from './recorded.ts'
import { BytesReader } from './source.ts'

describe('several loads', () => {
  test.each(engines)('one follows the other, and the memo lives on: %s', (name) => {
    const source = '\x80\x02]q\x00.\x80\x02h\x00.rest'
    for (const made of [latin1(source), new BytesReader(latin1(source))]) {
      const unpickler = unpicklerOf(made, { profile: name })

      expect(unpickler.load()).toBe(unpickler.load())
    }
  })

  test.each(engines)('an end without a pickle is an EOFError each time: %s', (name) => {
    const unpickler = unpicklerOf('N.', { profile: name })
    unpickler.load()

    for (let time = 0; time < 2; time++) {
      expect(() => unpickler.load()).toThrow(expect.objectContaining({ type: 'EOFError' }))
    }
  })

  test('what is left of a frame is lost for the pure unpickler alone', () => {
    const source = '\x80\x04\x95\x04\0\0\0\0\0\0\0N.K\x07.'
    const loads = engines.map((name) => {
      const unpickler = unpicklerOf(new BytesReader(latin1(source)), { profile: name })
      unpickler.load()
      return () => unpickler.load()
    })

    expect(loads[0]?.()).toBe(7)
    expect(loads[1]).toThrow(expect.objectContaining({ type: 'IndexError' }))
  })

  test('a second load forgets stack, marks and protocol', () => {
    const world = createWorld([3, 13, 0])
    const unpickler = unpicklerOf('\x80\x04(K\x01.c__builtin__\nxrange\n.', {
      world,
      names: knownNames(world),
    })
    unpickler.load()

    expect(unpickler.load()).toBe(world.known('builtins:range'))
  })
})

describe('strings of Python 2', () => {
  test.each([
    [{}, 'U\x02ab.', atom('ab')],
    [
      {},
      'U\x02a\xe9.',
      "UnicodeDecodeError: 'ascii' codec can't decode byte 0xe9 in position 1: ordinal not in range(128)",
    ],
    [{ encoding: 'latin1' }, 'U\x02a\xe9.', atom('aé')],
    [{ encoding: 'ISO-8859-1' }, 'U\x02a\xe9.', atom('aé')],
    [{ encoding: 'utf8' }, 'U\x02\xc3\xa9.', atom('é')],
    [{ encoding: 'bytes' }, 'U\x02a\xe9.', atom({ bytes: '61e9' })],
    [{ encoding: 'Bytes' }, 'U\x02a\xe9.', 'LookupError: unknown encoding: Bytes'],
    [{ errors: 'ignore' }, 'U\x02a\xe9.', atom('a')],
    [{ errors: 'replace' }, 'U\x02a\xe9.', atom('a\ufffd')],
    [{ errors: 'nope' }, 'U\x02a\xe9.', "LookupError: unknown error handler name 'nope'"],
    [{ encoding: 'utf-8', errors: 'replace' }, 'U\x04\xe2\x82a\xff.', atom('\ufffda\ufffd')],
    [{ encoding: 'utf-8', errors: 'ignore' }, 'U\x05\xe2\x82a\xc3\xa9.', atom('aé')],
  ])('%j', (init, pickle, wanted) => {
    for (const name of engines) expect(told(pickle, { ...init, profile: name })).toEqual(wanted)
  })
})

test.each([
  ['1j', '1j'],
  ['-j', '-1j'],
  [' (1.5-2e1j) ', '(1.5-20j)'],
  ['nan', '(nan+0j)'],
  ['+inf-infj', '(inf-infj)'],
  ['1_0+2_0j', '(10+20j)'],
  ['1+', ''],
  ['', ''],
  ['1 + 2j', ''],
])('complex(%j)', (text, wanted) => {
  const world = createWorld([3, 13, 0])
  const pickle = `cbuiltins\ncomplex\n\x8c${String.fromCharCode(text.length)}${text}\x85R.`
  const graph = told(pickle, { world, names: knownNames(world) })

  if (wanted === '') expect(graph).toBe('ValueError: complex() arg is a malformed string')
  else expect(graph).toMatchObject({ objects: [{ repr: wanted }] })
})

test.each([
  ['c_codecs\nencode\n(\x8c\x04a\xed\xa0\x80\x8c\x05utf-8\x8c\x06ignoretR.', atom({ bytes: '61' })],
  [
    'c_codecs\nencode\n(\x8c\x04a\xed\xa0\x80\x8c\x05utf-8\x8c\x10backslashreplacetR.',
    atom({ bytes: '615c7564383030' }),
  ],
  [
    'c_codecs\nencode\n(\x8c\x04a\xe2\x82\xac\x8c\x06latin1\x8c\x07replacetR.',
    atom({ bytes: '613f' }),
  ],
  [
    'cbuiltins\nValueError\nNb.',
    "TypeError: descriptor '__setstate__' for 'BaseException' objects doesn't apply to a 'NoneType' object",
  ],
])('%j', (pickle, wanted) => {
  const world = createWorld([3, 13, 0])

  expect(told(pickle, { world, names: knownNames(world) })).toEqual(wanted)
})

describe('hooks', () => {
  const hook = (world: World, call: (args: readonly PyValue[]) => PyValue): PyFunction =>
    functionOf(world, 'hook', call)

  test('find_class is asked with the names as they stand', () => {
    for (const name of engines) {
      const world = createWorld(profile(name).release)
      const asked: unknown[] = []
      const find = hook(world, (args) => {
        asked.push(args.map(content))
        return null
      })
      const pickle = 'c__builtin__\nxrange\n\x80\x04\x8c\x01a\x8c\x03b.c\x93(i__builtin__\nlong\no.'
      load(pickle.replace('(i__builtin__\nlong\no', ''), {
        profile: name,
        world,
        attributes: new Map([['find_class', find]]),
      })

      expect(asked).toEqual([
        ['__builtin__', 'xrange'],
        ['a', 'b.c'],
      ])
    }
  })

  test('a registered extension is looked up once for all unpicklers of a world', () => {
    const world = createWorld([3, 13, 0])
    world.extensionCodes.set('other\0thing', 6)
    world.extensionCodes.set('foo\0bar', 5)
    let asked = 0
    const find = hook(world, () => {
      asked++
      return 1234
    })
    const attributes = new Map([['find_class', find]])

    expect(load('\x82\x05.', { world, attributes })).toBe(1234)
    expect(load('\x83\x05\0\x84\x05\0\0\0\x86.', { world, attributes })).toBeInstanceOf(PyTuple)
    expect(asked).toBe(1)
  })

  type Row = readonly [profile: string, isPlain: boolean, method: boolean, wanted: string]
  test.each<Row>([
    ['cpython-3.12-c', false, true, 'method'],
    ['cpython-3.12-c', false, false, 'instance'],
    ['cpython-3.12-c', true, false, 'instance'],
    ['cpython-3.13.0-c', true, false, 'AttributeError'],
    ['cpython-3.13.0-c', false, true, 'instance'],
    ['cpython-3.14-c', true, false, 'instance'],
    ['cpython-3.14-c', false, true, 'instance'],
    ['cpython-3.12-py', false, true, 'instance'],
  ])('persistent_load on an instance of %s, plain: %j, over a method: %j', (...row) => {
    const [name, isPlain, hasMethod, wanted] = row
    const world = createWorld(profile(name).release)
    const method = hook(world, () => 1)
    const unpickler = unpicklerOf('NQ.', {
      profile: name,
      world,
      isPlain,
      names: knownNames(world),
      attributes: new Map(hasMethod ? [['persistent_load', method]] : []),
    })
    const assigned = (): PyValue => {
      unpickler.setAttribute(
        'persistent_load',
        hook(world, () => 2),
      )
      return unpickler.load()
    }

    if (wanted === 'AttributeError') {
      expect(assigned).toThrow(expect.objectContaining({ type: wanted }))
    } else expect(assigned()).toBe(wanted === 'method' ? 1 : 2)
  })

  test('C up to 3.12 wants a callable, and find_class of a plain unpickler stays as it is', () => {
    const unpickler = unpicklerOf('N.', { profile: 'cpython-3.12-c', isPlain: true })

    const notCallable = expect.objectContaining({ type: 'TypeError' })
    expect(() => unpickler.setAttribute('persistent_load', 5)).toThrow(notCallable)
    const readOnly = expect.objectContaining({ type: 'AttributeError' })
    expect(() => unpickler.setAttribute('find_class', null)).toThrow(readOnly)
  })

  test.each([
    ['cpython-3.11-c', 'A load persistent id instruction was encountered,\nbut'],
    ['cpython-3.14-c', 'A load persistent id instruction was encountered, but'],
    ['cpython-3.14-py', 'unsupported persistent id encountered'],
  ])('without persistent_load %s says so', (name, wanted) => {
    const world = createWorld(profile(name).release)

    for (const pickle of ['NQ.', 'Pid\n.']) {
      expect(told(pickle, { profile: name, world, names: knownNames(world) })).toContain(wanted)
    }
  })
})

describe('buffers', () => {
  test('a buffer that can be written becomes a view that cannot', () => {
    const buffers = list(
      new PyBuffer(latin1('ab'), false, true),
      new PyBuffer(latin1('cd'), true, true),
      bytes([1]),
    )
    const graph = told('\x97\x98\x97\x98\x97\x98\x87.', { buffers })

    expect(graph).toMatchObject({
      objects: [
        { tuple: [{ at: 1 }, { at: 2 }, { bytes: '01' }] },
        { outOfBand: '6162', readonly: true },
        { buffer: { bytes: '6364' }, readonly: true },
      ],
    })
  })

  test('a released buffer has nothing to view', () => {
    const buffers = list(new PyBuffer(null, false, true))

    expect(told('\x97\x98.', { buffers })).toContain('ValueError')
    expect(told('\x97.', { buffers })).toMatchObject({
      objects: [{ buffer: null, released: true }],
    })
  })

  test('what is no iterable is refused when the unpickler is made', () => {
    expect(() => unpicklerOf('N.', { buffers: 5 })).toThrow("'int' object is not iterable")
  })
})

describe('what a symbol made is saved again as it was read', () => {
  test.each([
    ['cfoo\nbar\n(K\x01\x8c\x03abctR.', 'a call'],
    ['cfoo\nbar\n)\x81}\x8c\x01aK\x02sb.', '__new__ and a state'],
    ['cfoo\nbar\n)R(K\x01K\x02e(K\x03K\x04u.', 'items'],
    ['cfoo\nbar\n)}\x8c\x01kK\x01s\x92.', 'keywords'],
  ])('%j: %s', (pickle) => {
    const world = createWorld([3, 14, 2])
    const value = load(pickle, { world })
    moduleOf(world, 'foo').attributes.set('bar', symbolOf(value))
    const pieces: Uint8Array[] = []
    const plain = { isSubclass: false, attributes: new Map() }
    const sink = { write: (piece: Uint8Array) => pieces.push(piece.slice()) }
    new Pickler(world, profile('documented'), plain, { protocol: 4 }, sink).dump(value)
    const again = Uint8Array.from(pieces.flatMap((piece) => [...piece]))

    expect(told(again)).toEqual(told(pickle))
  })

  const symbolOf = (value: PyValue): PyValue =>
    value instanceof PyRecorded ? value.making.from : value

  test('a symbol to which something was done is an object of its own', () => {
    expect(told('cfoo\nbar\nK\x01a.')).toMatchObject({
      objects: [{ symbol: 'foo:bar', done: [['append', 1]] }],
    })
  })

  test('one symbol for each spelling', () => {
    const value = load('cfoo\nbar\n\x8c\x03foo\x8c\x03bar\x93\x86.')

    expect(value instanceof PyTuple && value.items[0] === value.items[1]).toBe(true)
    expect(value instanceof PyTuple && value.items[0]).toBeInstanceOf(PySymbol)
  })
})

test('values that stand for others are described as what they are', () => {
  const world = createWorld([3, 14, 2])
  const nested = new PyDict([new PyInt(2n ** 70n)], [new PySet([])])

  expect(describeGraph(world, nested, new Map())).toEqual({
    value: { at: 0 },
    objects: [{ dict: [[{ int: String(2n ** 70n) }, { at: 1 }]] }, { set: [] }],
  })
  expect(symbolNames(world).persistentLoad).toBeDefined()
})

test.each(engines)(
  'where the identity of ints is seen, each load of one gives another: %s',
  (name) => {
    const world = createWorld([3, 13, 0], { boxesInts: true })
    const source = '(M\xe8\x03M\xe8\x03I1000\nK\x07J\xfb\xff\xff\xffJ\xfa\xff\xff\xfft.'
    const loaded = load(source, { profile: name, world })
    const [one, other, line, ...small] = loaded instanceof PyTuple ? loaded.items : []

    expect(one).toEqual(new PyInt(1000))
    expect(other).toEqual(new PyInt(1000))
    expect(line).toEqual(new PyInt(1000))
    expect(other).not.toBe(one)
    expect(line).not.toBe(other)
    expect(small).toEqual([7, -5, new PyInt(-6)])
  },
)

test('a frame that is longer than the bytes that are there ends where they end', () => {
  const frame = '\x80\x04\x95\x0a\0\0\0\0\0\0\0'
  const [c, py] = engines

  expect(told(`${frame}N`, { profile: c })).toBe('UnpicklingError: pickle data was truncated')
  expect(told(`${frame}N`, { profile: py })).toBe('EOFError: ')
  expect(told(`${frame}\x8c\x05ab`, { profile: c })).toBe(
    'UnpicklingError: pickle data was truncated',
  )
  expect(told(`${frame}\x8c\x05ab`, { profile: py })).toBe(
    'UnpicklingError: pickle exhausted before end of frame',
  )
})

test.each(engines)(
  'the length of a BINSTRING has a sign where C cannot count so far: %s',
  (name) => {
    const negative = 'UnpicklingError: BINSTRING pickle has negative byte count'
    const isC = name.endsWith('-c')

    for (const pickle of ['T\xff\xff\xff\xff.', 'T\0\0\0\x80.']) {
      expect(told(pickle, { profile: name, wordSize: 32 })).toBe(negative)
      expect(told(pickle, { profile: name, wordSize: 64 })).toBe(
        isC ? 'UnpicklingError: pickle data was truncated' : negative,
      )
    }
  },
)

test('a surrogate that is left out takes nothing with it', () => {
  const pickle =
    '\x80\x04c_codecs\nencode\n(X\x06\0\0\0\xed\xa0\x80\xee\x80\x80\x8c\x05utf-8\x8c\x06ignoretR.'
  const loaded = load(pickle, {
    profile: 'cpython-3.13-c',
    names: knownNames(createWorld([3, 13, 0])),
  })

  expect(loaded).toEqual(bytes([0xee, 0x80, 0x80]))
})
