import { describe, expect, test } from 'vitest'
import { bytesOfHex, hexOfBytes } from '../codecs/hex.ts'
import { PickleError } from '../errors.ts'
import { BytesReader } from '../unpickler/source.ts'
import { copyreg } from './copyreg.ts'
import written from './fixtures/dumps-cpython-3.13.0.json' with { type: 'json' }
import recorded from './fixtures/loads-cpython-3.13.0.json' with { type: 'json' }
import { values } from './fixtures/values.ts'
import { dumps } from './pickler.ts'
import { Reduced } from './reduced.ts'
import { load, loads, Unpickler, type UnpicklerOptions } from './unpickler.ts'
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

const profile = 'cpython-3.13-c'
const protocols = [0, 1, 2, 3, 4, 5]

/** A pickle, given as text: a character is a byte. */
const pickle = (text: string): Uint8Array => Uint8Array.from(text, (at) => at.charCodeAt(0))

const cases = Object.entries(written.pickles).flatMap(([name, pickles]) =>
  name in values ? [[name, pickles] as const] : [],
)

test.each(cases)('%s: what CPython wrote is loaded as it was', (name, pickles) => {
  expect(pickles.map((hex) => loads(bytesOfHex(hex)))).toEqual(pickles.map(() => values[name]))
})

const app = (name: string) => global('app', name)
const builtin = (name: string) => global('builtins', name)

/** What `copyreg._reconstructor` gives, as protocols 0 and 1 have it. */
const reconstructed = (name: string, base: string, content: unknown, parts = {}) =>
  new Reduced(global('copyreg', '_reconstructor'), [app(name), builtin(base), content], parts)

const made = (name: string, args: unknown[] = [], parts = {}) =>
  new Reduced(app(name), args, { isNew: true, ...parts })

const called = (callable: unknown, ...args: unknown[]) => new Reduced(callable, args)

const each = <T>(value: T): T[] => protocols.map(() => value)
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

function pickledByPython(name: string): Uint8Array[] {
  const pickles: Readonly<Record<string, readonly string[]>> = recorded.pickles
  return (pickles[name] ?? []).map((hex) => bytesOfHex(hex))
}

class Point {
  readonly x: unknown
  readonly y: unknown
  constructor(x?: unknown, y?: unknown) {
    this.x = x
    this.y = y
  }
}

class Stack extends Array<unknown> {
  constructor(items: Iterable<unknown> = []) {
    super()
    this.push(...items)
  }
}

class Named {
  readonly given: readonly unknown[]
  constructor(given: readonly unknown[]) {
    this.given = given
  }
  static __new__(...given: readonly unknown[]): Named {
    return new Named(given)
  }
}

class Restored {
  state: unknown
  __setstate__(given: unknown): void {
    this.state = given
  }
}

class Setting {
  x: unknown
}

class Bag {
  readonly given: unknown[] = []
  append(item: unknown): void {
    this.given.push(item)
  }
  add(item: unknown): void {
    this.given.push(item)
  }
  __setitem__(key: unknown, value: unknown): void {
    this.given.push([key, value])
  }
}

const known: Readonly<Record<string, unknown>> = {
  Point,
  Stack,
  Table: Map,
  Text: (text: string) => `${text}!`,
  Colour: (value: number) => ['red'][value - 1],
  Pair: (one: unknown, other?: unknown) => [one, other],
  Named,
  Restored,
  Setting,
  Slotted: Setting,
  Bag,
  set_state: (target: object, given: ReadonlyMap<string, unknown>) => {
    Object.assign(target, Object.fromEntries(given))
  },
}

/** Knows the classes and functions of the module `app`. */
class Knowing extends Unpickler {
  override findClass(module: string, name: string): unknown {
    return (module === 'app' && known[name]) || super.findClass(module, name)
  }
}

const loadKnowing = (bytes: Uint8Array, options: UnpicklerOptions = {}): unknown =>
  new Knowing(bytes, options).load()

