import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { profile } from '../profiles.ts'
import { bytearray, classOf, instance } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import { repr } from '../values/repr.ts'
import { PyByteArray, PyFunction, type PyValue } from '../values/value.ts'
import { contentOf } from './contents.ts'
import { knownNames } from './load-names.ts'
import { Unpickler, type UnpicklerInit } from './unpickler.ts'
import { plainUnpickler } from './unpickler-class.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

function loaded(release: string, pickle: string, init: UnpicklerInit = {}) {
  const followed = profile(`cpython-${release}-c`)
  const world = createWorld(followed.release)
  const options = { names: knownNames(world), ...init }
  const value = new Unpickler(world, followed, plainUnpickler, options, latin1(pickle)).load()
  return { world, value }
}

/** The repr of what is loaded, or how the load is refused. */
function told(release: string, pickle: string, init?: UnpicklerInit): string {
  try {
    const { world, value } = loaded(release, pickle, init)
    return repr(world, value)
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return `${error.type}: ${error.message}`
  }
}

const str = (text: string): string => `V${text}\n`
const int = (value: number | bigint): string => `L${value}L\n`
const bytes = (text: string): string => `C${String.fromCharCode(text.length)}${text}`
const imaginary = `cbuiltins\ncomplex\n(${int(0)}${int(1)}tR`
const ascii = str('ascii')
const strict = str('strict')

const call = (name: string, ...args: string[]): string => `cbuiltins\n${name}\n(${args.join('')}tR.`

/** `cls.__new__(cls, *args, **keywords)`. */
function made(name: string, args: string[], keywords: Readonly<Record<string, string>>): string {
  const named = Object.entries(keywords).map(([key, value]) => str(key) + value)
  return `cbuiltins\n${name}\n(${args.join('')}t}(${named.join('')}u\x92.`
}

const manyOnes = '1'.repeat(4301)
const tooLong = (count = 4301, unit = ' digits'): string =>
  `ValueError: Exceeds the limit (4300${unit}) for integer string conversion: value has ` +
  `${count} digits; use sys.set_int_max_str_digits() to increase the limit`
const invalid = (said: string, base = 10): string =>
  `ValueError: invalid literal for int() with base ${base}: ${said}`
const outOfBase = 'ValueError: int() base must be >= 2 and <= 36, or 0'

// What Python 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1 and 3.13.0 give, all of them the same.
describe.each(['3.8', '3.13'])('Python %s', (release) => {
  test.each([
    ['bytes([256])', call('bytes', `](${int(256)}e`), 'ValueError: bytes must be in range(0, 256)'],
    ['bytes([-1])', call('bytes', `](${int(-1)}e`), 'ValueError: bytes must be in range(0, 256)'],
    ['bytes([255])', call('bytes', `](${int(255)}e`), "b'\\xff'"],
    [
      'bytearray([256])',
      call('bytearray', `](${int(256)}e`),
      'ValueError: byte must be in range(0, 256)',
    ],
    ['bytearray([255])', call('bytearray', `](${int(255)}e`), "bytearray(b'\\xff')"],
    ...[
      call('bytes', int(5), ascii),
      made('bytes', [], { encoding: ascii }),
      made('bytes', [int(5)], { encoding: ascii, errors: strict }),
      call('bytearray', int(5), ascii),
    ].map((pickle) => [
      'an encoding for what is no str',
      pickle,
      'TypeError: encoding without a string argument',
    ]),
    ...[made('bytes', [], { errors: strict }), made('bytes', [int(5)], { errors: strict })].map(
      (pickle) => [
        'errors for what is no str',
        pickle,
        'TypeError: errors without a string argument',
      ],
    ),
    ['str("a", "ascii")', call('str', str('a'), ascii), 'TypeError: decoding str is not supported'],
    ['str(b"a", "ascii")', call('str', bytes('a'), ascii), "'a'"],
    ['str(b"", "ascii")', call('str', bytes(''), ascii), "''"],
    [
      'int(nan)',
      call('int', 'G\x7f\xf8\0\0\0\0\0\0'),
      'ValueError: cannot convert float NaN to integer',
    ],
    ['int(b"x")', call('int', bytes('x')), invalid("b'x'")],
    ['int(bytearray(b"x"))', call('int', '\x96\x01\0\0\0\0\0\0\0x'), invalid("b'x'")],
    ['int(b"5", 2)', call('int', bytes('5'), int(2)), invalid("b'5'", 2)],
    ['int("5", 37)', call('int', str('5'), int(37)), outOfBase],
    ['int("5", 1)', call('int', str('5'), int(1)), outOfBase],
    ['int("z", 36)', call('int', str('z'), int(36)), '35'],
    ['int("5", 2)', call('int', str('5'), int(2)), invalid("'5'", 2)],
    ['int("012", 0)', call('int', str('012'), int(0)), invalid("'012'", 0)],
    [
      'range(1, 2, 3, 4)',
      call('range', ...[1, 2, 3, 4].map(int)),
      'TypeError: range expected at most 3 arguments, got 4',
    ],
    [
      'slice(1, 2, 3, 4)',
      call('slice', ...[1, 2, 3, 4].map(int)),
      'TypeError: slice expected at most 3 arguments, got 4',
    ],
    ['slice()', call('slice'), 'TypeError: slice expected at least 1 argument, got 0'],
    ['range(1, 2, 3)', call('range', ...[1, 2, 3].map(int)), 'range(1, 2, 3)'],
    ['slice(1, 2, 3)', call('slice', ...[1, 2, 3].map(int)), 'slice(1, 2, 3)'],
    ['range(2**70)', call('range', int(2n ** 70n)), `range(0, ${2n ** 70n})`],
    ['complex(imag=1)', made('complex', [], { imag: int(1) }), '1j'],
    ['complex(imag=1j)', made('complex', [], { imag: imaginary }), '(-1+0j)'],
    ['complex(1j, 2)', call('complex', imaginary, int(2)), '3j'],
    ['complex(real="1")', made('complex', [], { real: str('1') }), '(1+0j)'],
  ])('%s', (_, pickle, wanted) => {
    expect(told(release, pickle)).toBe(wanted)
  })

  test('up to 200 characters of a literal that is no int are told', () => {
    for (const [count, rest] of [
      [198, "'"],
      [199, ''],
      [300, ''],
    ] as const) {
      const said = `'${'x'.repeat(Math.min(count, 199))}${rest}`
      expect(told(release, call('int', str('x'.repeat(count))))).toBe(invalid(said))
    }
  })
})

