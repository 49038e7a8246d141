import { expect, test } from 'vitest'
import { hexOfBytes } from '../codecs/hex.ts'
import { Writer } from '../codecs/writer.ts'
import { writeBytesHeader, writeTextHeader } from './payload-headers.ts'

const headers = { bytes: writeBytesHeader, text: writeTextHeader }
const fourGiB = 2 ** 32

test.each<['bytes' | 'text', number, number, string]>([
  ['bytes', 3, 255, '43ff'],
  ['bytes', 3, 256, '4200010000'],
  ['bytes', 4, fourGiB - 1, '42ffffffff'],
  ['bytes', 4, fourGiB, '8e0000000001000000'],
  ['text', 1, 255, '58ff000000'],
  ['text', 4, 255, '8cff'],
  ['text', 4, 256, '5800010000'],
  ['text', 4, fourGiB, '8d0000000001000000'],
])('%s at protocol %i, %i of them: %s', (kind, protocol, byteLength, hex) => {
  const writer = new Writer()

  headers[kind](writer, protocol, byteLength)

  expect(hexOfBytes(writer.take())).toBe(hex)
})

test.each<['bytes' | 'text', string]>([
  ['bytes', 'serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher'],
  ['text', 'serializing a string larger than 4 GiB requires pickle protocol 4 or higher'],
])('more %s than four bytes can count are refused at protocol 3', (kind, message) => {
  expect(() => headers[kind](new Writer(), 3, fourGiB)).toThrow(
    expect.objectContaining({ type: 'OverflowError', message }),
  )
})
