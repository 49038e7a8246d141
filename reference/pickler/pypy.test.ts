/** What PyPy 7.3.11 wrote, asked with a module `sm` of these classes. */
import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { Picklers } from '../fixtures/picklers.ts'
import type { Call, Sm } from '../fixtures/sm.ts'
import { bytearray, bytes, dict, float, list, set, str, tuple } from '../values/build.ts'
import { freshFloat, freshInt } from '../values/fresh.ts'
import { listIterator } from '../values/iterate.ts'
import { makePartial } from '../values/partial.ts'
import { PyDict, PyObject, PyProperty, PyTuple, type PyValue } from '../values/value.ts'

class Asked {
  readonly #picklers: Picklers
  readonly sm: Sm
  readonly protocol: number

  constructor(protocol: number, boxesInts = false) {
    this.#picklers = new Picklers('pypy-3.9', { attributes: {}, boxesInts })
    this.sm = this.#picklers.sm
    this.protocol = protocol
  }

  /** By a class that has these attributes from now on. */
  dumps(value: PyValue, attributes: Readonly<Record<string, PyValue>> = {}): string {
    const pickler = this.#picklers.make({ protocol: this.protocol })
    for (const [name, attribute] of Object.entries(attributes)) {
      pickler.setClassAttribute(name, attribute)
    }
    pickler.dump(value)
    return this.#picklers.file.take()
  }

  /** An instance of a class with this property. */
  with(name: string, read: Call, of: PyObject = new PyObject(this.sm.A)): PyObject {
    of.type.namespace.set(name, new PyProperty(read))
    return of
  }

  /** An instance of a class of its own that says it is of another. */
  saying(cls: string, methods: Readonly<Record<string, Call>>): PyObject {
    const name = `Said${cls === 'dict' ? 'Dict' : 'List'}`
    const { sm } = this
    const own = Object.entries(methods).map(
      ([method, call]) => [method, sm.method(`${name}.${method}`, call)] as const,
    )
    const made = new PyObject(sm.cls(name, Object.fromEntries(own)))
    return this.with('__class__', () => sm.world.knownClass(`builtins:${cls}`), made)
  }
}

const raises = (type: string) => () => {
  throw new PickleError(type, '')
}

test.each<[string, number, (asked: Asked) => PyValue, string]>([
  [
    'the members of a set are a tuple',
    2,
    ({ sm }) => sm.sub('S', 'set', set(1)),
    '800263736d0a530a71004b018571018571025271037d7104622e',
  ],
  [
    'a bytearray is text at every protocol',
    4,
    ({ sm }) => sm.sub('B', 'bytearray', bytearray([97, 255])),
    '80049523000000000000008c02736d948c01429493948c0361c3bf948c076c6174696e2d3194869452947d94622e',
  ],
  [
    'the name of its codec is one str',
    2,
    ({ sm }) =>
      list(sm.sub('B', 'bytearray', bytearray([97])), sm.sub('B', 'bytearray', bytearray([98]))),
    '80025d71002863736d0a420a7101580100000061710258070000006c6174696e2d3171038671045271057d7106626801580100000062710768038671085271097d710a62652e',
  ],
  [
    'a bytearray without an attribute dict has an empty one for a state',
    2,
    ({ sm }) =>
      new PyObject(
        sm.cls('N', {}, { bases: ['builtins:bytearray'], slots: [] }),
        null,
        bytearray([97]),
      ),
    '800263736d0a4e0a7100580100000061710158070000006c6174696e2d3171028671035271047d7105622e',
  ],
  [
    'a bytearray whose __reduce__ cannot be read is an object',
    2,
    (asked) =>
      asked.with(
        '__reduce__',
        raises('AttributeError'),
        asked.sm.sub('BR', 'bytearray', bytearray([97])),
      ),
    '800263736d0a42520a7100298171012e',
  ],
  [
    'a set whose __reduce__ raises is an object',
    2,
    (asked) => asked.with('__reduce__', raises('ValueError'), asked.sm.sub('SR', 'set', set(1))),
    '800263736d0a53520a7100298171012e',
  ],
  [
    'keywords of __getnewargs_ex__',
    4,
    ({ sm }) => sm.newArgsEx('Kw', () => dict([str('a'), 2])),
    '8004951c000000000000008c02736d948c024b779493944b0185947d948c0161944b027392942e',
  ],
  [
    'items of a dict',
    2,
    ({ sm }) => sm.sub('Di', 'dict', dict([1, 2])),
    '800263736d0a44690a7100298171014b014b02732e',
  ],
  [
    'items of a list',
    2,
    ({ sm }) => sm.sub('Li', 'list', list(1)),
    '800263736d0a4c690a7100298171014b01612e',
  ],
  [
    'an object that says it is a dict is asked for items',
    2,
    (asked) => asked.saying('dict', { items: () => list(tuple(1, 2)) }),
    '8002635f5f6275696c74696e5f5f0a646963740a7100298171014b014b02732e',
  ],
  [
    'an object that says it is a list is iterated',
    2,
    (asked) => asked.saying('list', { __iter__: () => listIterator(asked.sm.world, list(1)) }),
    '8002635f5f6275696c74696e5f5f0a6c6973740a7100298171014b01612e',
  ],
  [
    'a partial without keywords has None for them',
    2,
    ({ sm }) => makePartial(sm.world, sm.func2, new PyTuple([]), new PyDict()),
    '80026366756e63746f6f6c730a7061727469616c0a710063736d0a66756e63320a7101857102527103286801294e4e747104622e',
  ],
  [
    'a partial with keywords has a dict',
    2,
    ({ sm }) => makePartial(sm.world, sm.func2, new PyTuple([]), dict([str('a'), 1])),
    '80026366756e63746f6f6c730a7061727469616c0a710063736d0a66756e63320a7101857102527103286801297d710458010000006171054b01734e747106622e',
  ],
])('PYPY-04: %s', (_, protocol, make, written) => {
  const asked = new Asked(protocol)

  expect(asked.dumps(make(asked))).toBe(written)
})

