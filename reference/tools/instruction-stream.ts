import { Reader } from '../codecs/reader.ts'
import { argumentForms } from '../opcodes/arguments.ts'
import type { CountPrefix } from '../opcodes/layouts.ts'
import { opcodeOfCode, opcodes } from '../opcodes/opcodes.ts'
import { type RawInstruction, readInstruction } from './instructions.ts'

const lf = 0x0a

const prefixWidths = { uint1: 1, int4: 4, uint4: 4, uint8: 8 } satisfies Record<CountPrefix, number>

/**
 * The instructions of a pickle whose bytes come piece by piece: no more is held than what has been
 * pushed and not read yet, so that the memory needed is that of the longest instruction.
 *
 * Push bytes, take instructions until there is none, push more; at last say that they end.
 */
export class InstructionStream {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #reader = new Reader(this.#bytes)
  /** The bytes from here to there are pushed and not read. */
  #start = 0
  #end = 0
  /** The offset in the pickle of the byte at 0. */
  #base = 0
  #isEnded = false
  /** How many bytes must be there before it is worth looking again. */
  #wanted = 1

  /** Where the next instruction begins, counted in bytes from the first that was pushed. */
  get offset(): number {
    return this.#base + this.#start
  }

  /** How many bytes are pushed and not read. */
  get available(): number {
    return this.#end - this.#start
  }

  /** Whether no more bytes come. */
  get isEnded(): boolean {
    return this.#isEnded
  }

  /** How many bytes are missing before the next instruction can be read, as far as is known. */
  get missing(): number {
    return Math.max(this.#wanted - this.available, 0)
  }

  /** Adds bytes, which are copied; the payloads of earlier instructions are not valid any more. */
  push(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.#bytes.set(bytes, this.#end)
    this.#end += bytes.length
    this.#reader = new Reader(this.#bytes.subarray(0, this.#end))
  }

  /** Makes room for bytes that are known to come, so that what is there is moved only once. */
  reserve(byteLength: number): void {
    if (this.#end + byteLength <= this.#bytes.length) return
    const unread = this.#bytes.subarray(this.#start, this.#end)
    const least = unread.length + byteLength
    if (least > this.#bytes.length || least * 4 < this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(least, unread.length * 2))
      this.#bytes.set(unread)
    } else {
      this.#bytes.copyWithin(0, this.#start, this.#end)
    }
    this.#base += this.#start
    this.#start = 0
    this.#end = unread.length
    this.#reader = new Reader(this.#bytes.subarray(0, this.#end))
  }

  /** Says that no more bytes come. */
  end(): void {
    this.#isEnded = true
  }

  /**
   * The next instruction; undefined while more bytes must be pushed. Its payload is a view that is
   * valid until then.
   *
   * @clause OPT-20
   * @throws {PickleError} what `readInstruction` does, once that is certain
   */
  next(): RawInstruction | undefined {
    if (!this.#isEnded) {
      if (this.available < this.#wanted) return undefined
      const wanted = this.#lengthWanted()
      if (this.available < wanted) {
        this.#wanted = wanted
        return undefined
      }
      this.#wanted = 1
    }
    const reader = this.#reader
    reader.position = this.#start
    const instruction = readInstruction(reader, this.#base)
    this.#start = reader.position
    return instruction
  }

  /** How many bytes must be there for the next instruction to be read, or refused. */
  #lengthWanted(): number {
    const start = this.#start
    const opcode = opcodeOfCode(this.#bytes[start] as number) // one is there
    if (opcode === undefined) return 1
    const { layout } = argumentForms[opcodes[opcode].argument]
    switch (layout.by) {
      case 'nothing':
        return 1
      case 'size':
        return 1 + layout.bytes
      case 'lines':
        return this.#linesWanted(layout.lines)
      case 'count':
        return this.#countWanted(layout.prefix)
    }
  }

  #linesWanted(lines: number): number {
    let at = this.#start
    for (let line = 0; line < lines; line++) {
      at = this.#bytes.indexOf(lf, at + 1)
      // Looking again is worth it once there is twice as much.
      if (at === -1 || at >= this.#end) return 2 * this.available
    }
    return at + 1 - this.#start
  }

  #countWanted(prefix: CountPrefix): number {
    const before = 1 + prefixWidths[prefix]
    if (this.available < before) return before
    const view = new DataView(this.#bytes.buffer, this.#start + 1)
    switch (prefix) {
      case 'uint1':
        return before + view.getUint8(0)
      case 'uint4':
        return before + view.getUint32(0, true)
      case 'int4':
        // A negative count is refused at once.
        return before + Math.max(view.getInt32(0, true), 0)
      case 'uint8': {
        const high = view.getUint32(4, true)
        return high >= 0x8000_0000 ? before : before + high * 2 ** 32 + view.getUint32(0, true)
      }
    }
  }
}
