import { describe, expect, test } from 'vitest'
import { bytesOfHex, hexOfBytes } from '../codecs/hex.ts'
import { refusal } from '../fixtures/refusal.ts'
import { BytesReader } from '../unpickler/source.ts'
import { copyreg } from './copyreg.ts'
import written from './fixtures/dumps-cpython-3.13.0.json' with { type: 'json' }
import { loadKnowing } from './fixtures/known-classes.ts'
import { app, builtin, called, each, pickle, pickledByPython, profile } from './fixtures/loading.ts'
import recorded from './fixtures/loads-cpython-3.13.0.json' with { type: 'json' }
import { values } from './fixtures/values.ts'
import { dumps } from './pickler.ts'
import { Reduced } from './reduced.ts'
import { load, loads, Unpickler } from './unpickler.ts'
import {
  ByteArray,
  CodePoints,
  Float,
  FrozenSet,
  global,
  PersistentId,
  PickleBuffer,
  type Tuple,
  tuple,
} from './values.ts'

const cases = Object.entries(written.pickles).flatMap(([name, pickles]) =>
  name in values ? [[name, pickles] as const] : [],
)

test.each(cases)('%s: what CPython wrote is loaded as it was', (name, pickles) => {
  expect(pickles.map((hex) => loads(bytesOfHex(hex)))).toEqual(pickles.map(() => values[name]))
})

/** What `copyreg._reconstructor` gives, as protocols 0 and 1 have it. */
const reconstructed = (name: string, base: string, content: unknown, parts = {}) =>
  new Reduced(global('copyreg', '_reconstructor'), [app(name), builtin(base), content], parts)

const made = (name: string, args: unknown[] = [], parts = {}) =>
  new Reduced(app(name), args, { isNew: true, ...parts })

const before2 = <T>(old: T, recent: T): T[] => [old, old, recent, recent, recent, recent]

const point = {
  state: new Map<string, unknown>([
    ['x', 1],
    ['y', [2]],
  ]),
}
const slots = {
  state: tuple(
    null,
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
  ),
}
const named = { state: new Map([['name', 'n']]) }
const partial = new Reduced(global('functools', 'partial'), [global('__main__', 'Named.__new__')], {
  state: tuple(
    global('__main__', 'Named.__new__'),
    tuple(app('Named'), 1),
    new Map([['name', 'n']]),
    null,
  ),
})
const knots = ['reconstructed', 'new'].map((way) => {
  const inside: unknown[] = []
  const parts = {
    state: new Map<string, unknown>([
      ['x', 1],
      ['y', inside],
    ]),
  }
  const knot =
    way === 'new' ? made('Point', [], parts) : reconstructed('Point', 'object', null, parts)
  inside.push(knot)
  return knot
})

const unknown: Readonly<Record<string, readonly unknown[]>> = {
  instance: before2(reconstructed('Point', 'object', null, point), made('Point', [], point)),
  slots: before2(reconstructed('Slotted', 'object', null, slots), made('Slotted', [], slots)),
  'a subclass of list': before2(
    reconstructed('Stack', 'list', ['a', 'b'], named),
    made('Stack', [], { ...named, listItems: ['a', 'b'] }),
  ),
  'a subclass of dict': before2(
    reconstructed('Table', 'dict', new Map([['k', 1]])),
    made('Table', [], { dictItems: [['k', 1]] }),
  ),
  'a subclass of str': before2(reconstructed('Text', 'str', 't'), made('Text', ['t'])),
  enum: each(called(app('Colour'), 1)),
  namedtuple: before2(reconstructed('Pair', 'tuple', tuple(1, 2)), made('Pair', [1, 2])),
  'a nested class': each(app('Outer.Inner')),
  keywords: [
    ...[reconstructed('Named', 'object', null), reconstructed('Named', 'object', null)],
    ...[called(partial), called(partial)],
    ...[4, 5].map(() => made('Named', [1], { keywords: new Map([['name', 'n']]) })),
  ],
  'a state that is no dict': each(new Reduced(app('Restored'), [], { state: 7 })),
  'a knot': before2(knots[0], knots[1]),
  'state setter': each([
    new Reduced(app('Setting'), [], {
      state: new Map([['x', 1]]),
      stateSetter: app('set_state'),
    }),
  ]),
  library: each([
    called(global('datetime', 'date'), Uint8Array.of(7, 228, 2, 29)),
    called(global('decimal', 'Decimal'), '1.5'),
    new Reduced(global('collections', 'OrderedDict'), [], { dictItems: [['a', 1]] }),
    called(builtin('complex'), new Float(1), new Float(2)),
  ]),
  defaultdict: each(
    new Reduced(global('collections', 'defaultdict'), [builtin('list')], {
      dictItems: [['a', [1]]],
    }),
  ),
  exception: each(called(builtin('ValueError'), 'v', 1)),
  'zeros and NaNs as keys': each([
    new Map([[new Float(-0), 'z']]),
    new Map<unknown, number>([
      [Number.NaN, 1],
      [new Float(Number.NaN), 2],
    ]),
  ]),
  'names that look like more': each(
    new Map([
      ['__proto__', 1],
      ['constructor', 2],
      ['1', 3],
    ]),
  ),
  bytes: each([
    ...[new Uint8Array(), Uint8Array.of(97), new Uint8Array(300).fill(255)],
    ...[new ByteArray(), ByteArray.of(128)],
  ]),
  'persistent id': each([new PersistentId('outside'), 1]),
}

