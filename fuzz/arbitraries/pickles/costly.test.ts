import { expect, test } from 'vitest'
import { bytesOfHex } from '../../../reference/index.ts'
import { declaresLong, declaresMuch, growsMemo } from './costly.ts'

test.each([
  ['bytes of 2 GiB', '4200000080', true],
  ['bytes of two', '42020000006162', false],
  [
    'bytes whose length goes on behind the end of a frame',
    '9502000000000000004202000000616228',
    true,
  ],
  ['eight bytes of length', '8e0000000001000000', true],
  ['a text of 2 GiB, which is made piece by piece', '5800000080', false],
])('of %s it is told whether C makes room for them at once', (_, hex, isMuch) => {
  expect(declaresMuch(bytesOfHex(hex))).toBe(isMuch)
})

test('a long text is one that a buffered reader makes room for', () => {
  expect(declaresLong(bytesOfHex('5800000080'))).toBe(true)
  expect(declaresLong(bytesOfHex('5802000000'))).toBe(false)
})

test('a far index grows the memo, in digits or in bytes', () => {
  expect(growsMemo(bytesOfHex('7231313131'))).toBe(true)
  expect(growsMemo(Buffer.from('p1234567\n', 'latin1'))).toBe(true)
  expect(growsMemo(bytesOfHex('7201000000'))).toBe(false)
})
