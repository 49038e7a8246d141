import { floatRepr } from '../codecs/float.ts'
import { encodeLong } from '../codecs/long.ts'
import type { Writer } from '../codecs/writer.ts'
import { PickleError } from '../errors.ts'
import type { PyFloat, PyValue } from '../values/value.ts'
import {
  BINFLOAT,
  BININT,
  BININT1,
  BININT2,
  FLOAT,
  INT,
  LONG,
  LONG1,
  LONG4,
  NEWFALSE,
  NEWTRUE,
  NONE,
} from './codes.ts'
import type { Pickling } from './pickling.ts'

const leastInt32 = -0x8000_0000
const greatestInt32 = 0x7fff_ffff
const lineFeed = 0x0a

/** Decimal text is refused beyond this many digits. */
const mostDigits = 4300

/**
 * Writes None, a bool, an int or a float, and says whether it was one.
 *
 * @clause SAVE-03 ATOM-01
 */
export function saveAtom(p: Pickling, value: PyValue): boolean {
  if (typeof value === 'number') saveInt(p, value)
  else if (value === null) p.writer.u8(NONE)
  else if (typeof value === 'object') {
    if (value.kind === 'float') saveFloat(p, value)
    else if (value.kind === 'int') saveInt(p, value.value)
    else return false
  } else if (typeof value === 'boolean') saveBool(p, value)
  else saveInt(p, value)
  p.framer.endPiece()
  return true
}

function saveBool(p: Pickling, value: boolean): void {
  if (p.protocol >= 2) p.writer.u8(value ? NEWTRUE : NEWFALSE)
  else {
    p.writer.u8(INT)
    p.writer.ascii(value ? '01\n' : '00\n')
  }
}

/** @clause ATOM-11 */
function saveInt(p: Pickling, value: number | bigint): void {
  const { writer } = p
  if (typeof value === 'bigint' || value < leastInt32 || value > greatestInt32) {
    saveLong(p, value)
  } else if (!p.isBinary) {
    writer.u8(INT)
    writer.ascii(`${value}\n`)
  } else if (value >= 0 && value <= 0xff) {
    writer.u8s(BININT1, value)
  } else if (value >= 0 && value <= 0xffff) {
    writer.u8(BININT2)
    writer.u16le(value)
  } else {
    writer.u8(BININT)
    writer.u32le(value)
  }
}

/** @clause ATOM-10 ATOM-12 ATOM-13 */
function saveLong(p: Pickling, value: number | bigint): void {
  const { writer } = p
  if (p.protocol >= 2) {
    if (typeof value === 'number') writeSafeLong(writer, value)
    else writeBigLong(writer, value)
    return
  }
  const digits = String(value)
  if (digits.length - (value < 0 ? 1 : 0) > mostDigits) throw tooManyDigits(p)
  writer.u8(LONG)
  writer.ascii(digits)
  writer.ascii('L\n')
}

/** Seven bytes at most, the last of which begins with the sign. */
function writeSafeLong(writer: Writer, value: number): void {
  const start = writer.length
  writer.u8s(LONG1, 0)
  let rest = value
  let low: number
  do {
    low = rest & 0xff
    writer.u8(low)
    rest = (rest - low) / 0x100
  } while (rest !== (low < 0x80 ? 0 : -1))
  writer.setU8(start + 1, writer.length - start - 2)
}

function writeBigLong(writer: Writer, value: bigint): void {
  const bytes = encodeLong(value)
  if (bytes.length < 256) writer.u8s(LONG1, bytes.length)
  else {
    writer.u8(LONG4)
    writer.u32le(bytes.length)
  }
  writer.bytes(bytes)
}

function tooManyDigits({ profile }: Pickling): PickleError {
  const unit = profile.release[1] >= 11 ? ' digits' : ''
  return new PickleError(
    'ValueError',
    `Exceeds the limit (${mostDigits}${unit}) for integer string conversion; ` +
      'use sys.set_int_max_str_digits() to increase the limit',
  )
}

/** @clause ATOM-20 */
function saveFloat(p: Pickling, value: PyFloat): void {
  const { writer } = p
  if (!p.isBinary) {
    writer.u8(FLOAT)
    writer.ascii(floatRepr(value.value))
    writer.u8(lineFeed)
    return
  }
  writer.u8(BINFLOAT)
  if (value.bits === null) writer.f64be(value.value)
  else writer.bytes(value.bits)
}
