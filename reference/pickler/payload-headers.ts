import type { Writer } from '../codecs/writer.ts'
import { PickleError } from '../errors.ts'
import {
  BINBYTES,
  BINBYTES8,
  BINUNICODE,
  BINUNICODE8,
  SHORT_BINBYTES,
  SHORT_BINUNICODE,
} from './codes.ts'

const greatestUint32 = 0xffff_ffff

/**
 * Writes the instruction for so many bytes of UTF-8, protocol 1 and above.
 *
 * @clause ATOM-42
 * @throws {PickleError} OverflowError, beyond four bytes' worth below protocol 4
 */
export function writeTextHeader(writer: Writer, protocol: number, byteLength: number): void {
  if (byteLength <= 0xff && protocol >= 4) {
    writer.u8s(SHORT_BINUNICODE, byteLength)
  } else writeWide(writer, protocol, byteLength, 'string', BINUNICODE, BINUNICODE8)
}

/**
 * Writes the instruction for so many bytes, protocol 3 and above.
 *
 * @clause ATOM-31
 * @throws {PickleError} OverflowError, beyond four bytes' worth at protocol 3
 */
export function writeBytesHeader(writer: Writer, protocol: number, byteLength: number): void {
  if (byteLength <= 0xff) {
    writer.u8s(SHORT_BINBYTES, byteLength)
  } else writeWide(writer, protocol, byteLength, 'bytes object', BINBYTES, BINBYTES8)
}

function writeWide(
  writer: Writer,
  protocol: number,
  byteLength: number,
  what: string,
  four: number,
  eight: number,
): void {
  if (byteLength <= greatestUint32) {
    writer.u8(four)
    writer.u32le(byteLength)
    return
  }
  if (protocol < 4) {
    throw new PickleError(
      'OverflowError',
      `serializing a ${what} larger than 4 GiB requires pickle protocol 4 or higher`,
    )
  }
  writer.u8(eight)
  writer.u64le(byteLength)
}
