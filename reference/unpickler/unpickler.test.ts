import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { Pickler } from '../pickler/pickler.ts'
import { profile } from '../profiles.ts'
import { bytes, classOf, functionOf, list, moduleOf } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import {
  PyBuffer,
  type PyClass,
  PyDict,
  PyFunction,
  PyInt,
  PyList,
  PyObject,
  PyProperty,
  PySet,
  PyStr,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import { describeGraph } from './describe-graph.ts'
import { PeekingReader } from './fixtures/peeking-reader.ts'
import type { ValueGraph } from './graph.ts'
import { knownNames, symbolNames } from './load-names.ts'
import { LoadMemo } from './memo.ts'
import { PyRecorded, PySymbol } from './recorded.ts'
import { BytesReader, type Reader, type Source } from './source.ts'
import { UnknownCallError } from './unknown-call-error.ts'
import { Unpickler, type UnpicklerInit } from './unpickler.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

const engines = ['cpython-3.13-c', 'cpython-3.13-py'] as const

type Options = UnpicklerInit & {
  readonly profile?: string
  readonly world?: World
  readonly attributes?: ReadonlyMap<string, PyValue>
  readonly isPlain?: boolean
}

function unpicklerOf(source: string | Source, options: Options = {}): Unpickler {
  const { profile: name = 'documented', world, attributes, isPlain = false, ...init } = options
  const followed = profile(name)
  return new Unpickler(
    world ?? createWorld(followed.release),
    followed,
    { isSubclass: !isPlain, attributes: new Map(attributes) },
    init,
    typeof source === 'string' ? latin1(source) : source,
  )
}

const load = (source: string | Source, options: Options = {}): PyValue =>
  unpicklerOf(source, options).load()

/** A graph, or how the load is refused. */
function told(source: string | Source, options: Options = {}): ValueGraph | string {
  const world = options.world ?? createWorld(profile(options.profile ?? 'documented').release)
  try {
    return describeGraph(world, load(source, { ...options, world }), new Map())
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return `${error.type}: ${error.message}`
  }
}

const atom = (value: ValueGraph['value']): ValueGraph => ({ value, objects: [] })

const content = (value: PyValue): unknown => (value instanceof PyStr ? value.content : value)

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

describe('sources', () => {
  test('C looks ahead where it can, and reads what it has used', () => {
    const file = new PeekingReader(latin1('\x80\x04](K\x01\x8c\x03abcI12\nC\x05hellot\x86.N.'), 3)
    const unpickler = unpicklerOf(file, { profile: 'cpython-3.13-c' })

    expect(unpickler.load()).toBeInstanceOf(PyTuple)
    expect(file.asked).toContain('readline')
    expect(unpickler.load()).toBeNull()
  })

  test('what was only looked at goes before what is read for a long object', () => {
    const file = new PeekingReader(latin1(`C\x0a0123456789.`), 4)

    expect(load(file, { profile: 'cpython-3.13-c' })).toMatchObject({ data: latin1('0123456789') })
  })

  test('a frame longer than what is looked ahead is read as a whole', () => {
    const file = new PeekingReader(latin1('\x80\x04\x95\x03\0\0\0\0\0\0\0K\x07.'), 2)

    expect(load(file, { profile: 'cpython-3.13-c' })).toBe(7)
    expect(file.asked).toContain('read 3')
  })

  test('both engines ask for exactly what they need', () => {
    for (const name of engines) {
      const asked: string[] = []
      const file = new BytesReader(latin1('K\x05J\x01\0\0\0\x86.'))
      const watched: Reader = {
        read: (count) => {
          asked.push(String(count))
          return file.read(count)
        },
        readline: () => file.readline(),
      }

      expect(load(watched, { profile: name })).toBeInstanceOf(PyTuple)
      expect(asked).toEqual(['1', '1', '1', '4', '1', '1'])
    }
  })

  test.each([
    ['a frame in memory', '\x95\x02\0\0\0\0\0\0\0K\x01.', '1'],
    ['a frame beyond the end', '\x95\x09\0\0\0\0\0\0\0K\x01.', '1'],
    ['an argument of four bytes', 'J\x01\0\0\0.', '1'],
    [
      'an argument across the end of a frame',
      '\x95\x02\0\0\0\0\0\0\0J\x01\0\0\0.',
      'UnpicklingError',
    ],
    ['an argument cut short', 'J\x01', 'error'],
    ['a line across the end of a frame', '\x95\x02\0\0\0\0\0\0\0I1\n.', 'UnpicklingError'],
    ['a line behind a frame', '\x95\x01\0\0\0\0\0\0\0I12\n.', '12'],
    ['a line that does not end', 'I12', '!'],
    ['bytes that are not there', 'C\x05ab', 'EOFError'],
    ['bytes of which there are more', '\x95\x02\0\0\0\0\0\0\0C\x02ab.', '98'],
    ['a frame in a frame', '\x95\x09\0\0\0\0\0\0\0\x95\0\0\0\0\0\0\0\0N.', 'null'],
    ['bytes beyond a frame', '\x95\x01\0\0\0\0\0\0\0\x8c\x01a.', 'a'],
  ])('the pure unpickler reads %s', (_, pickle, wanted) => {
    for (const source of [latin1(pickle), new BytesReader(latin1(pickle))]) {
      let found: string
      try {
        const value = load(source, { profile: 'cpython-3.13-py' })
        found = String(content(value))
        if (typeof value === 'object' && value?.kind === 'bytes') found = String(value.data[1])
      } catch (error) {
        found = error instanceof PickleError ? error.type : String(error)
      }
      expect(found).toBe(wanted === '!' ? 'EOFError' : wanted)
    }
  })

  test.each([
    ['a line without its end', 'I12', 'UnpicklingError'],
    ['bytes that are not there', 'C\x05ab', 'UnpicklingError'],
    ['a frame that is not there', '\x95\x05\0\0\0\0\0\0\0N.', 'UnpicklingError'],
    ['nothing', '', 'EOFError'],
  ])('C refuses %s, whatever it reads from', (_, pickle, wanted) => {
    for (const source of [latin1(pickle), new BytesReader(latin1(pickle))]) {
      const refused = expect.objectContaining({ type: wanted })
      expect(() => load(source, { profile: 'cpython-3.13-c' })).toThrow(refused)
    }
  })
})

describe('nothing costs more than the pickle is long', () => {
  test('a hundred thousand lists in each other', () => {
    const depth = 100_000
    const graph = told(`${']'.repeat(depth)}${'a'.repeat(depth - 1)}.`)

    expect(graph).toMatchObject({ value: { at: 0 } })
    expect(typeof graph === 'string' ? 0 : graph.objects.length).toBe(depth)
  })

  test('an index of the memo is as large as it likes to be', () => {
    const memo = new LoadMemo(false)
    memo.put(2, 10)
    memo.put(0, 11)
    memo.put(1, 12)
    memo.put(2, 13)
    memo.put(2 ** 40, 14)

    expect([memo.size, memo.get(2), memo.get(2 ** 40), memo.get(3)]).toEqual([4, 13, 14, undefined])
    expect(told('Nr\xff\xff\xff\xffj\xff\xff\xff\xff.')).toEqual(atom(null))
  })

  // What the accelerated engine of CPython 3.15.0rc1 answers: the index that MEMOIZE takes.
  test.each([
    [0, 5, 1],
    [0, 31, 1],
    [0, 32, 0],
    [0, 200, 0],
    [1, 3, 2],
    [16, 32, 17],
    [16, 33, 16],
    [31, 62, 32],
    [31, 63, 31],
    [32, 64, 33],
    [32, 65, 32],
    [33, 66, 34],
    [33, 67, 33],
    [40, 80, 41],
    [40, 81, 40],
  ])('behind %i entries and one under %i, 3.15 memoizes under %i', (entries, index, next) => {
    const put = String.fromCharCode(index)
    const get = (at: number) =>
      told(`K\x01${'\x94'.repeat(entries)}q${put}K\x02\x94h${String.fromCharCode(at)}\x87.`, {
        profile: 'cpython-3.15-c',
      })

    expect(get(next)).toMatchObject({ objects: [{ tuple: [1, 2, 2] }] })
    expect(get(next === entries ? entries + 1 : entries)).toMatch(/Memo value not found/)
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
