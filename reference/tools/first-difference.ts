import { hexOfBytes } from '../codecs/hex.ts'
import { Reader } from '../codecs/reader.ts'
import { asPickleError } from '../errors.ts'
import { instructionText } from './assembly.ts'
import { readInstruction } from './instructions.ts'

/** One instruction of one of two pickles. */
export interface ListedInstruction {
  /** Where it stands, counted in bytes from 0. */
  readonly offset: number
  /** Its assembly; for what cannot be read, the reason in brackets and all that is left. */
  readonly text: string
}

/** The instructions of two pickles that stand at one place in both; undefined where one has ended. */
export interface InstructionPair {
  readonly left: ListedInstruction | undefined
  readonly right: ListedInstruction | undefined
}

/** Two pickles side by side. */
export interface Comparison {
  readonly pairs: readonly InstructionPair[]
  /** The index of the first pair that differs; undefined when none does. */
  readonly firstDifference: number | undefined
}

/**
 * Two pickles side by side, instruction by instruction, and where they part.
 *
 * Both are read to the end of their bytes, or to the first byte that cannot be read, which counts as
 * a last instruction. Two are equal when their bytes are.
 *
 * Not in the protocol: it is for reports.
 */
export function compareInstructions(left: Uint8Array, right: Uint8Array): Comparison {
  const lefts = [...listed(left)]
  const rights = [...listed(right)]
  const pairs = Array.from({ length: Math.max(lefts.length, rights.length) }, (_, index) => ({
    left: lefts[index],
    right: rights[index],
  }))
  const first = pairs.findIndex((pair) => pair.left?.text !== pair.right?.text)
  return { pairs, firstDifference: first === -1 ? undefined : first }
}

function* listed(bytes: Uint8Array): Generator<ListedInstruction, void, void> {
  const reader = new Reader(bytes)
  while (reader.remaining > 0) {
    const offset = reader.position
    try {
      const { opcode, payload } = readInstruction(reader)
      yield { offset, text: instructionText(opcode, payload) }
    } catch (error) {
      yield {
        offset,
        text: `(${asPickleError(error).message}) x'${hexOfBytes(bytes.subarray(offset))}'`,
      }
      return
    }
  }
}