test('PYPY-04: what reading __class__ raises is passed on', () => {
  const asked = new Asked(2)
  const value = asked.with('__class__', raises('ValueError'))

  expect(() => asked.dumps(value)).toThrow(expect.objectContaining({ type: 'ValueError' }))
})

test('PYPY-04: a KeyboardInterrupt in an overridden __reduce__ ends the dump', () => {
  const asked = new Asked(2)
  const value = asked.with('__reduce__', raises('KeyboardInterrupt'))

  expect(() => asked.dumps(value)).toThrow(expect.objectContaining({ type: 'KeyboardInterrupt' }))
})

/** What two numbers are written as that an override reduces: once and a GET, or twice. */
const once = '80025d71002863736d0a66756e63320a71014b018571025271036803652e'
const twice = '80025d71002863736d0a66756e63320a71014b0185710252710368016802527104652e'
const nan = () => Uint8Array.of(127, 248, 0, 0, 0, 0, 0, 0)

test.each<[string, string, (asked: Asked) => readonly PyValue[]]>([
  ['equal ints are one', once, ({ sm }) => [3000, 3000].map((n) => freshInt(sm.world, n))],
  [
    'equal ints beyond 2**53 are one',
    once,
    ({ sm }) => [2n ** 70n, 2n ** 70n].map((n) => freshInt(sm.world, n)),
  ],
  ['equal floats are one', once, ({ sm }) => [1.5, 1.5].map((n) => freshFloat(sm.world, n))],
  ['zeros of two signs are two', twice, ({ sm }) => [-0, 0].map((n) => freshFloat(sm.world, n))],
  [
    'NaNs of the same bits are one',
    once,
    ({ sm }) => [nan(), nan()].map((bits) => freshFloat(sm.world, Number.NaN, bits)),
  ],
])('PYPY-02: %s', (_, written, make) => {
  const asked = new Asked(2, true)
  const numbers = make(asked)
  // A constant.
  const args = tuple(1)
  const override = asked.sm.lambda((object = null) =>
    numbers.includes(object) ? tuple(asked.sm.func2, args) : asked.sm.world.notImplemented,
  )

  expect(asked.dumps(list(...numbers), { reducer_override: override })).toBe(written)
})

test('PYPY-02: what an instance of a subclass of float is made of is its own', () => {
  const asked = new Asked(2)
  const value = float(1.5)
  const seen: PyValue[] = []
  const persistentId = asked.sm.lambda((object = null) => {
    seen.push(object)
    return null
  })
  asked.dumps(asked.sm.sub('Fl', 'float', value), { persistent_id: persistentId })

  expect(seen).toContain(value)
})

test('PYPY-02: the bytes of an instance of a subclass below protocol 2 are its own', () => {
  const asked = new Asked(1)
  const value = bytes([97, 98])
  const seen: PyValue[] = []
  const persistentId = asked.sm.lambda((object = null) => {
    seen.push(object)
    return null
  })
  asked.dumps(asked.sm.sub('Y', 'bytes', value), { persistent_id: persistentId })

  expect(seen).toContain(value)
})