describe("the program's own classes", () => {
  const knot = new Point(1, [])
  ;(knot.y as unknown[]).push(knot)
  const setting = Object.assign(new Setting(), { a: 1, b: 2 })

  test.each<[name: string, expected: readonly unknown[]]>([
    ['instance', each(new Point(1, [2]))],
    ['slots', each(setting)],
    ['a subclass of list', each(Object.assign(new Stack(['a', 'b']), { name: 'n' }))],
    ['a subclass of dict', each(new Map([['k', 1]]))],
    ['a state that is no dict', each(Object.assign(new Restored(), { state: 7 }))],
    ['a knot', each(knot)],
    ['state setter', each([Object.assign(new Setting(), { x: 1 })])],
    ['enum', each('red')],
  ])('%s: they are constructed', (name, expected) => {
    expect(pickledByPython(name).map((bytes) => loadKnowing(bytes))).toEqual(expected)
  })

  test('arguments of __new__ come first, those by name last', () => {
    const [, , , , recent = new Uint8Array()] = pickledByPython('keywords')

    expect(loadKnowing(recent)).toEqual(new Named([1, { name: 'n' }]))
    expect(loadKnowing(pickle('capp\nNamed\n)}Vk\nNs\x92.'))).toEqual(new Named([{ k: null }]))
  })

  test.each([
    ['__newobj__', 'ccopyreg\n__newobj__\n(capp\nNamed\nI1\ntR.', [1]],
    ['__newobj_ex__', 'ccopyreg\n__newobj_ex__\n(capp\nNamed\n(I1\nt(dtR.', [1]],
    ['INST', '(I1\niapp\nNamed\n.', [1]],
    ['OBJ', '(capp\nNamed\nI1\no.', [1]],
  ])('%s makes one', (_, text, given) => {
    expect(loadKnowing(pickle(text))).toEqual(new Named(given))
  })

  test('what is called without new is a function', () => {
    expect(loadKnowing(pickle('capp\nText\n(Vt\ntR.'))).toBe('t!')
  })

  test('what a function gave can be given to another', () => {
    const list = pickle('capp\nPair\n(I1\nI2\ntRp0\ncapp\nPair\n(g0\ng0\ntR.')

    const [one, other] = loadKnowing(list) as unknown[]

    expect(one).toEqual([1, 2])
    expect(other).toBe(one)
  })

  test.each([
    ['APPEND', 'capp\nBag\n(tRI1\na.', [1]],
    ['APPENDS', 'capp\nBag\n(tR(I1\nI2\ne.', [1, 2]],
    ['SETITEM', 'capp\nBag\n(tRI1\nI2\ns.', [[1, 2]]],
    ['ADDITEMS', 'capp\nBag\n(tR(I1\n\x90.', [1]],
  ])('%s is done to the object', (_, text, given) => {
    expect(loadKnowing(pickle(text))).toEqual(Object.assign(new Bag(), { given }))
  })

  test.each([
    [
      'capp\nRestored\n(tRI1\na.',
      'AttributeError',
      "'Restored' object has no method 'append' or 'push'",
    ],
    ['capp\nColour\n(I2\ntRI1\na.', 'AttributeError', "'undefined' object has no method"],
    [
      'capp\nColour\n(I2\ntRI1\nb.',
      'AttributeError',
      'a value that is undefined can have no state',
    ],
    ['capp\nSetting\n(tRI1\nb.', 'UnpicklingError', 'state is not a dictionary'],
    ['capp\nSetting\n(tR(dI1\nI2\nsb.', 'TypeError', 'an attribute name that is no string'],
    ['capp\nSetting\n(tR(dNI2\nsb.', 'TypeError', 'an attribute name that is no string'],
    ['capp\nSetting\n(tR(dV\\ud800\\udc00\nI2\nsb.', 'TypeError', 'an attribute name that is no'],
    ['capp\nSetting\n)\x81}Vx\nI1\nsI0\n\x86b.', 'UnpicklingError', 'state is not a dictionary'],
    ['capp\nNamed\n)}I1\nI2\ns\x92.', 'TypeError', 'keywords must be strings'],
    [
      'capp\nSetting\nN}\x92.',
      'UnpicklingError',
      'NEWOBJ_EX args argument must be a tuple, not NoneType',
    ],
    ['capp\nFrozen\n(tR}Vx\nNsb.', 'AttributeError', "object does not let 'x' be set"],
  ])('%j is refused', (text, type, message) => {
    class Freezing extends Knowing {
      override findClass(module: string, name: string): unknown {
        return name === 'Frozen'
          ? () => Object.freeze(Object.create(null))
          : super.findClass(module, name)
      }
    }
    const error = refusal(() => new Freezing(pickle(text)).load())

    expect(error.type).toBe(type)
    expect(error.message).toContain(message)
  })

  test.each([
    ['capp\nRestored\n(tRI1\na.', "'Restored' object has no method 'append' or 'push'"],
    ['capp\nColour\n(I2\ntRI1\nb.', 'a value that is undefined can have no state'],
    ['capp\nSetting\n(tR(dNI2\nsb.', 'an attribute name that is no string'],
    ['capp\nSealed\n(tR}Vx\nI1\nsb.', "'Object' object does not let 'x' be set"],
  ])('%j: nothing else is said', (text, message) => {
    class Sealing extends Knowing {
      override findClass(module: string, name: string): unknown {
        return name === 'Sealed' ? () => Object.freeze({}) : super.findClass(module, name)
      }
    }

    expect(refusal(() => new Sealing(pickle(text)).load()).message).toBe(message)
  })

  test('what a function was given can be what it gives, and is the same', () => {
    class Same extends Knowing {
      override findClass(module: string, name: string): unknown {
        return name === 'Same' ? (given: unknown) => given : super.findClass(module, name)
      }
    }
    const text = 'capp\nPair\ncapp\nSame\n((I1\nI2\nttRR.'

    expect(new Same(pickle(text)).load()).toEqual([1, 2])
  })

  test('a name of the state is a property and nothing else', () => {
    const object = loadKnowing(pickle('capp\nSetting\n(tR}V__proto__\n}sb.')) as Setting

    expect(Object.getPrototypeOf(object)).toBe(Setting.prototype)
    expect(Object.getOwnPropertyDescriptor(object, '__proto__')).toEqual({
      ...{ value: new Map(), writable: true, enumerable: true, configurable: true },
    })
  })

  test('nothing inside of them can be named', () => {
    const loaded = loadKnowing(pickle('cbuiltins\ngetattr\n(capp\nPoint\nVconstructor\ntR.'))

    expect(loaded).toEqual(called(builtin('getattr'), Point, 'constructor'))
  })

  test('what they throw comes out of the load', () => {
    class Failing extends Unpickler {
      override findClass(): unknown {
        return () => {
          throw new RangeError('mine')
        }
      }
    }

    expect(() => new Failing(pickle('cm\nf\n)R.')).load()).toThrow(new RangeError('mine'))
  })

  test.each<[what: string, value: unknown]>([
    ['nothing', null],
    ['a boolean', true],
    ['an int', 2],
    ['a float', 0.5],
    ['a small bigint', 3],
    ['a bigint', 2n ** 70n],
    ['a string', 's'],
    ['an object', { a: 1 }],
    ['Ellipsis', values['singletons']],
    ['undefined', undefined],
  ])('%s can be what a name stands for', (_, value) => {
    class Giving extends Unpickler {
      override findClass(): unknown {
        return value === 3 ? 3n : value
      }
    }

    expect(new Giving(pickle('cm\nn\n.')).load()).toBe(value)
  })

  test.each(values['singletons'] as unknown[])('%o can be what a name stands for', (singleton) => {
    class Giving extends Unpickler {
      override findClass(): unknown {
        return singleton
      }
    }

    expect(new Giving(pickle('cm\nn\n.')).load()).toBe(singleton)
  })
})

