import { Reader } from '../codecs/reader.ts'
import { bytesRepr } from '../codecs/repr.ts'
import type { Writer } from '../codecs/writer.ts'
import { asPickleError, PickleError } from '../errors.ts'
import { type Argument, type ArgumentForm, argumentForms } from '../opcodes/arguments.ts'
import { readPayload, writePayload } from '../opcodes/layouts.ts'
import { type OpcodeName, opcodeOfCode, opcodes } from '../opcodes/opcodes.ts'

/** One instruction of a pickle, its argument not yet read. */
export interface RawInstruction {
  readonly opcode: OpcodeName
  /** The bytes of the argument, without count and LF; a view of the pickle. */
  readonly payload: Uint8Array
  /** Where its opcode stands, counted in bytes from 0. */
  readonly offset: number
  /** How many bytes it takes, opcode, count and LF among them. */
  readonly length: number
}

/** One instruction of a pickle. */
export interface Instruction {
  readonly opcode: OpcodeName
  readonly argument: Argument
  /** Where its opcode stands, counted in bytes from 0. */
  readonly offset: number
  /** How many bytes it takes, opcode, count and LF among them. */
  readonly length: number
}

/** The form of the argument that an instruction takes. */
export function argumentFormOf(opcode: OpcodeName): ArgumentForm {
  return argumentForms[opcodes[opcode].argument]
}

/**
 * Reads one instruction where the reader stands, and moves it behind that. `base` is the offset in
 * the pickle of the first byte of the reader.
 *
 * @clause OPT-20
 * @throws {PickleError} ValueError in the words of `pickletools`, with the offset of the opcode: at
 * the end of the bytes, for an unknown opcode, for an argument cut short
 */
export function readInstruction(reader: Reader, base = 0): RawInstruction {
  const start = reader.position
  const offset = base + start
  if (reader.remaining === 0) {
    throw new PickleError('ValueError', 'pickle exhausted before seeing STOP', { offset })
  }
  const code = reader.bytes(1)
  const opcode = opcodeOfCode(code[0] as number) // one byte was read
  if (opcode === undefined) {
    throw new PickleError(
      'ValueError',
      `at position ${offset}, opcode ${bytesRepr(code)} unknown`,
      { offset },
    )
  }
  const kind = opcodes[opcode].argument
  const payload = placed(offset, () => readPayload(reader, kind, argumentForms[kind].layout))
  return { opcode, payload, offset, length: reader.position - start }
}

/** All bytes of an instruction, as a view of the pickle. */
export function bytesOfInstruction({ opcode, payload, length }: RawInstruction): Uint8Array {
  const behind = argumentFormOf(opcode).layout.by === 'lines' ? 1 : 0
  const before = length - payload.length - behind
  return new Uint8Array(payload.buffer, payload.byteOffset - before, length)
}

/**
 * Writes one instruction.
 *
 * @throws {RangeError} when the bytes cannot be the argument of this instruction
 */
export function writeInstruction(writer: Writer, opcode: OpcodeName, payload: Uint8Array): void {
  writer.u8(opcodes[opcode].code)
  writePayload(writer, argumentFormOf(opcode).layout, payload)
}

/**
 * The argument of an instruction, as the machine reads it.
 *
 * @throws {PickleError} with the offset of the opcode, when the argument is malformed
 */
export function argumentOf({ opcode, payload, offset }: RawInstruction): Argument {
  return placed(offset, () => argumentFormOf(opcode).decode(payload))
}

/** Puts the offset of an instruction on the errors of its argument. */
export function placed<T>(offset: number, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const cause = asPickleError(error)
    throw new PickleError(cause.type, cause.message, { offset, cause })
  }
}

/**
 * The instructions of the pickle that begins at `start`, up to and including its STOP, one at a
 * time and without running them.
 *
 * @clause OPT-20
 * @throws {PickleError} with the offset of the opcode, where {@link readInstruction} and
 * {@link argumentOf} do; what came before has then been given out
 */
export function* instructions(bytes: Uint8Array, start = 0): Generator<Instruction, void, void> {
  for (const raw of rawInstructions(bytes, start)) {
    const { opcode, offset, length } = raw
    yield { opcode, argument: argumentOf(raw), offset, length }
  }
}

/** As {@link instructions}, but the arguments are left as bytes. */
export function* rawInstructions(
  bytes: Uint8Array,
  start = 0,
): Generator<RawInstruction, void, void> {
  const reader = new Reader(bytes, start)
  for (;;) {
    const instruction = readInstruction(reader)
    yield instruction
    if (instruction.opcode === 'STOP') return
  }
}
