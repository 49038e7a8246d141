import type { PythonInt } from '../codecs/long.ts'
import { Writer } from '../codecs/writer.ts'
import { PickleError } from '../errors.ts'
import { type OpcodeName, opcodes } from '../opcodes/opcodes.ts'
import {
  canBeMalformed,
  defaultPython,
  genopsArgument,
  memoIndexOf,
  type PickletoolsSettings,
} from './genops.ts'
import { IndexTable } from './index-table.ts'
import { bytesOfInstruction, type RawInstruction, rawInstructions } from './instructions.ts'

/** A frame is closed before the instruction that would begin beyond this many bytes. */
const frameTargetBytes = 64 * 1024

/** A shorter frame gets no header. */
const frameLeastBytes = 4

/**
 * The pickle as `pickletools.optimize` writes it: without the PUTs that no GET asks for, the others
 * numbered anew, in frames made anew. What follows the first STOP is dropped.
 *
 * @clause OPT-01
 * @throws {PickleError} what `genops` raises; TypeError, for a GET before any PUT of its index;
 * ValueError, for a protocol above 5
 */
export function optimize(bytes: Uint8Array, settings: PickletoolsSettings = {}): Uint8Array {
  const scan = new OptimizeScan(settings)
  for (const instruction of rawInstructions(bytes)) scan.see(instruction)
  const output = new Writer()
  const rewrite = new OptimizeRewrite(scan, (piece) => output.bytes(piece))
  for (const instruction of rawInstructions(bytes)) rewrite.write(instruction)
  rewrite.finish()
  return output.take()
}

type Role = 'put' | 'memoize' | 'get' | 'frame' | 'proto'

const roles: Partial<Record<OpcodeName, Role>> = {
  PUT: 'put',
  BINPUT: 'put',
  LONG_BINPUT: 'put',
  MEMOIZE: 'memoize',
  GET: 'get',
  BINGET: 'get',
  LONG_BINGET: 'get',
  FRAME: 'frame',
  PROTO: 'proto',
}

/**
 * The first look at a pickle that is to be optimized: which entries of the memo are fetched. It sees
 * every instruction in turn, and keeps a few bytes for each entry of the memo.
 *
 * @clause OPT-01
 */
export class OptimizeScan {
  readonly #settings: Required<PickletoolsSettings>
  readonly #stored = new IndexTable()
  readonly #fetched = new IndexTable()
  #protocol = 0
  #firstMissing: number | undefined

  constructor({ python = defaultPython }: PickletoolsSettings = {}) {
    this.#settings = { python }
  }

  get settings(): Required<PickletoolsSettings> {
    return this.#settings
  }

  /** The highest protocol that a PROTO or a GET speaks of: it decides how memo and frames look. */
  get protocol(): number {
    return this.#protocol
  }

  /** The offset of the first GET of what no PUT before it has stored. */
  get firstMissing(): number | undefined {
    return this.#firstMissing
  }

  /** Whether an index is fetched anywhere. */
  isFetched(index: PythonInt): boolean {
    return this.#fetched.has(index)
  }