describe('a container that is handed to the program', () => {
  test('has the rest when the load is over', () => {
    const text =
      '(lp0\ncapp\nPair\n(g0\ntRp1\n0(dp2\ncapp\nPair\n(g2\ntRp3\n0g0\n(I1\nI2\neg2\nVk\nI1\ns(g0\ng1\ng2\ng3\nt.'
    const [list, listPair, dict, dictPair] = (loadKnowing(pickle(text)) as Tuple).items

    expect(list).toEqual([1, 2])
    expect((listPair as unknown[])[0]).toBe(list)
    expect(dict).toEqual(new Map([['k', 1]]))
    expect((dictPair as unknown[])[0]).toBe(dict)
  })

  test('as a tuple has its items once', () => {
    const { items } = loadKnowing(pickle('(I1\ntp0\ncapp\nPair\n(g0\ntRp1\n(g0\ng1\nt.')) as Tuple

    expect(items).toEqual([tuple(1), [tuple(1), undefined]])
  })

  test('has what came in the place of something, and keeps what the program put in', () => {
    class Changing extends Knowing {
      override findClass(module: string, name: string): unknown {
        return name === 'change'
          ? (list: unknown[]) => {
              list[1] = 'mine'
            }
          : super.findClass(module, name)
      }
    }
    const text = '(I1\nI2\nlp0\ncapp\nchange\n(g0\ntR0g0\nI0\nI5\ns.'

    expect(new Changing(pickle(text)).load()).toEqual([5, 'mine'])
  })

  test('has keys as they are when the load is over', () => {
    const text = '(dp0\ncm\nC\n)Rp1\nI1\nscapp\nPair\n(g0\ntR0g1\nI7\nb0g0\n.'
    const key = new Reduced(global('m', 'C'), [], { state: 7 })

    expect(loadKnowing(pickle(text))).toEqual(new Map([[key, 1]]))
  })

  test.each([
    ['None', 'N'],
    ['a str that no string can hold', 'V\\ud800\\udc00\n'],
  ])('as an object cannot get the key %s', (_, key) => {
    const text = `(dp0\ncapp\nPair\n(g0\ntR0g0\n${key}I2\ns.`

    expect(refusal(() => loadKnowing(pickle(text), { dictsAsObjects: true })).message).toBe(
      'a dict that was handed out as an object got a key that is no str',
    )
  })

  test('as an object cannot get a key that is no str', () => {
    const text = '(dp0\ncapp\nPair\n(g0\ntR0g0\nI1\nI2\ns.'

    expect(refusal(() => loadKnowing(pickle(text), { dictsAsObjects: true })).message).toBe(
      'a dict that was handed out as an object got a key that is no str',
    )
  })

  test('as a bytearray keeps its length', () => {
    const bytes = '\x80\x05\x96\x01\0\0\0\0\0\0\0aq\0'
    const pair = 'capp\nPair\nh\0\x85R0h\0'

    expect(loadKnowing(pickle(`${bytes}${pair}K\0Kbs.`))).toEqual(ByteArray.of(98))
    const longer = refusal(() => loadKnowing(pickle(`${bytes}${pair}(KbKce.`)))
    expect(longer.type).toBe('BufferError')
    expect(longer.message).toBe('Existing exports of data: object cannot be re-sized')
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

describe('what no pickler writes', () => {
  test.each<[text: string, expected: unknown]>([
    ['c_codecs\nencode\n(Vé\ntR.', called(global('_codecs', 'encode'), 'é')],
    ['c_codecs\nencode\n(I1\nVlatin1\ntR.', called(global('_codecs', 'encode'), 1, 'latin1')],
    ['cbuiltins\nbytes\n(I9\ntR.', called(builtin('bytes'), 9)],
    ['cbuiltins\nbytearray\n(I9\ntR.', called(builtin('bytearray'), 9)],
    ['cbuiltins\nbytearray\n(Va\nVb\nVc\ntR.', called(builtin('bytearray'), 'a', 'b', 'c')],
    [
      'cbuiltins\nbytearray\n(Va\nVlatin-1\nVstrict\ntR.',
      called(builtin('bytearray'), 'a', 'latin-1', 'strict'),
    ],
    ['cbuiltins\nbytearray\n(Va\nVb\ntR.', called(builtin('bytearray'), 'a', 'b')],
    ['cbuiltins\nbytearray\n(Va\nVlatin-1\ntR.', ByteArray.of(97)],
    ['cbuiltins\nbytearray\n(tR.', new ByteArray()],
    ['cbuiltins\ngetattr\n(Va\nVb\ntR.', called(builtin('getattr'), 'a', 'b')],
    [
      'cbuiltins\ngetattr\n(cm\nC\nVb\nNtR.',
      called(builtin('getattr'), global('m', 'C'), 'b', null),
    ],
    ['cbuiltins\ngetattr\n(tR.', called(builtin('getattr'))],
    [
      'ccopyreg\n_reconstructor\n(capp\nPoint\ntR.',
      called(global('copyreg', '_reconstructor'), Point),
    ],
    ['ccopyreg\n__newobj__\n(tR.', called(global('copyreg', '__newobj__'))],
    ['ccopyreg\n__newobj__\n(cm\nC\nI1\ntR.', new Reduced(global('m', 'C'), [1], { isNew: true })],
    ...['N(d', '(tN', '(t(dN', '(tI1\n'].map(
      (given) =>
        [
          `ccopyreg\n__newobj_ex__\n(cm\nC\n${given}tR.`,
          called(
            global('copyreg', '__newobj_ex__'),
            ...[global('m', 'C')],
            ...(given === 'N(d' ? [null] : [tuple()]),
            ...(given === '(tN' ? [null] : given === '(tI1\n' ? [1] : [new Map()]),
            ...(given === '(t(dN' ? [null] : []),
          ),
        ] as [string, unknown],
    ),
    ['ccopyreg\n__newobj_ex__\n(tR.', called(global('copyreg', '__newobj_ex__'))],
    [
      'ccopyreg\n__newobj_ex__\n(cm\nC\n(t(dtR.',
      new Reduced(global('m', 'C'), [], { isNew: true, keywords: new Map() }),
    ],
  ])('%j is recorded as it is', (text, expected) => {
    expect(loadKnowing(pickle(text))).toEqual(expected)
  })

  test.each<[text: string, deeds: unknown]>([
    [
      'cm\nf\n(tRI1\nbI2\nb.',
      [
        ['state', 1],
        ['state', 2],
      ],
    ],
    [
      'cm\nf\n(tRI1\nbI2\na.',
      [
        ['state', 1],
        ['append', 2],
      ],
    ],
    ['cm\nf\n(tRNb.', [['state', null]]],
    ['cm\nf\n(tR(I1\n\x90.', [['add', 1]]],
    [
      'cm\nf\n(tRI1\nI2\nsI3\na.',
      [
        ['setitem', 1, 2],
        ['append', 3],
      ],
    ],
  ])('%j is told in its order, and cannot be dumped', (text, deeds) => {
    const loaded = loads(pickle(text)) as Reduced

    expect(loaded.deeds).toEqual(deeds)
    expect(refusal(() => dumps(loaded)).message).toBe(
      'what m.f makes was changed in a way that no reduction can tell',
    )
  })

  test('a name that something was done to cannot be dumped', () => {
    const loaded = loads(pickle('cm\nC\nI1\nb.'))

    expect(loaded).toEqual(Object.assign(global('m', 'C'), { deeds: [['state', 1]] }))
    expect(refusal(() => dumps(loaded)).message).toBe(
      'm.C was changed in a way that no reduction can tell',
    )
  })

  test('of what is no class nothing is made', () => {
    const len = new Reduced(builtin('len'), [], { isNew: true })

    expect(refusal(() => dumps(len)).message).toBe(
      'builtins.len is no class, of which an object could be made',
    )
  })
})

function refusal(act: () => unknown): PickleError {
  try {
    act()
  } catch (error) {
    if (error instanceof PickleError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