describe('what nobody knows', () => {
  test.each(Object.entries(unknown))('%s: is recorded', (name, expected) => {
    const pickles = pickledByPython(name)

    expect(pickles.map((bytes) => loads(bytes))).toEqual(expected)
  })

  test.each(Object.keys(unknown))('%s: is dumped again as CPython wrote it', (name) => {
    const pickles = pickledByPython(name)

    const again = pickles.map((bytes, protocol) => dumps(loads(bytes), { protocol, profile }))
    expect(again.map(hexOfBytes)).toEqual(pickles.map(hexOfBytes))
  })

  test('every pickle that was recorded is looked at', () => {
    expect(Object.keys(recorded.pickles).sort()).toEqual(Object.keys(unknown).sort())
  })
})

describe('an unpickler', () => {
  test('keeps its memo from load to load', () => {
    const unpickler = new Unpickler(pickle('(lp0\nI1\na.g0\nI2\na.'))

    const first = unpickler.load()
    const second = unpickler.load()

    expect(second).toEqual([1, 2])
    expect(second).toBe(first)
  })

  test('reads lines of a file', () => {
    const file = new BytesReader(pickle('I1\n.I2\n.'))

    expect([load(file, { profile }), load(file, { profile })]).toEqual([1, 2])
  })

  test('reads a file no further than its pickle', () => {
    const bytes = new BytesReader(pickle('\x80\x04K\x01.\x80\x04K\x02.'))
    const file = {
      read: (count: number | bigint) => Buffer.from(bytes.read(count)),
      readline: () => bytes.readline(),
    }

    expect([load(file, { profile }), load(file, { profile })]).toEqual([1, 2])
  })

  test('asks what a file has ready', () => {
    const bytes = pickle('\x80\x04K\x01.')
    let position = 0
    const file = {
      read: (count: number | bigint) => {
        position += Number(count)
        return bytes.subarray(position - Number(count), position)
      },
      readline: () => bytes.subarray(position, position),
      peek: () => bytes.subarray(position),
    }

    expect(load(file, { profile })).toBe(1)
    expect(position).toBe(bytes.length)
  })

  test('of a Buffer gives arrays of their own', () => {
    const source = Buffer.from(dumps(Uint8Array.of(1, 2, 3), { protocol: 4 }))

    const loaded = loads(source)
    source.fill(0)

    expect(loaded).toEqual(Uint8Array.of(1, 2, 3))
    expect(loaded?.constructor).toBe(Uint8Array)
  })

  test('asks persistentLoad for what is outside', () => {
    const outside = { is: 'outside' }
    class Knows extends Unpickler {
      override persistentLoad(id: unknown): unknown {
        return id === 'outside' ? outside : super.persistentLoad(id)
      }
    }
    const [old = new Uint8Array()] = pickledByPython('persistent id')

    expect((new Knows(old).load() as unknown[])[0]).toBe(outside)
  })

  test('gives names of Python 2 those of Python 3, unless told not to', () => {
    const text = pickle('c__builtin__\nxrange\n.')

    expect(loads(text)).toEqual(global('builtins', 'range'))
    expect(loads(text, { fixImports: false })).toEqual(global('__builtin__', 'xrange'))
    expect(loads(pickle('\x80\x03c__builtin__\nxrange\n.'))).toEqual(
      global('__builtin__', 'xrange'),
    )
  })

  test('that loads nothing takes names as they are', () => {
    expect(new Unpickler(pickle('.')).findClass('__builtin__', 'xrange')).toEqual(
      global('__builtin__', 'xrange'),
    )
  })

  test('reads the strings of Python 2 as it is told', () => {
    const text = pickle("S'\\xff'\n.")

    expect(refusal(() => loads(text)).type).toBe('UnicodeDecodeError')
    expect(loads(text, { encoding: 'latin1' })).toBe('ÿ')
    expect(loads(text, { encoding: 'bytes' })).toEqual(Uint8Array.of(255))
    expect(loads(text, { errors: 'replace' })).toBe('\ufffd')
  })

  test('says what Python says', () => {
    expect(refusal(() => loads(new Uint8Array())).type).toBe('EOFError')
    expect(refusal(() => loads(pickle('\x80\x09.'))).message).toBe('unsupported pickle protocol: 9')
  })

  test('loads a graph a hundred thousand deep', () => {
    let loaded: unknown = loads(pickle(`${'('.repeat(100_000)}${'l'.repeat(100_000)}.`))
    let depth = 0
    for (; Array.isArray(loaded); loaded = loaded[0]) depth++

    expect(depth).toBe(100_000)
  })
})