  /** @throws {PickleError} what `genops` raises, with the offset of the opcode */
  see(instruction: RawInstruction): void {
    const { opcode, offset } = instruction
    const role = roles[opcode]
    if (role === undefined) {
      if (canBeMalformed(opcode)) genopsArgument(instruction, this.#settings.python)
      return
    }
    const index = memoIndexOf(genopsArgument(instruction, this.#settings.python))
    switch (role) {
      case 'put':
        this.#stored.set(index, 0)
        break
      case 'memoize':
        // OPT-02  Its index is the number of distinct ones so far.
        this.#stored.set(this.#stored.size, 0)
        break
      case 'get':
        // OPT-03  A GET speaks for the protocol of its opcode.
        this.#protocol = Math.max(this.#protocol, opcodes[opcode].protocol)
        this.#fetched.set(index, 0)
        if (!this.#stored.has(index)) this.#firstMissing ??= offset
        break
      case 'proto':
        this.#protocol = Math.max(this.#protocol, Number(index))
    }
  }
}

/**
 * The second look: it sees every instruction once more and gives out the optimized pickle, of which
 * no more than a frame is held.
 *
 * @clause OPT-01
 */
export class OptimizeRewrite {
  readonly #scan: OptimizeScan
  readonly #output: FramedOutput
  readonly #write: (bytes: Uint8Array) => void
  readonly #stored = new IndexTable()
  readonly #newIndexes = new IndexTable()
  #nextIndex = 0

  /**
   * `scan` has seen the whole pickle; `write` is lent bytes for the call.
   *
   * @throws {PickleError} TypeError, for a GET before any PUT of its index; ValueError, for a
   * protocol above 5
   */
  constructor(scan: OptimizeScan, write: (bytes: Uint8Array) => void) {
    if (scan.protocol > 5) throw new PickleError('ValueError', 'pickle protocol must be <= 5')
    // Protocol 0 spells the missing index as Python spells None.
    if (scan.firstMissing !== undefined && scan.protocol > 0) {
      const message = "'<' not supported between instances of 'NoneType' and 'int'"
      throw new PickleError('TypeError', message, { offset: scan.firstMissing })
    }
    this.#scan = scan
    this.#write = write
    this.#output = new FramedOutput(write, scan.protocol >= 4)
  }

  /** The next instruction of the pickle that was scanned. */
  write(instruction: RawInstruction): void {
    const role = roles[instruction.opcode]
    switch (role) {
      case 'put':
      case 'memoize':
        this.#put(role === 'put' ? this.#indexOf(instruction) : this.#stored.size)
        break
      case 'get': {
        const index = this.#newIndexes.get(this.#indexOf(instruction))
        this.#output.write(memoInstruction('GET', index, this.#scan.protocol))
        break
      }
      case 'frame':
        break
      case 'proto':
        // OPT-04  At the beginning it goes before the first frame, elsewhere it stays in place.
        if (instruction.offset === 0) this.#write(bytesOfInstruction(instruction))
        else this.#copy(instruction)
        break
      case undefined:
        this.#copy(instruction)
    }
  }

  /** Gives out what is left. */
  finish(): void {
    this.#output.finish()
  }

  #put(index: PythonInt): void {
    const { protocol } = this.#scan
    this.#stored.set(index, 0)
    // OPT-05  A PUT is kept when its index is fetched anywhere, before or after.
    if (!this.#scan.isFetched(index)) return
    this.#newIndexes.set(index, this.#nextIndex)
    this.#output.write(
      protocol >= 4 ? memoizeInstruction : memoInstruction('PUT', this.#nextIndex, protocol),
    )
    this.#nextIndex++
  }

  #copy(instruction: RawInstruction): void {
    if (instruction.length === 1) this.#output.writeByte(opcodes[instruction.opcode].code)
    else this.#output.write(bytesOfInstruction(instruction))
  }

  #indexOf(instruction: RawInstruction): PythonInt {
    return memoIndexOf(genopsArgument(instruction, this.#scan.settings.python))
  }
}

const memoizeInstruction = Uint8Array.of(opcodes.MEMOIZE.code)

function memoInstruction(
  verb: 'PUT' | 'GET',
  index: number | undefined,
  protocol: number,
): Uint8Array {
  const writer = new Writer(8)
  if (protocol === 0 || index === undefined) {
    writer.u8(opcodes[verb].code)
    writer.ascii(`${index ?? 'None'}\n`)
  } else if (index < 256) {
    writer.u8(opcodes[`BIN${verb}`].code)
    writer.u8(index)
  } else {
    writer.u8(opcodes[`LONG_BIN${verb}`].code)
    writer.u32le(index)
  }
  return writer.take()
}

/**
 * Output in frames from protocol 4 on. Boundaries fall between instructions, and an instruction of
 * more than 64 KiB, opcode and count among them, stands outside.
 *
 * @clause OPT-06
 */
class FramedOutput {
  readonly #write: (bytes: Uint8Array) => void
  readonly #frame = new Writer(2 * frameTargetBytes)
  readonly #isFramed: boolean

  constructor(write: (bytes: Uint8Array) => void, isFramed: boolean) {
    this.#write = write
    this.#isFramed = isFramed
  }

  write(instruction: Uint8Array): void {
    const isLarge = instruction.length > frameTargetBytes
    if (isLarge || this.#frame.length >= frameTargetBytes) this.#closeFrame()
    if (isLarge) this.#write(instruction)
    else this.#frame.bytes(instruction)
  }

  /** An instruction of one byte. */
  writeByte(code: number): void {
    if (this.#frame.length >= frameTargetBytes) this.#closeFrame()
    this.#frame.u8(code)
  }

  finish(): void {
    this.#closeFrame()
  }

  #closeFrame(): void {
    const frame = this.#frame.take()
    if (frame.length === 0) return
    if (this.#isFramed && frame.length >= frameLeastBytes) {
      const header = new Writer(9)
      header.u8(opcodes.FRAME.code)
      header.u64le(frame.length)
      this.#write(header.take())
    }
    this.#write(frame)
  }
}
