import { describe, expect, test } from 'vitest'
import { bytesOfHex, hexOfBytes } from '../codecs/hex.ts'
import { encodeLatin1 } from '../codecs/text.ts'
import { PickleError } from '../errors.ts'
import {
  type Argument,
  type ArgumentForm,
  type ArgumentKind,
  argumentForms,
  floatArgumentOf,
} from './arguments.ts'

const formOf = (kind: ArgumentKind): ArgumentForm => argumentForms[kind]

const kinds = Object.keys(argumentForms) as ArgumentKind[] // keys of a literal

const int = (value: number | bigint): Argument => ({ kind: 'int', value })
const str = (value: string): Argument => ({ kind: 'str', value })
const bytes = (hex: string): Argument => ({ kind: 'bytes', value: bytesOfHex(hex) })

const ascii = (text: string): string => hexOfBytes(encodeLatin1(text))

describe('arguments and the bytes that Python gives them', () => {
  test.each<[ArgumentKind, Argument, string]>([
    ['none', { kind: 'none' }, ''],
    ['uint1', int(0), '00'],
    ['uint1', int(255), 'ff'],
    ['uint2', int(0xff01), '01ff'],
    ['int4', int(-2), 'feffffff'],
    ['int4', int(-(2 ** 31)), '00000080'],
    ['int4', int(2 ** 31 - 1), 'ffffff7f'],
    ['uint4', int(2 ** 32 - 1), 'ffffffff'],
    ['uint8', int(256), '0001000000000000'],
    ['uint8', int(2n ** 64n - 1n), 'ffffffffffffffff'],
    ['float8', floatArgumentOf(1.5), '3ff8000000000000'],
    ['float8', floatArgumentOf(0xfff0000000000001n), 'fff0000000000001'],
    ['decimalnl_short', int(-12), ascii('-12')],
    ['decimalnl_short', { kind: 'bool', value: true }, ascii('01')],
    ['decimalnl_short', { kind: 'bool', value: false }, ascii('00')],
    ['decimalnl_long', int(2n ** 70n), ascii('1180591620717411303424L')],
    ['floatnl', floatArgumentOf(1e16), ascii('1e+16')],
    ['floatnl', floatArgumentOf(Number.NEGATIVE_INFINITY), ascii('-inf')],
    ['long1', int(-128), '80'],
    ['long1', int(0), ''],
    ['long4', int(255), 'ff00'],
    ['stringnl', bytes('61270a'), ascii('"a\'\\n"')],
    ['string1', bytes('e9'), 'e9'],
    ['string4', bytes('e9'), 'e9'],
    ['stringnl_noescape', str('a\\é'), '615cc3a9'],
    ['stringnl_noescape_pair', { kind: 'global', module: 'mö', name: 'a.b' }, '6dc3b60a612e62'],
    ['unicodestringnl', str('a\\€'), ascii('a\\u005c\\u20ac')],
    ['unicodestring1', str('é'), 'c3a9'],
    ['unicodestring4', str('\ud800'), 'eda080'],
    ['unicodestring8', str('😀'), 'f09f9880'],
    ['bytes1', bytes('00'), '00'],
    ['bytes4', bytes('01'), '01'],
    ['bytes8', bytes('02'), '02'],
    ['bytearray8', bytes('03'), '03'],
  ])('%s %o', (kind, argument, hex) => {
    expect(hexOfBytes(formOf(kind).encode(argument))).toBe(hex)
    expect(formOf(kind).decode(bytesOfHex(hex))).toEqual(argument)
  })
})

test.each<[ArgumentKind, string, Argument]>([
  ['decimalnl_short', ' +1_0 ', int(10)],
  ['decimalnl_short', '-0', int(0)],
  ['decimalnl_short', '000', int(0)],
  ['decimalnl_long', '5', int(5)],
  ['floatnl', '-nan', { kind: 'float', value: Number.NaN, bits: 0xfff8000000000000n }],
  ['floatnl', '1e999', floatArgumentOf(Number.POSITIVE_INFINITY)],
  ['stringnl', '"\\x41"', bytes('41')],
  ['stringnl', "''", bytes('')],
])('%s reads %j', (kind, line, argument) => {
  expect(formOf(kind).decode(encodeLatin1(line))).toEqual(argument)
})

test.each<[ArgumentKind, string, string, string]>([
  ['decimalnl_short', '1\0', 'ValueError', "invalid literal for int() with base 10: b'1\\x00'"],
  ['decimalnl_short', '5L', 'ValueError', "invalid literal for int() with base 10: b'5L'"],
  ['decimalnl_long', '5LL', 'ValueError', "invalid literal for int() with base 10: b'5L'"],
  [
    'decimalnl_long',
    'x'.repeat(300),
    'ValueError',
    `invalid literal for int() with base 10: b'${'x'.repeat(198)}`,
  ],
  [
    'decimalnl_long',
    '1'.repeat(4301),
    'ValueError',
    'Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; ' +
      'use sys.set_int_max_str_digits() to increase the limit',
  ],
  ['floatnl', '1.5x', 'ValueError', "could not convert string to float: b'1.5x'"],
  ['stringnl', 'ab', 'UnpicklingError', 'the STRING opcode argument must be quoted'],
  ['stringnl', "'", 'UnpicklingError', 'the STRING opcode argument must be quoted'],
  ['stringnl', '\'ab"', 'UnpicklingError', 'the STRING opcode argument must be quoted'],
  ['stringnl', "'\\'", 'ValueError', 'Trailing \\ in string'],
  [
    'stringnl_noescape',
    'é',
    'UnicodeDecodeError',
    "'utf-8' codec can't decode byte 0xe9 in position 0: unexpected end of data",
  ],
  [
    'unicodestringnl',
    '\\u12',
    'UnicodeDecodeError',
    "'rawunicodeescape' codec can't decode bytes in position 0-3: truncated \\uXXXX escape",
  ],
  [
    'unicodestring1',
    'ÿ',
    'UnicodeDecodeError',
    "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
  ],
])('%s refuses %j', (kind, line, type, message) => {
  const decoding = () => formOf(kind).decode(encodeLatin1(line))

  expect(decoding).toThrow(PickleError)
  expect(decoding).toThrow(expect.objectContaining({ type, message }))
})

test.each<[ArgumentKind, Argument, string]>([
  ['uint1', int(256), '256 does not fit: wanted 0 to 255'],
  ['uint1', int(-1), '-1 does not fit: wanted 0 to 255'],
  ['int4', int(2 ** 31), '2147483648 does not fit: wanted -2147483648 to 2147483647'],
  ['int4', int(-(2 ** 31) - 1), '-2147483649 does not fit: wanted -2147483648 to 2147483647'],
  ['uint8', int(2n ** 64n), '18446744073709551616 does not fit: wanted 0 to 18446744073709551615'],
])('%s does not hold %o', (kind, argument, message) => {
  expect(() => formOf(kind).encode(argument)).toThrow(new RangeError(message))
})

test.each(kinds)('%s takes no argument of another kind', (kind) => {
  const other: Argument = kind === 'none' ? int(1) : { kind: 'none' }

  expect(() => formOf(kind).encode(other)).toThrow(TypeError)
})