describe('a call whose answer is thrown away', () => {
  const set = (name: string, object: string, state: string) => `cm\n${name}\n(${object}${state}tR0`

  test('sets the state of an object, also inside of such a state', () => {
    const inner = `cm\nA\n(tRp1\n${set('f', 'g1\n', 'I5\n')}`
    const text = `cm\nA\n(tRp0\n${set('f', 'g0\n', `(${inner}tp2\n`)}g2\n0.`

    const loaded = loads(pickle(text)) as Reduced

    expect(loaded).toEqual(
      new Reduced(global('m', 'A'), [], {
        stateSetter: global('m', 'f'),
        state: tuple(
          new Reduced(global('m', 'A'), [], { stateSetter: global('m', 'f'), state: 5 }),
        ),
      }),
    )
    expect(loads(dumps(loaded))).toEqual(loaded)
  })

  test('sets it in its own load alone, and of what a later load gives too', () => {
    const stated = (state: number) =>
      new Reduced(global('m', 'A'), [], { stateSetter: global('m', 'f'), state })
    const unpickler = new Unpickler(
      pickle(
        `cm\nA\n(tRp0\n${set('f', 'g0\n', 'I1\n')}.g0\n.cm\nA\n(tRp1\n${set('f', 'g1\n', 'I2\n')}N.g1\n.`,
      ),
    )

    expect(unpickler.load()).toEqual(stated(1))
    expect(unpickler.load()).toEqual(stated(1))
    expect(unpickler.load()).toBe(null)
    expect(unpickler.load()).toEqual(stated(2))
  })

  test.each([
    ['of one argument', 'cm\nf\n(g0\ntR0'],
    ['of three', 'cm\nf\n(g0\nI1\nI2\ntR0'],
    ['that makes an object', 'cm\nmake\n)Rg0\nI1\n\x86\x810'],
  ])('sets nothing where it is one %s', (_, call) => {
    expect(loads(pickle(`cm\nA\n(tRp0\n${call}.`))).toEqual(new Reduced(global('m', 'A')))
  })

  test('sets none where the answer is kept, or the object is not', () => {
    const object = new Reduced(global('m', 'A'))

    expect(loads(pickle('cm\nA\n(tRp0\ncm\nf\n(g0\nNtR.'))).toEqual(
      new Reduced(global('m', 'f'), [object, null]),
    )
    expect(loads(pickle(`cm\nA\n(tRp0\n${set('f', 'g0\n', 'N')}0I1\n.`))).toBe(1)
  })

  test('sets it once', () => {
    const text = `cm\nA\n(tRp0\n${set('f', 'g0\n', 'N')}${set('f', 'g0\n', 'I1\n')}.`

    expect((loads(pickle(text)) as Reduced).deeds).toEqual([
      ['state', 1],
      ['state', null],
    ])
  })

  test("does not set that of a program's object unseen", () => {
    const text = `capp\nSetting\n(tRp0\n${set('f', 'g0\n', 'N')}.`

    expect(refusal(() => loadKnowing(pickle(text))).message).toBe(
      'm.f is to set the state of an object, and findClass does not give it',
    )
  })
})

test.each([
  'cm\nmake_class\n(tR)\x81.',
  'cm\nmake_class\n(tR)}Vk\nI1\ns\x92.',
  'cm\nmake\n(tR(I1\ntR.',
  'cm\nmake\n)\x81)R.',
])('what came of a call may be a class or a function: %j', (text) => {
  for (const profile of ['cpython-3.8-c', 'cpython-3.13-c', 'cpython-3.13-py']) {
    const loaded = loads(pickle(text), { profile }) as Reduced

    expect(loaded.callable).toBeInstanceOf(Reduced)
    expect(loads(dumps(loaded, { profile, protocol: 4 }), { profile })).toEqual(loaded)
  }
})

// pickle.dumps of 3.13.0 for a NaN with these bits.
test('a NaN keeps its bits', () => {
  const bytes = bytesOfHex('8002477ff00000000000012e')

  expect(hexOfBytes(dumps(loads(bytes), { protocol: 2 }))).toBe('8002477ff00000000000012e')
})

test('an extension code is that of the name that is registered by then', () => {
  copyreg.addExtension('m', 'first', 300)
  const unpickler = new Unpickler(pickle('\x80\x02\x83\x2c\x01.'.repeat(3)))
  const first = unpickler.load()

  expect(first).toEqual(global('m', 'first'))
  expect(unpickler.load()).toBe(first)
  copyreg.removeExtension('m', 'first')
  expect(refusal(() => unpickler.load()).message).toContain('unregistered extension code 300')
})

test('None is a key, a member and a value like any other', () => {
  const value = [new Map([[null, null]]), new Set([null]), new FrozenSet([null])]

  expect(loads(dumps(value))).toEqual(value)
})

test('a name is one object wherever it stands', () => {
  const { items } = loads(pickle('cm\nC\ncm\nC\n\x86.')) as Tuple

  expect(items[0]).toBe(items[1])
})

describe('buffers', () => {
  const bytes = bytesOfHex(recorded.outOfBand)

  test('are put in as they are', () => {
    const buffers = [Uint8Array.of(97, 98), new PickleBuffer(Uint8Array.of(99, 100))]

    const loaded = loads(bytes, { buffers }) as unknown[]

    expect(loaded[0]).toBe(buffers[0])
    expect(loaded[1]).toBe(buffers[1])
  })

  test('that can be written are read-only where the pickle says so', () => {
    const own = ByteArray.of(97, 98)

    const [first, second] = loads(bytes, { buffers: [own, own] }) as unknown[]

    expect(first).toEqual(new PickleBuffer(own, { isReadOnly: true }))
    expect(second).toBe(own)
  })

  test('are missed', () => {
    expect(refusal(() => loads(bytes)).message).toContain('no *buffers* argument was given')
    expect(refusal(() => loads(bytes, { buffers: [] })).message).toBe(
      'not enough out-of-band buffers',
    )
  })

  test('are no strings', () => {
    const buffers = ['ab'] as unknown as Uint8Array[]

    expect(refusal(() => loads(bytes, { buffers })).message).toBe(
      'a buffer is a Uint8Array or a PickleBuffer, not string',
    )
  })
})

describe('dicts as objects', () => {
  const asObjects = (value: unknown) => loads(dumps(value), { dictsAsObjects: true })

  test.each<[value: Record<string, unknown>]>([
    [{}],
    [{ a: 1, b: { c: [] } }],
    [{ '0': 1, '7': 2, a: 3 }],
    [JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}')],
  ])('%j is one', (value) => {
    const loaded = asObjects(value) as object

    expect(JSON.stringify(loaded)).toBe(JSON.stringify(value))
    expect(Object.getPrototypeOf(loaded)).toBe(Object.prototype)
  })

  test.each<[why: string, entries: readonly (readonly [unknown, unknown])[]]>([
    [
      'keys are no strs',
      [
        ['a', 1],
        [1, 2],
      ],
    ],
    [
      'indexes stand behind names',
      [
        ['a', 1],
        ['1', 2],
      ],
    ],
    ['a key is None', [[null, 1]]],
    ['a key is a str that no string can hold', [[new CodePoints([0xd800, 0xdc00]), 1]]],
    [
      'the greatest index stands behind a name',
      [
        ['a', 1],
        ['4294967294', 2],
      ],
    ],
    [
      'indexes do not ascend',
      [
        ['1', 1],
        ['0', 2],
      ],
    ],
  ])('no object where %s', (_, entries) => {
    expect(asObjects(new Map(entries))).toEqual(new Map(entries))
  })

  test('a number that is no index is a name', () => {
    const names = { b: 1, '4294967295': 2, '01': 3 }

    expect(Object.keys(asObjects(names) as object)).toEqual(Object.keys(names))
  })
})
