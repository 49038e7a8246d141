import type { PythonInt } from '../codecs/long.ts'
import { Writer } from '../codecs/writer.ts'
import { PickleError } from '../errors.ts'
import { opcodes } from '../opcodes/opcodes.ts'
import { genops, memoIndexOf, type PickletoolsSettings } from './genops.ts'

/** A frame is closed before the instruction that would begin beyond this many bytes. */
const frameTargetBytes = 64 * 1024

/** A shorter frame gets no header. */
const frameLeastBytes = 4

/** One thing to write: bytes of the old pickle, or a memo instruction by its old index. */
type Piece =
  | { readonly kind: 'copy'; readonly bytes: Uint8Array }
  | { readonly kind: 'put'; readonly index: PythonInt }
  | { readonly kind: 'get'; readonly index: PythonInt; readonly offset: number }

interface Scan {
  /** The PROTO at the very beginning, which stays outside of frames. */
  readonly header: Uint8Array
  /** The highest protocol that a PROTO or a GET speaks of: it decides how memo and frames look. */
  readonly protocol: number
  readonly pieces: readonly Piece[]
  /** The indexes that are fetched anywhere. */
  readonly fetched: ReadonlySet<PythonInt>
}

/**
 * The pickle as `pickletools.optimize` writes it: without the PUTs that no GET asks for, the others
 * numbered anew, in frames made anew. What follows the first STOP is dropped.
 *
 * @clause OPT-01
 * @throws {PickleError} what `genops` raises; TypeError, for a GET before any PUT of its index;
 * ValueError, for a protocol above 5
 */
export function optimize(bytes: Uint8Array, settings: PickletoolsSettings = {}): Uint8Array {
  const { header, protocol, pieces, fetched } = scan(bytes, settings)
  if (protocol > 5) {
    throw new PickleError('ValueError', 'pickle protocol must be <= 5')
  }
  const output = new FramedOutput(header, protocol)
  const newIndexes = new Map<PythonInt, number>()
  let nextIndex = 0
  for (const piece of pieces) {
    switch (piece.kind) {
      case 'copy':
        output.write(piece.bytes)
        break
      case 'put':
        // OPT-05  A PUT is kept when its index is fetched anywhere, before or after.
        if (fetched.has(piece.index)) {
          newIndexes.set(piece.index, nextIndex)
          output.write(putInstruction(nextIndex++, protocol))
        }
        break
      case 'get':
        output.write(getInstruction(newIndexes.get(piece.index), protocol, piece.offset))
        break
    }
  }
  return output.finish()
}

function scan(bytes: Uint8Array, settings: PickletoolsSettings): Scan {
  const pieces: Piece[] = []
  const stored = new Set<PythonInt>()
  const fetched = new Set<PythonInt>()
  let header: Uint8Array = new Uint8Array(0)
  let protocol = 0
  for (const { opcode, argument, offset, length } of genops(bytes, settings)) {
    const copy = bytes.subarray(offset, offset + length)
    const index = memoIndexOf(argument)
    switch (opcode) {
      case 'PUT':
      case 'BINPUT':
      case 'LONG_BINPUT':
        stored.add(index)
        pieces.push({ kind: 'put', index })
        break
      case 'MEMOIZE':
        // OPT-02  Its index is the number of distinct ones so far.
        pieces.push({ kind: 'put', index: stored.size })
        stored.add(stored.size)
        break
      case 'GET':
      case 'BINGET':
      case 'LONG_BINGET':
        // OPT-03  A GET speaks for the protocol of its opcode.
        protocol = Math.max(protocol, opcodes[opcode].protocol)
        fetched.add(index)
        pieces.push({ kind: 'get', index, offset })
        break
      case 'FRAME':
        break
      case 'PROTO':
        protocol = Math.max(protocol, Number(index))
        // OPT-04  At the beginning it goes before the first frame, elsewhere it stays in place.
        if (offset === 0) header = copy
        else pieces.push({ kind: 'copy', bytes: copy })
        break
      default:
        pieces.push({ kind: 'copy', bytes: copy })
    }
  }
  return { header, protocol, pieces, fetched }
}

function putInstruction(index: number, protocol: number): Uint8Array {
  if (protocol >= 4) return Uint8Array.of(opcodes.MEMOIZE.code)
  return memoInstruction('PUT', index, protocol)
}

function getInstruction(index: number | undefined, protocol: number, offset: number): Uint8Array {
  if (index !== undefined) return memoInstruction('GET', index, protocol)
  // Protocol 0 spells the missing index as Python spells None.
  if (protocol === 0) return asciiOf('gNone\n')
  const message = "'<' not supported between instances of 'NoneType' and 'int'"
  throw new PickleError('TypeError', message, { offset })
}

function memoInstruction(verb: 'PUT' | 'GET', index: number, protocol: number): Uint8Array {
  const writer = new Writer(8)
  if (protocol === 0) {
    writer.u8(opcodes[verb].code)
    writer.ascii(`${index}\n`)
  } else if (index < 256) {
    writer.u8(opcodes[`BIN${verb}`].code)
    writer.u8(index)
  } else {
    writer.u8(opcodes[`LONG_BIN${verb}`].code)
    writer.u32le(index)
  }
  return writer.take()
}

const asciiOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/**
 * Output in frames from protocol 4 on. Boundaries fall between instructions, and an instruction of
 * more than 64 KiB, opcode and count among them, stands outside.
 *
 * @clause OPT-06
 */
class FramedOutput {
  readonly #writer = new Writer()
  readonly #frame = new Writer()
  readonly #isFramed: boolean

  constructor(header: Uint8Array, protocol: number) {
    this.#writer.bytes(header)
    this.#isFramed = protocol >= 4
  }

  write(instruction: Uint8Array): void {
    const isLarge = instruction.length > frameTargetBytes
    if (isLarge || this.#frame.length >= frameTargetBytes) this.#closeFrame()
    const target = this.#isFramed && !isLarge ? this.#frame : this.#writer
    target.bytes(instruction)
  }

  finish(): Uint8Array {
    this.#closeFrame()
    return this.#writer.take()
  }

  #closeFrame(): void {
    const frame = this.#frame.take()
    if (frame.length >= frameLeastBytes) {
      this.#writer.u8(opcodes.FRAME.code)
      this.#writer.u64le(frame.length)
    }
    this.#writer.bytes(frame)
  }
}
