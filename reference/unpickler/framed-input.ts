import type { PythonInt } from '../codecs/long.ts'
import { PickleError } from '../errors.ts'
import { outOfInput, unpicklingError, valueError } from './errors.ts'
import { Input } from './input.ts'
import type { Reader, Source } from './source.ts'

const lf = 0x0a
const exhausted = 'pickle exhausted before end of frame'

/**
 * The input of Python's unpickler: the frame, if there is one, and the file where it has ended.
 * Nothing reaches across the end of a frame, and what the file has not is simply not there.
 *
 * The window is the frame; without one it is the rest of the file, if that is all in memory, and
 * else empty.
 *
 * @clause UNP-30 UNP-31 UNP-90
 */
export class FramedInput extends Input {
  readonly #file: Reader | undefined
  readonly #wantsWhole: boolean
  #isInFrame = false

  /** With `wantsWhole` a frame of which less is there than it says is refused. */
  constructor(source: Source, maxSize: bigint, wantsWhole: boolean) {
    const isBytes = source instanceof Uint8Array
    super(isBytes ? source : new Uint8Array(0), maxSize)
    this.#file = isBytes ? undefined : source
    this.limit = this.data.length
    this.#wantsWhole = wantsWhole
  }

  override begin(): void {
    // What is left of a frame is lost.
    if (this.#isInFrame) this.at = this.limit
  }

  override end(): void {}

  override line(): Uint8Array {
    if (this.#isInFrame && this.at === this.limit) this.#leaveFrame()
    if (!this.#isInFrame && this.#file !== undefined) return this.#file.readline()
    const { data, at, limit } = this
    const end = data.indexOf(lf, at)
    const isWhole = end !== -1 && end < limit
    if (this.#isInFrame && !isWhole) throw unpicklingError(exhausted)
    this.at = isWhole ? end + 1 : limit
    return data.subarray(at, this.at)
  }

  override object(count: PythonInt): Uint8Array {
    return this.bytes(count).slice()
  }

  override frame(size: PythonInt): void {
    if (size > this.maxSize) throw valueError(`frame size > sys.maxsize: ${size}`)
    if (this.#isInFrame && this.at < this.limit) {
      throw unpicklingError('beginning of a new frame before end of current frame')
    }
    this.#leaveFrame()
    if (this.#file !== undefined) this.show(this.#file.read(size))
    else if (size < this.limit - this.at) this.limit = this.at + Number(size)
    if (this.#wantsWhole && this.limit - this.at < size) throw outOfInput('')
    this.#isInFrame = true
  }

  protected override moreOpcode(): number {
    const byte = this.#read(1)[0]
    if (byte === undefined) throw outOfInput('')
    return byte
  }

  protected override moreByte(): number {
    const byte = this.#read(1)[0]
    if (byte === undefined) throw new PickleError('IndexError', 'index out of range')
    return byte
  }

  protected override moreFixed(count: number): number {
    const bytes = this.#read(count)
    if (bytes.length < count) {
      throw new PickleError('error', `unpack requires a buffer of ${count} bytes`)
    }
    if (this.#file === undefined) return this.at - count
    this.show(bytes)
    this.at = count
    return 0
  }

  protected override moreBytes(count: PythonInt): Uint8Array {
    return this.#read(count)
  }

  /** Reads what the window has not. */
  #read(count: PythonInt): Uint8Array {
    const { at } = this
    if (this.#isInFrame) {
      if (at < this.limit) throw unpicklingError(exhausted)
      this.#leaveFrame()
    }
    if (this.#file !== undefined) return this.#file.read(count)
    this.at = count < this.limit - at ? at + Number(count) : this.limit
    return this.data.subarray(at, this.at)
  }

  #leaveFrame(): void {
    this.#isInFrame = false
    if (this.#file === undefined) this.limit = this.data.length
  }
}
