import { PickleError } from '../errors.ts'
import type { FloatBits } from './float.ts'
import { type PythonInt, pythonInt } from './long.ts'
import type { StrContent } from './str-content.ts'
import { decodeUtf8 } from './utf8.ts'

const lf = 0x0a

/** ASCII of up to this many bytes is read by a loop, which TextDecoder is slow to begin with. */
const loopLimit = 12

/** A read that asks for more bytes than there are. */
export class TruncationError extends PickleError {
  /** What was to be read: `u32le`, `12 bytes`, `a line`. */
  readonly wanted: string
  /** How many bytes there were from the offset to the end. */
  readonly available: number

  constructor(wanted: string, offset: number, available: number) {
    const found = available === 1 ? '1 byte is left' : `${available} bytes are left`
    super('EOFError', `${found} at byte ${offset}: wanted ${wanted}`, { offset })
    this.wanted = wanted
    this.available = available
  }
}

/**
 * A cursor over bytes.
 *
 * Each read moves it past what was read; one that fails leaves it where it was.
 */
export class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #position: number

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#position = this.#checked(position)
  }

  /** The offset of the next byte, from 0 to the number of bytes. */
  get position(): number {
    return this.#position
  }

  set position(position: number) {
    this.#position = this.#checked(position)
  }

  /** How many bytes are left. */
  get remaining(): number {
    return this.#bytes.length - this.#position
  }

  /** The next byte without moving past it; undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#position]
  }

  /** @throws {TruncationError} at the end */
  u8(): number {
    const byte = this.#bytes[this.#position]
    if (byte === undefined) throw this.#truncation('u8')
    this.#position++
    return byte
  }

  /** @throws {TruncationError} with fewer than 2 bytes left */
  u16le(): number {
    return this.#view.getUint16(this.#pass(2, 'u16le'), true)
  }

  /** @throws {TruncationError} with fewer than 4 bytes left */
  i32le(): number {
    return this.#view.getInt32(this.#pass(4, 'i32le'), true)
  }

  /** @throws {TruncationError} with fewer than 4 bytes left */
  u32le(): number {
    return this.#view.getUint32(this.#pass(4, 'u32le'), true)
  }

  /**
   * A number while safe, else a bigint.
   *
   * @throws {TruncationError} with fewer than 8 bytes left
   */
  u64le(): PythonInt {
    const at = this.#pass(8, 'u64le')
    const high = this.#view.getUint32(at + 4, true)
    return high < 0x20_0000
      ? high * 0x1_0000_0000 + this.#view.getUint32(at, true)
      : pythonInt(this.#view.getBigUint64(at, true))
  }

  /**
   * A float, its sign first. A NaN loses its payload: see {@link f64Bits}.
   *
   * @throws {TruncationError} with fewer than 8 bytes left
   */
  f64be(): number {
    return this.#view.getFloat64(this.#pass(8, 'f64be'))
  }

  /**
   * The bits of a float, its sign first.
   *
   * @throws {TruncationError} with fewer than 8 bytes left
   */
  f64Bits(): FloatBits {
    return this.#view.getBigUint64(this.#pass(8, 'f64be'))
  }

  /**
   * The next bytes, as a view of the ones underneath and not a copy.
   *
   * @throws {TruncationError} with fewer than `count` bytes left
   */
  bytes(count: PythonInt): Uint8Array {
    if (count > this.remaining) throw this.#truncation(`${count} bytes`)
    const start = this.#position
    this.#position += Number(count)
    return this.#bytes.subarray(start, this.#position)
  }

  /**
   * The str in the next bytes, which are UTF-8 with surrogates.
   *
   * @throws {TruncationError} with fewer than `count` bytes left
   * @throws {PickleError} UnicodeDecodeError, when they are not UTF-8; the reader is then behind them
   */
  utf8(count: PythonInt): StrContent {
    if (count > loopLimit || count > this.remaining) return decodeUtf8(this.bytes(count))
    const start = this.#position
    const end = start + Number(count)
    let text = ''
    for (let at = start; at < end; at++) {
      const byte = this.#bytes[at] as number // in range
      if (byte > 0x7f) return decodeUtf8(this.bytes(count))
      text += String.fromCharCode(byte)
    }
    this.#position = end
    return text
  }

  /**
   * The bytes up to the next LF, which is passed but not part of them; a view and not a copy.
   *
   * @throws {TruncationError} when no LF follows
   */
  line(): Uint8Array {
    const end = this.#bytes.indexOf(lf, this.#position)
    if (end === -1) throw this.#truncation('a line')
    const start = this.#position
    this.#position = end + 1
    return this.#bytes.subarray(start, end)
  }

  #checked(position: number): number {
    if (Number.isInteger(position) && position >= 0 && position <= this.#bytes.length) {
      return position
    }
    throw new RangeError(`${position} is no position: wanted 0 to ${this.#bytes.length}`)
  }

  #pass(count: number, wanted: string): number {
    const start = this.#position
    if (start + count > this.#bytes.length) throw this.#truncation(wanted)
    this.#position = start + count
    return start
  }

  #truncation(wanted: string): TruncationError {
    return new TruncationError(wanted, this.#position, this.remaining)
  }
}
