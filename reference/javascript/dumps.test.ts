import { afterEach, describe, expect, test } from 'vitest'
import { hexOfBytes } from '../codecs/hex.ts'
import { refusal } from '../fixtures/refusal.ts'
import { copyreg } from './copyreg.ts'
import recorded from './fixtures/dumps-cpython-3.13.0.json' with { type: 'json' }
import { values } from './fixtures/values.ts'
import { dumps, Pickler, type PicklerOptions } from './pickler.ts'
import { Reduced } from './reduced.ts'
import type { DispatchTable, Reduction } from './reduction.ts'
import { loads } from './unpickler.ts'
import { Float, global, NotImplemented, PersistentId, PickleBuffer, tuple } from './values.ts'

const profile = 'cpython-3.13-c'

class Point {
  readonly x: number
  constructor(x: number) {
    this.x = x
  }
  __reduce_ex__(protocol: number): Reduction {
    return [global('decimal', 'Decimal'), [String(this.x), protocol]]
  }
}

class Bag {
  __reduce__(): Reduction {
    return [global('builtins', 'list'), [], null, [1, 2], new Map([['k', 'v']])]
  }
}

class Plain {
  readonly x: number
  constructor(x: number) {
    this.x = x
  }
}

const reducePlain = (plain: Plain): Reduction => [
  global('builtins', 'dict'),
  tuple(tuple(tuple('x', plain.x))),
]

const table: DispatchTable = new Map([[Plain, reducePlain]])

class WithTable extends Pickler {
  static override readonly dispatchTable = table
}

class Overriding extends Pickler {
  override reducerOverride(object: unknown) {
    return object instanceof Plain ? reducePlain(object) : NotImplemented
  }
}

class Persistent extends Pickler {
  override persistentId(object: unknown) {
    return object instanceof Plain ? 'plain' : null
  }
}

class Answering {
  readonly answer: unknown
  constructor(answer: unknown) {
    this.answer = answer
  }
  __reduce__(): unknown {
    return this.answer
  }
}

/** What a pickler writes, made and changed by the caller. */
function written(
  value: unknown,
  protocol: number,
  Class: typeof Pickler = Pickler,
  attributes: Partial<Pickler> = {},
): string {
  let hex = ''
  const file = {
    write: (bytes: Uint8Array) => {
      hex += hexOfBytes(bytes)
    },
  }
  const pickler = Object.assign(new Class(file, { protocol, profile }), attributes)
  pickler.dump(value)
  return hex
}

const picklers: Readonly<Record<string, (protocol: number) => string>> = {
  __reduce_ex__: (protocol) => written(new Point(5), protocol),
  '__reduce__ with items': (protocol) => written(new Bag(), protocol),
  'instance table': (protocol) =>
    written(new Plain(7), protocol, Pickler, { dispatchTable: table }),
  'class table': (protocol) => written(new Plain(7), protocol, WithTable),
  reducer_override: (protocol) => written([new Plain(7), new Point(5)], protocol, Overriding),
  persistent_id: (protocol) => written([new Plain(7), 1], protocol, Persistent),
  fast: (protocol) => written(values['shared'], protocol, Pickler, { fast: true }),
  copyreg: (protocol) => {
    copyreg.pickle(Plain, reducePlain)
    return written(new Plain(7), protocol)
  },
  'extension code': (protocol) => {
    copyreg.addExtension('decimal', 'Decimal', 300)
    return written(global('decimal', 'Decimal'), protocol)
  },
}

afterEach(() => {
  copyreg.unpickle(Plain)
  copyreg.removeExtension('decimal', 'Decimal')
})

test.each(Object.entries(recorded.pickles))('%s, as CPython writes it', (name, pickles) => {
  const write = picklers[name] ?? ((protocol: number) => written(values[name], protocol))

  expect(pickles.map((_, protocol) => write(protocol))).toEqual(pickles)
})

test('every value is recorded', () => {
  const names = [...Object.keys(values), ...Object.keys(picklers)]

  expect(Object.keys(recorded.pickles).sort()).toEqual(names.sort())
})

// pickle.dumps of 3.13.0, for a __reduce__ that gives (list, (), 1, None, None, len).
test('a reduction may have six items and no more', () => {
  const six = [global('builtins', 'list'), [], 1, null, null, global('builtins', 'len')]

  expect(hexOfBytes(dumps(new Answering(six), { protocol: 4 }))).toBe(
    '80049532000000000000008c086275696c74696e73948c046c6973749493942952948c086275696c74696e73948c036c656e94939468034b018652302e',
  )
  expect(refusal(() => dumps(new Answering([...six, null]))).message).toContain(
    'a reduction is a string or an array of 2 to 6 items',
  )
})

