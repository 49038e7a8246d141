import { expect, test } from 'vitest'
import { again, call } from './fixtures/again.ts'

const array = (code: string, items: readonly string[]): readonly string[] =>
  call('"array" "array"', `SHORT_BINUNICODE "${code}"`, 'EMPTY_LIST', 'MARK', ...items, 'APPENDS')

const fromBytes = (code: string, number: number, hex: string): readonly string[] => [
  'PROTO 4',
  ...call(
    '"array" "_array_reconstructor"',
    'GLOBAL "array" "array"',
    `SHORT_BINUNICODE "${code}"`,
    `BININT1 ${number}`,
    `SHORT_BINBYTES x'${hex}'`,
  ),
]

test.each([
  ['B', 0, 'ff', 'BININT1 255'],
  ['b', 1, 'ff', 'BININT -1'],
  ['H', 2, 'feff', 'BININT2 65534'],
  ['h', 4, 'feff', 'BININT -2'],
  ['Q', 10, '0000000000000010', 'LONG1 1152921504606846976'],
  ['u', 20, 'ffff1000', 'BINUNICODE "\u{10ffff}"'],
])('an array of %s has its items below protocol 3, and their bytes from then on', (...given) => {
  const [code, number, hex, item] = given
  const pickle = fromBytes(code, number, hex)
  const written = again(pickle, 2)

  expect(written).toContain(`BINUNICODE "${code}" EMPTY_LIST ${item} APPEND TUPLE2 REDUCE STOP`)
  expect(again(['PROTO 2', ...array(code, [item])], 2)).toBe(written)
  expect(again(['PROTO 2', ...array(code, [item])], 3)).toBe(again(pickle, 3))
  expect(again(pickle, 3)).toContain(`BININT1 ${number} SHORT_BINBYTES x'${hex}' TUPLE REDUCE STOP`)
})

test('an array with a character beyond Unicode, which no load gives, has its bytes', () => {
  expect(again(fromBytes('u', 20, '00001100'), 2)).toMatch(
    /"_array_reconstructor" .* "_codecs" "encode" BINUNICODE "\\u0000\\u0000\\u0011\\u0000"/,
  )
})

test('what is no number is zero in an array of numbers', () => {
  expect(again(['PROTO 2', ...array('d', ['NONE', 'BININT1 1'])], 3)).toContain(
    "SHORT_BINBYTES x'0000000000000000000000000000f03f'",
  )
})
