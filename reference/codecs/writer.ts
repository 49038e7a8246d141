import { type FloatBits, nanBits } from './float.ts'
import type { PythonInt } from './long.ts'
import { codePointsOf, type StrContent } from './str-content.ts'
import { isWellFormed, utf8Length, writeUtf8 } from './utf8.ts'

/** Strings up to this many units are written by a loop, longer ones by TextEncoder. */
const loopLimit = 32

const encoder = new TextEncoder()

/** A byte buffer that grows. Values are not checked: what does not fit is cut off to its low bits. */
export class Writer {
  #bytes: Uint8Array
  #view: DataView
  #length = 0

  /** `capacity` is how many bytes it holds before it grows for the first time. */
  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity)
    this.#view = new DataView(this.#bytes.buffer)
  }

  /** How many bytes have been written and not taken. */
  get length(): number {
    return this.#length
  }

  /** How many bytes there is room for before the buffer must grow. */
  get capacity(): number {
    return this.#bytes.length
  }

  u8(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#length++] = value
  }

  /** Two bytes in a row, such as an instruction and its argument. */
  u8s(first: number, second: number): void {
    const at = this.#room(2)
    this.#bytes[at] = first
    this.#bytes[at + 1] = second
  }

  u16le(value: number): void {
    const at = this.#room(2)
    const target = this.#bytes
    target[at] = value
    target[at + 1] = value >> 8
  }

  /** For signed values too: both have the same low 32 bits. */
  u32le(value: number): void {
    const at = this.#room(4)
    const target = this.#bytes
    target[at] = value
    target[at + 1] = value >> 8
    target[at + 2] = value >> 16
    target[at + 3] = value >> 24
  }

  u64le(value: PythonInt): void {
    this.setU64le(this.#room(8), value)
  }

  /** A float, its sign first; a bigint is its 64 bits, which keeps the payload of a NaN. */
  f64be(value: number | FloatBits): void {
    const at = this.#room(8)
    if (typeof value === 'bigint') this.#view.setBigUint64(at, value)
    else if (Number.isNaN(value)) this.#view.setBigUint64(at, nanBits)
    else this.#view.setFloat64(at, value)
  }

  bytes(bytes: Uint8Array): void {
    const at = this.#room(bytes.length)
    const target = this.#bytes
    if (bytes.length > 16) target.set(bytes, at)
    else {
      for (let index = 0; index < bytes.length; index++) {
        target[at + index] = bytes[index] as number // in range
      }
    }
  }

  /** Writes text of which the caller knows that it is ASCII. */
  ascii(text: string): void {
    const at = this.#room(text.length)
    if (text.length > loopLimit) encoder.encodeInto(text, this.#bytes.subarray(at))
    else {
      const target = this.#bytes
      for (let index = 0; index < text.length; index++) target[at + index] = text.charCodeAt(index)
    }
  }

  /**
   * Writes a str in UTF-8, lone surrogates as three bytes each, and gives back how many bytes.
   *
   * @clause ATOM-42
   */
  utf8(content: StrContent): number {
    const start = this.#length
    if (typeof content === 'string' && content.length <= loopLimit) this.#shortText(content)
    else if (isWellFormed(content)) this.#longText(content)
    else {
      const at = this.#room(utf8Length(content))
      writeUtf8(codePointsOf(content), this.#bytes, at)
    }
    return this.#length - start
  }

  /** Makes room for ASCII first, and for anything when that was not enough. */
  #longText(text: string): void {
    let rest = text
    let room = text.length
    while (rest.length > 0) {
      const at = this.#room(room)
      const { read, written } = encoder.encodeInto(rest, this.#bytes.subarray(at))
      this.#length = at + written
      rest = rest.slice(read)
      room = rest.length * 3
    }
  }

  #shortText(text: string): void {
    let at = this.#room(text.length * 3)
    const target = this.#bytes
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index)
      if (unit < 0x80) target[at++] = unit
      else if (unit < 0x800) {
        target[at++] = 0xc0 | (unit >> 6)
        target[at++] = 0x80 | (unit & 0x3f)
      } else {
        const next = (unit & 0xfc00) === 0xd800 ? text.charCodeAt(index + 1) : 0
        if ((next & 0xfc00) === 0xdc00) {
          const codePoint = (unit - 0xd800) * 0x400 + (next - 0xdc00) + 0x10000
          target[at++] = 0xf0 | (codePoint >> 18)
          target[at++] = 0x80 | ((codePoint >> 12) & 0x3f)
          target[at++] = 0x80 | ((codePoint >> 6) & 0x3f)
          target[at++] = 0x80 | (codePoint & 0x3f)
          index++
        } else {
          target[at++] = 0xe0 | (unit >> 12)
          target[at++] = 0x80 | ((unit >> 6) & 0x3f)
          target[at++] = 0x80 | (unit & 0x3f)
        }
      }
    }
    this.#length = at
  }

  /**
   * Writes `opcode`, the length in one byte and the text, if the text is ASCII and no longer than
   * 255; else nothing. Gives back whether it did.
   */
  shortAscii(opcode: number, text: string): boolean {
    const { length } = text
    if (length > 0xff) return false
    const at = this.#room(length + 2)
    const target = this.#bytes
    target[at] = opcode
    target[at + 1] = length
    if (length > loopLimit) {
      // Anything beyond ASCII has more bytes than units, and does not fit in the room.
      const { read, written } = encoder.encodeInto(text, target.subarray(at + 2, at + 2 + length))
      const isAscii = read === length && written === length
      if (!isAscii) this.#length = at
      return isAscii
    }
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index)
      if (unit > 0x7f) {
        this.#length = at
        return false
      }
      target[at + 2 + index] = unit
    }
    return true
  }

  /** Leaves room for `count` bytes, all zero, and gives back where they begin. */
  reserve(count: number): number {
    const at = this.#room(count)
    this.#bytes.fill(0, at, at + count)
    return at
  }

  /** Writes over the byte at `at`, which must have been written or reserved. */
  setU8(at: number, value: number): void {
    this.#bytes[at] = value
  }

  /** Writes over the four bytes from `at`, which must have been written or reserved. */
  setU32le(at: number, value: number): void {
    this.#view.setUint32(at, value, true)
  }

  /** Writes over the eight bytes from `at`, which must have been written or reserved. */
  setU64le(at: number, value: PythonInt): void {
    if (typeof value === 'bigint') this.#view.setBigUint64(at, value, true)
    else {
      this.#view.setUint32(at, value, true)
      this.#view.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true)
    }
  }

  /** Takes `count` bytes out from `at`, and moves what lies behind them to their place. */
  remove(at: number, count: number): void {
    this.#bytes.copyWithin(at, at + count, this.#length)
    this.#length -= count
  }

  /** A view of what has been written from `from` on; good until the next write. */
  view(from = 0): Uint8Array {
    return this.#bytes.subarray(from, this.#length)
  }

  /** Forgets what has been written. */
  clear(): void {
    this.#length = 0
  }

  /** Forgets everything behind the first `length` bytes. */
  truncate(length: number): void {
    this.#length = length
  }

  /** Writes to this buffer from now on, and gives back the one before; nothing may be in it. */
  exchange(bytes: Uint8Array): Uint8Array {
    const before = this.#bytes
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return before
  }

  /** A copy of what has been written, which is then forgotten. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length)
    this.#length = 0
    return taken
  }

  /** Makes room for `count` bytes, counts them as written, and gives back where they begin. */
  #room(count: number): number {
    const at = this.#length
    if (at + count > this.#bytes.length) this.#grow(count)
    this.#length = at + count
    return at
  }

  #grow(count: number): void {
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    bytes.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer)
  }
}
