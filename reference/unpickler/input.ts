import type { PythonInt } from '../codecs/long.ts'
import { TextWindow } from '../codecs/text-window.ts'

/** `sys.maxsize`, the greatest size of an object, by the bits of a word. */
export const maxSizes = { 32: 0x7fff_ffffn, 64: 0x7fff_ffff_ffff_ffffn } as const

/**
 * Where instructions and their arguments come from: a window of bytes, which is moved when it does
 * not hold what is asked for. The two engines move it differently, see the subclasses.
 */
export abstract class Input {
  /** The bytes of the window are those from `at` up to `limit`. */
  data: Uint8Array
  at = 0
  limit = 0

  /** Short texts out of the window. */
  readonly text = new TextWindow()

  /** `sys.maxsize` */
  readonly maxSize: bigint

  constructor(data: Uint8Array, maxSize: bigint) {
    this.data = data
    this.maxSize = maxSize
  }

  /** Puts other bytes into the window. */
  protected show(data: Uint8Array): void {
    this.data = data
    this.at = 0
    this.limit = data.length
  }

  /** Begins a load. */
  abstract begin(): void

  /** Ends a load, refused or not: what was only looked at is given back. */
  abstract end(): void

  /**
   * The next opcode.
   *
   * @throws {PickleError} EOFError at the end
   */
  opcode(): number {
    return this.at < this.limit ? (this.data[this.at++] as number) : this.moreOpcode()
  }

  /** An argument of one byte. */
  u8(): number {
    return this.at < this.limit ? (this.data[this.at++] as number) : this.moreByte()
  }

  /** Passes an argument of 2, 4 or 8 bytes and says where in the window it begins. */
  fixed(count: number): number {
    const start = this.at
    if (start + count > this.limit) return this.moreFixed(count)
    this.at = start + count
    return start
  }

  /** A line with the LF at its end, which may be missing where the engine lets it; a view. */
  abstract line(): Uint8Array

  /** Counted bytes, as a view; where the engine lets it, fewer than were counted. */
  bytes(count: PythonInt): Uint8Array {
    if (typeof count === 'number' && this.at + count <= this.limit) {
      const start = this.at
      this.at = start + count
      return this.data.subarray(start, this.at)
    }
    return this.moreBytes(count)
  }

  /** Counted bytes that become an object of their own: a copy. */
  abstract object(count: PythonInt): Uint8Array

  /** Passes on to a frame. */
  abstract frame(size: PythonInt): void

  protected abstract moreOpcode(): number
  protected abstract moreByte(): number
  protected abstract moreFixed(count: number): number
  protected abstract moreBytes(count: PythonInt): Uint8Array
}