// What Python 3.8.18 to 3.13.0 say, and 3.14.2.
test.each([
  ['3.8', call('range'), 'TypeError: range expected 1 argument, got 0'],
  ['3.9', call('range'), 'TypeError: range expected at least 1 argument, got 0'],
  ['3.9', call('range', '\x88', '\x89'), 'range(True, False)'],
  ['3.10', call('range', '\x88', '\x89'), 'range(1, 0)'],
  ['3.8', call('int', str('\\u9ffc')), invalid("'\\u9ffc'")],
  ['3.10', call('int', str('\\u9ffc')), invalid("'\u9ffc'")],
  ['3.10', call('int', str(manyOnes)), tooLong(4301, '')],
  ['3.11', call('int', str(manyOnes)), tooLong()],
  ['3.11', call('int', str(`${manyOnes}x`)), tooLong()],
  ['3.11', call('int', str(`x${manyOnes}`)), invalid(`'x${'1'.repeat(198)}`)],
  ['3.12', call('int', str(`${manyOnes}x`)), invalid(`'${'1'.repeat(199)}`)],
])('Python %s: %#', (release, pickle, wanted) => {
  expect(told(release, pickle)).toBe(wanted)
})

// What Python 3.13.0 and 3.14.2 give.
describe('the digits of an int in text', () => {
  const hex = (digit: string): string => `0x${digit.repeat(4301)}`

  test.each([
    ['are too many in base 3', str(manyOnes), 3, tooLong()],
    ['are too many in base 36, be they letters', str('a'.repeat(4301)), 36, tooLong()],
    ['are too many with a sign', str(`-${manyOnes}`), 10, tooLong()],
    ['are too many without the underscores', str('1_'.repeat(4300) + 1), 10, tooLong()],
    ['are too many in base 0', str(manyOnes), 0, tooLong()],
    ['are too many before a leading zero is wrong', str(`0${manyOnes}`), 0, tooLong(4302)],
    ['may be wrong first', str(`1${'8'.repeat(4301)}`), 7, invalid(`'1${'8'.repeat(198)}`, 7)],
  ])('%s', (_, text, base, wanted) => {
    expect(told('3.13', call('int', text, int(base)))).toBe(wanted)
  })

  test.each([[10, 4300], ...[2, 4, 8, 16, 32].map((base): [number, number] => [base, 4301])])(
    'of base %i may be %i',
    (base, count) => {
      const wanted = (BigInt(base) ** BigInt(count) - 1n) / BigInt(base - 1)
      const { value } = loaded('3.13', call('int', str('1'.repeat(count)), int(base)))

      expect(contentOf(value)).toMatchObject({ value: wanted })
    },
  )

  test('have no limit after 0x', () => {
    const { value } = loaded('3.13', call('int', str(hex('f')), int(0)))

    expect(contentOf(value)).toMatchObject({ value: 16n ** 4301n - 1n })
  })
})

