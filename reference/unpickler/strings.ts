import type { PythonInt } from '../codecs/long.ts'
import { decodeRawUnicodeEscape } from '../codecs/raw-unicode-escape.ts'
import type { StrContent } from '../codecs/str-content.ts'
import { decodeStringEscapes } from '../codecs/string-escapes.ts'
import { decodeUtf8 } from '../codecs/utf8.ts'
import { PickleError } from '../errors.ts'
import { freshBytes } from '../values/fresh.ts'
import { mostMemory, outOfMemory } from '../values/memory.ts'
import { PyByteArray, PyBytes, PyStr } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { codecFailure } from './codec-failure.ts'
import { decodeWith } from './codecs.ts'
import { unpicklingError } from './errors.ts'
import { int32, uint32, uint64 } from './numbers.ts'
import type { Unpickling } from './unpickling.ts'

/** A str object as decoding makes it: there is one of each character of latin-1 (MODEL-03). */
export function strOf(world: World, content: StrContent): PyStr {
  if (content.length > 1 || typeof content !== 'string') return new PyStr(content)
  if (content === '') return world.emptyStr
  const code = content.charCodeAt(0)
  return code < 0x100 ? world.latin1Character(code) : new PyStr(content)
}

/** Up to this many bytes are looked at for being ASCII, which is faster than a decoder. */
const shortText = 64

/** A str from its bytes in UTF-8. */
function pushText(u: Unpickling, count: PythonInt): void {
  const { input } = u
  if (typeof count === 'number' && count <= shortText && input.at + count <= input.limit) {
    const end = input.at + count
    const text = input.text.ascii(input.data, input.at, end)
    if (text !== undefined) {
      input.at = end
      u.stack.push(count > 1 ? new PyStr(text) : strOf(u.world, text))
      return
    }
  }
  u.push(strOf(u.world, decodeUtf8(input.bytes(count))))
}

/** @clause OP-SHORT_BINUNICODE */
export function loadShortBinUnicode(u: Unpickling): void {
  pushText(u, u.input.u8())
}

/** @clause OP-BINUNICODE */
export function loadBinUnicode(u: Unpickling): void {
  pushText(u, counted4(u, 'BINUNICODE'))
}

/** @clause OP-BINUNICODE8 */
export function loadBinUnicode8(u: Unpickling): void {
  pushText(u, counted8(u, 'BINUNICODE8'))
}

/** A count of four bytes, without sign. */
function counted4(u: Unpickling, opcode: 'BINUNICODE' | 'BINBYTES'): PythonInt {
  const at = u.input.fixed(4)
  return checkedSize(u, uint32(u.input.data, at), opcode)
}

function checkedSize(u: Unpickling, count: PythonInt, opcode: string): PythonInt {
  const { maxSize } = u.input
  if (count <= maxSize) return count
  // C names the family, and a bytearray by its own name.
  const name = u.isC && opcode !== 'BYTEARRAY8' ? opcode.replace('8', '') : opcode
  const text = `${name} exceeds system's maximum size of ${maxSize} bytes`
  throw u.isC ? new PickleError('OverflowError', text) : unpicklingError(text)
}

/**
 * A count of eight bytes.
 *
 * @clause UNP-93
 */
function counted8(u: Unpickling, opcode: 'BINUNICODE8' | 'BINBYTES8' | 'BYTEARRAY8'): PythonInt {
  const at = u.input.fixed(8)
  return checkedSize(u, uint64(u.input.data, at), opcode)
}

/** @clause OP-UNICODE */
export function loadUnicode(u: Unpickling): void {
  const line = u.input.line()
  u.push(strOf(u.world, rawUnicode(u, line.subarray(0, -1))))
}

/** C decodes by itself, Python by the codec. */
function rawUnicode(u: Unpickling, bytes: Uint8Array): StrContent {
  try {
    return decodeRawUnicodeEscape(bytes)
  } catch (error) {
    throw u.isC ? error : codecFailure(u.world, 'decoding', 'raw-unicode-escape', error)
  }
}

/** @clause OP-SHORT_BINBYTES */
export function loadShortBinBytes(u: Unpickling): void {
  pushBytes(u, u.input.u8())
}

/** @clause OP-BINBYTES */
export function loadBinBytes(u: Unpickling): void {
  pushBytes(u, counted4(u, 'BINBYTES'))
}

/** @clause OP-BINBYTES8 */
export function loadBinBytes8(u: Unpickling): void {
  pushBytes(u, counted8(u, 'BINBYTES8'))
}

function pushBytes(u: Unpickling, count: PythonInt): void {
  const isAllocated = u.profile.allocation === 'before'
  if (isAllocated) checkAllocation(u, count, 'byte string is too large')
  const data = u.input.object(count)
  // Read into what was allocated, one byte is a new object.
  const isNew = data.length > (isAllocated ? 0 : 1)
  u.push(isNew ? new PyBytes(data) : freshBytes(u.world, data))
}

/** What a bytes object has besides its bytes, with the NUL behind them. */
const bytesOverhead = 33n

/**
 * Refuses what memory would be asked for before the bytes are read.
 *
 * @clause UNP-93
 * @throws {PickleError} OverflowError or MemoryError
 */
function checkAllocation(u: Unpickling, count: PythonInt, tooLarge: string | null): void {
  if (tooLarge !== null && count > u.input.maxSize - bytesOverhead) {
    throw new PickleError('OverflowError', tooLarge)
  }
  if (count > mostMemory) throw outOfMemory()
}

/** @clause OP-BYTEARRAY8 */
export function loadByteArray8(u: Unpickling): void {
  const count = counted8(u, 'BYTEARRAY8')
  checkAllocation(u, count, null)
  u.push(new PyByteArray(u.input.object(count)))
}

/** @clause OP-STRING */
export function loadString(u: Unpickling): void {
  const line = u.input.line().subarray(0, -1)
  const [quote] = line
  const isQuoted = line.length >= 2 && (quote === 0x22 || quote === 0x27)
  if (!isQuoted || line[line.length - 1] !== quote) {
    throw unpicklingError('the STRING opcode argument must be quoted')
  }
  pushString(u, decodeStringEscapes(line.subarray(1, -1)))
}

/** @clause OP-BINSTRING */
export function loadBinString(u: Unpickling): void {
  const at = u.input.fixed(4)
  const { data } = u.input
  const isSigned = u.profile.binstringLength === 'signed'
  const count = isSigned ? int32(data, at) : uint32(data, at)
  // What C cannot count with on a machine of 32 bits is negative to it.
  if (count < 0 || count > u.input.maxSize) {
    throw unpicklingError('BINSTRING pickle has negative byte count')
  }
  pushString(u, u.input.bytes(count))
}

/** @clause OP-SHORT_BINSTRING */
export function loadShortBinString(u: Unpickling): void {
  pushString(u, u.input.bytes(u.input.u8()))
}

/** @clause UNP-11 */
function pushString(u: Unpickling, bytes: Uint8Array): void {
  u.push(
    u.encoding === 'bytes'
      ? freshBytes(u.world, bytes.slice())
      : strOf(u.world, decodeWith(bytes, u.encoding, u.errors)),
  )
}