test('an object that says nothing of itself is refused by name', () => {
  expect(refusal(() => dumps(new Plain(1))).message).toBe(
    "cannot pickle 'Plain' object: it has no __reduce__, and no table has its class",
  )
})

test.each<[what: string, value: unknown, type: string, message: string]>([
  ['undefined', [undefined], 'TypeError', 'undefined has no counterpart'],
  ['a symbol', Symbol('s'), 'TypeError', 'Symbol(s) has no counterpart'],
  ['a function', () => 1, 'TypeError', "cannot pickle 'Function' object"],
  ['an object without reducer', new Plain(1), 'TypeError', "cannot pickle 'Plain' object"],
  [
    'equal keys',
    new Map<unknown, unknown>([
      [1, 1],
      [true, 2],
    ]),
    'ValueError',
    'two keys are equal',
  ],
  ['equal members', new Set([2, new Float(2)]), 'ValueError', 'two keys are equal in Python'],
  ['an array as key', new Map([[[], 1]]), 'TypeError', "unhashable type: 'list'"],
])('%s is refused', (_, value, type, message) => {
  const error = refusal(() => dumps(value))

  expect(error.type).toBe(type)
  expect(error.message).toContain(message)
})

test.each([[null], [[global('builtins', 'list')]], [7], [undefined]])(
  'the reduction %s is refused',
  (answer) => {
    const error = refusal(() => dumps(new Answering(answer)))

    expect(error.message).toContain('a reduction is a string or an array of 2 to 6 items')
  },
)

test('what a hook throws comes out of the dump', () => {
  class Failing extends Pickler {
    override reducerOverride(): never {
      throw new RangeError('mine')
    }
  }

  expect(() => new Failing({ write: () => 0 }).dump(new Plain(1))).toThrow(new RangeError('mine'))
})

test('a list is read again at each dump', () => {
  const pieces: string[] = []
  const pickler = new Pickler({ write: (bytes) => pieces.push(hexOfBytes(bytes)) }, { protocol: 2 })
  const list = [1]

  pickler.dump(list)
  pickler.dump(list)
  pickler.clearMemo()
  list.push(2)
  pickler.dump(list)

  expect(pieces.join(' ')).toBe('80025d71004b01612e 800268002e 80025d7100284b014b02652e')
})

describe('a second dump', () => {
  /** What each dump of a pickler writes, with nothing in its memo. */
  function dumpsOf(...values: readonly (() => unknown)[]): string[] {
    let hex = ''
    const file = { write: (bytes: Uint8Array) => (hex += hexOfBytes(bytes)) }
    const pickler = new Pickler(file, { protocol: 4, profile })
    return values.map((value) => {
      hex = ''
      pickler.clearMemo()
      pickler.dump(value())
      return hex
    })
  }

  test.each<[what: string, value: unknown]>([
    ['a tuple', tuple(1, [2])],
    ['a list', [1, [2]]],
    ['a dict', new Map([['k', [1]]])],
    ['a set', new Set([1, 2])],
    [
      'what was recorded',
      new Reduced(global('m', 'f'), [1], { listItems: [2], dictItems: [['k', 3]], state: 4 }),
    ],
  ])('of %s writes what the first one did', (_, value) => {
    const [first, second] = dumpsOf(
      () => value,
      () => value,
    )

    expect(first).toBe(hexOfBytes(dumps(value, { protocol: 4, profile })))
    expect(second).toBe(first)
  })

  test('writes what is in a Map or a Set by then', () => {
    const map = new Map([
      ['a', 1],
      ['b', 2],
    ])
    const set = new Set([1, 2])
    const both = tuple(map, set)
    const [, second] = dumpsOf(
      () => both,
      () => {
        map.delete('a')
        set.delete(1)
        return both
      },
    )

    expect(second).toBe(
      hexOfBytes(dumps(tuple(new Map([['b', 2]]), new Set([2])), { protocol: 4, profile })),
    )
  })

  test('has strs of its own', () => {
    let hex = ''
    const pickler = new Pickler({ write: (bytes) => (hex += hexOfBytes(bytes)) }, { protocol: 2 })
    pickler.dump('ab')
    hex = ''
    pickler.dump('ab')

    expect(hex).toBe('80025802000000616271012e')
  })

  test('knows nothing of one that was refused', () => {
    const bad: unknown[] = [undefined]
    const pickler = new Pickler({ write: () => 0 })

    expect(refusal(() => pickler.dump([bad, Symbol('s')])).message).toContain('Symbol(s)')
    expect(() => pickler.dump(1)).not.toThrow()
  })

  test('may be made in the middle of the first', () => {
    const pickles: string[] = []
    const write = (bytes: Uint8Array) => pickles.push(hexOfBytes(bytes))
    const pickler = new Pickler({ write }, { protocol: 1, profile })
    const asking = {
      get k() {
        pickler.dump([1])
        return [2]
      },
    }
    pickler.dump([[3], asking])

    expect(pickles.map((hex) => loads(Buffer.from(hex, 'hex')))).toEqual([
      [1],
      [[3], new Map([['k', [2]]])],
    ])
  })
})