// What Python 3.8.18 and 3.13.0 say, and 3.14.2 and 3.15.0rc1.
test.each([
  [
    'complex(1, "a")',
    call('complex', int(1), str('a')),
    "complex() second arg can't be a string",
    "complex() argument 'imag' must be a real number, not str",
  ],
  [
    'complex("1", 1)',
    call('complex', str('1'), int(1)),
    "complex() can't take second arg if first is a string",
    "complex() argument 'real' must be a real number, not str",
  ],
  [
    'complex("1", imag=1)',
    made('complex', [str('1')], { imag: int(1) }),
    "complex() can't take second arg if first is a string",
    "complex() argument 'real' must be a real number, not str",
  ],
  [
    'complex([])',
    call('complex', ']'),
    "complex() first argument must be a string or a number, not 'list'",
    'complex() argument must be a string or a number, not list',
  ],
  [
    'complex(real=[])',
    made('complex', [], { real: ']' }),
    "complex() first argument must be a string or a number, not 'list'",
    "complex() argument 'real' must be a real number, not list",
  ],
  [
    'complex([], "a")',
    call('complex', ']', str('a')),
    "complex() second arg can't be a string",
    "complex() argument 'real' must be a real number, not list",
  ],
  [
    'complex(imag="a")',
    made('complex', [], { imag: str('a') }),
    "complex() second arg can't be a string",
    "complex() argument 'imag' must be a real number, not str",
  ],
  [
    'complex(1, None)',
    call('complex', int(1), 'N'),
    "complex() second argument must be a number, not 'NoneType'",
    "complex() argument 'imag' must be a real number, not NoneType",
  ],
])('%s is refused', (_, pickle, before, since) => {
  for (const release of ['3.8', '3.13']) expect(told(release, pickle)).toBe(`TypeError: ${before}`)
  for (const release of ['3.14', '3.15']) expect(told(release, pickle)).toBe(`TypeError: ${since}`)
})

test('from 3.14 on complex takes a text by position alone', () => {
  expect(told('3.14', call('complex', str('1')))).toBe('(1+0j)')
  expect(told('3.14', made('complex', [], { real: str('1') }))).toBe(
    "TypeError: complex() argument 'real' must be a real number, not str",
  )
})

// What Python 3.13.0 says, and the 3.14.2 of 32 bits; there the largest counts end it.
describe('a count of bytes', () => {
  const tooLarge = 'OverflowError: byte string is too large'
  const noIndex = "OverflowError: cannot fit 'int' into an index-sized integer"
  const most = { 32: 2n ** 31n - 1n, 64: 2n ** 63n - 1n } as const

  test.each([
    ['bytes', 64, 0n, tooLarge],
    ['bytes', 64, -32n, tooLarge],
    ['bytes', 64, -33n, 'MemoryError: '],
    ['bytes', 64, 1n, noIndex],
    ['bytearray', 64, 0n, 'MemoryError: '],
    ['bytearray', 64, 1n, noIndex],
    ['bytes', 32, 0n, tooLarge],
    ['bytes', 32, -16n, tooLarge],
    ['bytes', 32, -17n, 'MemoryError: '],
    ['bytes', 32, 1n, noIndex],
  ] as const)('%s of %i bits, %i from the largest index', (name, wordSize, more, wanted) => {
    const pickle = call(name, int(most[wordSize] + more))

    expect(told('3.14', pickle, { wordSize })).toBe(wanted)
  })

  test.each([
    [-1n, 'ValueError: negative count'],
    [-(2n ** 63n), 'ValueError: negative count'],
    [-(2n ** 63n) - 1n, noIndex],
  ])('below zero, %i', (count, wanted) => {
    expect(told('3.13', call('bytes', int(count)))).toBe(wanted)
  })

  test('may be 2**28, which is the most that the reference makes', () => {
    const { value } = loaded('3.13', call('bytearray', int(2 ** 28)))

    expect(value instanceof PyByteArray && value.data.length).toBe(2 ** 28)
    expect(told('3.13', call('bytearray', int(2 ** 28 + 1)))).toBe('MemoryError: ')
  })
})

// What Python 3.8.18 and 3.13.0 do.
test('a bytearray that __new__ gives again is emptied', () => {
  const followed = profile('cpython-3.13-c')
  const world = createWorld(followed.release)
  const cls = classOf(world, 'Same', { bases: [world.knownClass('builtins:bytearray')] })
  const content = bytearray([97, 98])
  const same = instance(world, cls, {}, content)
  cls.namespace.set(
    '__new__',
    new PyFunction({
      type: world.knownClass('builtins:function'),
      name: '__new__',
      qualname: world.intern('__new__'),
      module: world.intern('scenario'),
      call: () => same,
    }),
  )
  const bound = new Map<string, PyValue>([['scenario:Same', cls]])
  const names = knownNames(world, { bound, named: new Set() })
  const pickle = latin1('cscenario\nSame\n)R.')

  expect(new Unpickler(world, followed, plainUnpickler, { names }, pickle).load()).toBe(same)
  expect(content.data).toHaveLength(0)
})
