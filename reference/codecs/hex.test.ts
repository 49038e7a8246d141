import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NotationError } from '../errors.ts'
import { bytesOfHex, hexOfBytes } from './hex.ts'

test('hex is what Buffer makes of bytes, and comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const hex = hexOfBytes(bytes)

      expect(hex).toBe(Buffer.from(bytes).toString('hex'))
      expect(bytesOfHex(hex)).toEqual(bytes)
      expect(bytesOfHex(hex.toUpperCase())).toEqual(bytes)
    }),
  )
})

test.each([
  ['80g5', 2, 'column 3: "g" is not a hex digit'],
  ['80 05', 2, 'column 3: " " is not a hex digit'],
  ['800', 3, 'column 4: 3 hex digits are an odd number: wanted two for each byte'],
])('%j is refused with its place', (hex, column, message) => {
  expect(() => bytesOfHex(hex)).toThrow(NotationError)
  expect(() => bytesOfHex(hex)).toThrow(expect.objectContaining({ column, message }))
})
