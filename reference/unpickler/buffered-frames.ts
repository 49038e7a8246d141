import type { PythonInt } from '../codecs/long.ts'
import { BufferedInput } from './buffered-input.ts'
import { unpicklingError } from './errors.ts'

const lf = 0x0a

/**
 * The input of C's unpickler from 3.15 on: a buffer in which frames have ends. Nothing reaches across
 * one; what is left of a frame when a load ends is there for the next.
 *
 * In a frame the window ends with it, though the buffer goes on behind.
 *
 * @clause UNP-30 UNP-31 UNP-90
 */
export class BufferedFrames extends BufferedInput {
  /** Where the buffer ends, in a frame. */
  #behind: number | undefined
  /** How much of a frame the last load left. */
  #left = 0

  override begin(): void {
    if (this.#left > 0) this.#enter(this.#left)
  }

  override end(): void {
    this.#left = this.#behind === undefined ? 0 : this.limit - this.at
    this.#leave()
    super.end()
  }

  override line(): Uint8Array {
    this.#passEnd()
    if (this.#behind !== undefined) {
      const end = this.data.indexOf(lf, this.at)
      if (end === -1 || end >= this.limit) throw exhausted()
    }
    return super.line()
  }

  override object(count: PythonInt): Uint8Array {
    this.#passEnd()
    if (this.#behind !== undefined && count > this.limit - this.at) throw exhausted()
    return super.object(count)
  }

  override frame(size: PythonInt): void {
    this.#passEnd()
    if (this.#behind !== undefined) {
      throw unpicklingError('beginning of a new frame before end of current frame')
    }
    super.frame(size)
    this.#enter(Number(size))
  }

  protected override moreOpcode(): number {
    return this.#isPast() ? this.opcode() : super.moreOpcode()
  }

  protected override moreByte(): number {
    return this.#isPast() ? this.u8() : super.moreByte()
  }

  protected override moreFixed(count: number): number {
    return this.#isPast() ? this.fixed(count) : super.moreFixed(count)
  }

  protected override moreBytes(count: PythonInt): Uint8Array {
    return this.#isPast() ? this.bytes(count) : super.moreBytes(count)
  }

  #enter(size: number): void {
    const { length } = this.bytes(size)
    this.at -= length
    this.#behind = this.limit
    this.limit = this.at + size
  }

  #leave(): void {
    this.limit = this.#behind ?? this.limit
    this.#behind = undefined
  }

  /** Leaves a frame that is used up. */
  #passEnd(): void {
    if (this.at === this.limit) this.#leave()
  }

  /**
   * Whether there was a frame, of which nothing is left.
   *
   * @throws {PickleError} UnpicklingError, when something is
   */
  #isPast(): boolean {
    if (this.#behind === undefined) return false
    if (this.at < this.limit) throw exhausted()
    this.#leave()
    return true
  }
}

const exhausted = () => unpicklingError('pickle exhausted before end of frame')