// pickle.dumps(collections.abc.Mapping, 0) of 3.8.18 to 3.13.0.
test.each(['cpython-3.8-c', 'cpython-3.12-py', 'cpython-3.14-c'])(
  'a class of collections.abc is found where it says: %s',
  (profile) => {
    const written = dumps(global('collections.abc', 'Mapping'), { protocol: 0, profile })

    expect(Buffer.from(written).toString()).toBe('c_abcoll\nMapping\np0\n.')
  },
)

test('what was taken back from copyreg is asked no more', () => {
  const pickler = new Pickler({ write: () => 0 })
  copyreg.pickle(Plain, reducePlain)
  pickler.dump(new Plain(1))
  copyreg.unpickle(Plain)

  expect(refusal(() => pickler.dump(new Plain(2))).type).toBe('TypeError')
  expect(refusal(() => dumps(new Plain(3))).type).toBe('TypeError')
})

test('a code that was taken back is written no more', () => {
  let hex = ''
  const file = { write: (bytes: Uint8Array) => (hex += hexOfBytes(bytes)) }
  const pickler = new Pickler(file, { protocol: 2, profile })
  const name = global('decimal', 'Decimal')
  copyreg.addExtension('decimal', 'Decimal', 300)
  pickler.dump(name)
  copyreg.removeExtension('decimal', 'Decimal')
  pickler.clearMemo()
  hex = ''
  pickler.dump(name)

  expect(hex).toBe(hexOfBytes(dumps(name, { protocol: 2, profile })))
  expect(hex).toContain(Buffer.from('cdecimal\nDecimal\n').toString('hex'))
})

test('a table that is taken away is asked no more', () => {
  const pickler = new Pickler({ write: () => 0 })
  pickler.dispatchTable = table
  pickler.dump(new Plain(1))
  delete pickler.dispatchTable

  expect(refusal(() => pickler.dump(new Plain(2))).type).toBe('TypeError')
  expect(() => pickler.dump([3])).not.toThrow()
})

test('an override that is taken away from the instance is asked no more', () => {
  class Bare extends Pickler {}
  const pickler = new Bare({ write: () => 0 })
  pickler.reducerOverride = (object) =>
    object instanceof Plain ? reducePlain(object) : NotImplemented
  pickler.dump(new Plain(1))
  Reflect.deleteProperty(pickler, 'reducerOverride')

  expect(refusal(() => pickler.dump(new Plain(2))).type).toBe('TypeError')
})

test('a table that stays is asked each time, one that is undefined never', () => {
  const pickler = new Pickler({ write: () => 0 })
  pickler.dispatchTable = table
  pickler.dump(new Plain(1))
  pickler.dump(new Plain(2))
  Object.assign(pickler, { dispatchTable: undefined })

  expect(refusal(() => pickler.dump(new Plain(3))).type).toBe('TypeError')
})

test('a reduction that is a string names what an import finds', () => {
  expect(refusal(() => dumps(new Answering('nowhere'))).type).toBe('PicklingError')
})

test('an override may leave the answer to the one it overrides', () => {
  class Asking extends Pickler {
    override reducerOverride(object: unknown): unknown {
      return super.reducerOverride(object)
    }
  }

  expect(written(new Point(5), 4, Asking)).toBe(written(new Point(5), 4))
})

test('a hook is given what was dumped, and plain values for the rest', () => {
  const asked: unknown[] = []
  class Looking extends Pickler {
    override persistentId(object: unknown): unknown {
      asked.push(object)
      return null
    }
  }
  const keywords = new Map([['k', null]])
  const named = new Reduced(global('m', 'C'), [1.5], { isNew: true, keywords })

  new Looking({ write: () => 0 }, { protocol: 2, profile }).dump(named)

  expect(asked[0]).toBe(named)
  expect(asked).toContainEqual(keywords)
  expect(asked).toContainEqual(global('m', 'C'))
  expect(asked).toContainEqual(tuple(global('m', 'C'), 1.5))
  expect(asked).toContainEqual(global('', ''))
})

test('a persistent id stands in the pickle, also inside of what was recorded', () => {
  const outside = new Reduced(global('m', 'f'), [new PersistentId('x')])

  expect(dumps([outside, new PersistentId(1)], { protocol: 1 })).toEqual(
    Uint8Array.from(
      Buffer.from(']q\0(cm\nf\nq\x01(X\x01\0\0\0xq\x02Qtq\x03Rq\x04K\x01Qe.', 'latin1'),
    ),
  )
})

