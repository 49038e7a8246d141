import type { PythonInt } from '../codecs/long.ts'
import { PickleError } from '../errors.ts'
import { outOfInput, readOverflow, truncated } from './errors.ts'
import { Input } from './input.ts'
import type { Reader, Source } from './source.ts'

const lf = 0x0a

/** As much as is looked at ahead in a file that has a buffer. */
const prefetch = 0x2_0000

/**
 * The input of C's unpickler: a buffer, filled from the file with exactly what is asked for. What is
 * asked for anew replaces what was in the buffer, the rest of a frame too; only counted bytes go on
 * from the one to the other. What was only looked at in a file is there for the next load, whatever is
 * read of the file in between.
 *
 * @clause UNP-09 UNP-30 UNP-31 UNP-90 UNP-93
 */
export class BufferedInput extends Input {
  readonly #file: Reader | undefined
  /** Up to where the bytes of the window have been read in the file, and not only looked at. */
  #read: number

  constructor(source: Source, maxSize: bigint) {
    const isBytes = source instanceof Uint8Array
    super(isBytes ? source : new Uint8Array(0), maxSize)
    this.#file = isBytes ? undefined : source
    this.limit = this.data.length
    this.#read = this.limit
  }

  override begin(): void {}

  override end(): void {
    this.#giveBack()
  }

  override line(): Uint8Array {
    const { data, at, limit } = this
    const end = data.indexOf(lf, at)
    if (end !== -1 && end < limit) {
      this.at = end + 1
      return data.subarray(at, this.at)
    }
    if (this.#file === undefined) throw truncated()
    this.#giveBack()
    const line = this.#file.readline()
    this.#showRead(line)
    if (line.at(-1) !== lf) throw truncated()
    this.at = line.length
    return line
  }

  override object(count: PythonInt): Uint8Array {
    const held = this.limit - this.at
    if (count <= held) return this.bytes(count).slice()
    if (this.#file === undefined) throw truncated()
    const first = this.data.slice(this.at, this.limit)
    this.at = this.limit
    this.#giveBack()
    const rest = this.#file.read(Number(count) - held) // no more than memory holds
    if (first.length + rest.length < count) throw truncated()
    const whole = new Uint8Array(first.length + rest.length)
    whole.set(first)
    whole.set(rest, first.length)
    return whole
  }

  override frame(size: PythonInt): void {
    if (size > this.maxSize) {
      const text = `FRAME length exceeds system's maximum of ${this.maxSize} bytes`
      throw new PickleError('OverflowError', text)
    }
    const { length } = this.bytes(size)
    this.at -= length
  }

  protected override moreOpcode(): number {
    this.#fill(1, () => outOfInput('Ran out of input'))
    return this.data[this.at++] as number // just filled
  }

  protected override moreByte(): number {
    this.#fill(1, truncated)
    return this.data[this.at++] as number // just filled
  }

  protected override moreFixed(count: number): number {
    this.#fill(count, truncated)
    const start = this.at
    this.at = start + count
    return start
  }

  protected override moreBytes(count: PythonInt): Uint8Array {
    this.#fill(count, truncated)
    return this.bytes(Number(count))
  }

  /** Puts at least `count` bytes into the window, in place of what was there. */
  #fill(count: PythonInt, missing: () => PickleError): void {
    if (BigInt(count) > this.maxSize - BigInt(this.at)) throw readOverflow()
    const file = this.#file
    if (file === undefined) throw missing()
    this.#giveBack()
    if (file.peek !== undefined && count < prefetch) {
      this.show(file.peek())
      this.#read = 0
      if (this.limit >= count) return
    }
    this.#showRead(file.read(count))
    if (this.limit < count) throw missing()
  }

  #showRead(data: Uint8Array): void {
    this.show(data)
    this.#read = data.length
  }

  /** Reads in the file what was only looked at and has been used; the rest stays for the next load. */
  #giveBack(): void {
    const used = this.at - this.#read
    if (used <= 0) return
    this.#read = this.at
    this.#file?.read(used)
  }
}
