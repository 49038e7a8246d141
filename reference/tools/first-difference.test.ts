import { expect, test } from 'vitest'
import { encodeLatin1 } from '../codecs/text.ts'
import { compareInstructions } from './first-difference.ts'

const compare = (left: string, right: string) =>
  compareInstructions(encodeLatin1(left), encodeLatin1(right))

test('equal pickles differ nowhere', () => {
  expect(compare('N.', 'N.')).toEqual({
    pairs: [
      { left: { offset: 0, text: 'NONE' }, right: { offset: 0, text: 'NONE' } },
      { left: { offset: 1, text: 'STOP' }, right: { offset: 1, text: 'STOP' } },
    ],
    firstDifference: undefined,
  })
})

test('the first instruction that differs is found by its index, whatever the offsets', () => {
  const { pairs, firstDifference } = compare('K\x05K\x01\x86.', 'K\x05M\x01\x00\x86.')

  expect(firstDifference).toBe(1)
  expect(pairs[1]).toEqual({
    left: { offset: 2, text: 'BININT1 1' },
    right: { offset: 2, text: 'BININT2 1' },
  })
  expect(pairs[2]).toEqual({
    left: { offset: 4, text: 'TUPLE2' },
    right: { offset: 5, text: 'TUPLE2' },
  })
})

test('one that has ended differs from one that goes on', () => {
  const { pairs, firstDifference } = compare('N', 'N.')

  expect(firstDifference).toBe(1)
  expect(pairs[1]).toEqual({ left: undefined, right: { offset: 1, text: 'STOP' } })
})

test('what cannot be read is the last instruction', () => {
  const { pairs, firstDifference } = compare('N\x8c\x05ab', 'N\x8c\x05ac')

  expect(firstDifference).toBe(1)
  expect(pairs).toHaveLength(2)
  expect(pairs[1]?.left).toEqual({
    offset: 1,
    text: "(expected 5 bytes in a unicodestring1, but only 2 remain) x'8c056162'",
  })
})

test('spellings of one value differ', () => {
  expect(compare('I5\n.', 'I05\n.').firstDifference).toBe(0)
  expect(compare('', '')).toEqual({ pairs: [], firstDifference: undefined })
})