// What CPython writes for buffers over b'\x01\x02\x03' and over a bytearray.
test('a buffer without a callback is written as the bytes that it lies over', () => {
  const buffer = new PickleBuffer(Uint8Array.of(1, 2, 3), { isReadOnly: true })
  const writable = new PickleBuffer(Uint8Array.of(1, 2))

  expect(hexOfBytes(dumps(buffer, { protocol: 5 }))).toBe('80059507000000000000004303010203942e')
  expect(hexOfBytes(dumps(writable, { protocol: 5 }))).toBe(
    '8005950d000000000000009602000000000000000102942e',
  )
})

test('a buffer that the callback declines stays out of the pickle', () => {
  const buffers: PickleBuffer[] = []
  const buffer = new PickleBuffer(Uint8Array.of(1, 2), { isReadOnly: true })
  const bufferCallback = (one: PickleBuffer) => buffers.push(one) === 0

  expect(hexOfBytes(dumps(buffer, { protocol: 5, bufferCallback }))).toBe('800597982e')
  expect(buffers).toEqual([buffer])
})

test.each<[options: PicklerOptions, type: string]>([
  [{ protocol: 6 }, 'ValueError'],
  [{ protocol: 4, bufferCallback: () => true }, 'ValueError'],
])('the options %j are refused', (options, type) => {
  expect(refusal(() => dumps(1, options)).type).toBe(type)
})

test('a graph a hundred thousand deep ends in a RecursionError', () => {
  let deep: unknown[] = []
  for (let depth = 0; depth < 100_000; depth++) deep = [deep]

  expect(refusal(() => dumps(deep)).type).toBe('RecursionError')
})

test.each([
  [0, '0 is no extension code'],
  [2 ** 31, 'no extension code'],
  [1.5, 'no extension code'],
])('the extension code %s is refused', (code, message) => {
  expect(() => copyreg.addExtension('m', 'n', code)).toThrow(message)
  expect(() => copyreg.addExtension('m', 'n', code)).toThrow(
    new RangeError(`${code} is no extension code: wanted an integer from 1 to 2147483647`),
  )
})

test('the greatest extension code is one', () => {
  copyreg.addExtension('m', 'greatest', 0x7fffffff)
  copyreg.addExtension('m', 'least', 1)

  expect(hexOfBytes(dumps(global('m', 'least'), { protocol: 2 }))).toBe('800282012e')
  copyreg.removeExtension('m', 'greatest')
  copyreg.removeExtension('m', 'least')
})

test('an extension code belongs to one name', () => {
  copyreg.addExtension('decimal', 'Decimal', 300)
  copyreg.addExtension('decimal', 'Decimal', 300)

  copyreg.addExtension('m', 'other', 301)
  copyreg.removeExtension('m', 'other')

  expect(() => copyreg.addExtension('decimal', 'Decimal', 301)).toThrow(
    new RangeError('decimal.Decimal has the code 300 already'),
  )
  expect(() => copyreg.addExtension('m', 'n', 300)).toThrow(
    new RangeError('the code 300 is that of decimal.Decimal'),
  )
})

test('persistent ids are as deep as what they stand for, and no deeper', () => {
  class Numbered extends Pickler {
    override persistentId(object: unknown) {
      return typeof object === 'string' ? `id ${object}` : null
    }
  }
  const names = Array.from({ length: 3000 }, (_, at) => `name ${at}`)
  const pieces: Uint8Array[] = []
  new Numbered({ write: (piece: Uint8Array) => pieces.push(piece) }, { protocol: 4 }).dump(names)

  expect(pieces.flatMap((piece) => [...piece]).filter((byte) => byte === 0x51)).toHaveLength(3000)
})

test('what a pickler has dumped is read anew once its memo is empty', () => {
  let hex = ''
  const pickler = new Pickler({ write: (bytes) => (hex += hexOfBytes(bytes)) }, { profile })
  const again = (value: unknown): string => {
    pickler.clearMemo()
    hex = ''
    pickler.dump(value)
    return hex
  }
  const keys = Array.from({ length: 40 }, (_, at) => `key ${at}`)
  const map = new Map(keys.map((key) => [key, null]))
  const deeds = { listItems: [1], dictItems: [['k', 2]] as [unknown, unknown][], state: 3 }
  const reduced = new Reduced(global('m', 'f'), [], deeds)
  const values = [map, reduced]
  again(values)

  map.clear()
  for (const key of keys.toReversed()) map.set(key, null)

  expect(again(values)).toBe(hexOfBytes(dumps(values, { profile })))
  expect(again(values)).toBe(hexOfBytes(dumps(values, { profile })))
})
