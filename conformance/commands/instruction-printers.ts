import {
  Disassembler,
  type DisassemblySettings,
  emptyMemo,
  hexOfBytes,
  instructionText,
  opcodes,
  PickleError,
  type PythonVersion,
  type RawInstruction,
  readArgument,
  StackSketch,
} from '../../reference/index.ts'

/** Prints instructions in one form; the instruction behind a STOP begins another pickle. */
export type InstructionPrinter = {
  /** @throws {PickleError} where that form has something against the instruction */
  readonly print: (instruction: RawInstruction) => void
  /** Is told what ends the printing. */
  readonly refuse: (error: PickleError) => void
}

type Write = (text: string) => void

/** The form of `pickletools.dis`; the memo is kept from pickle to pickle where one is given. */
export function pickletoolsPrinter(
  write: Write,
  settings: DisassemblySettings,
  memo: ReturnType<typeof emptyMemo> | undefined,
): InstructionPrinter {
  let disassembler: Disassembler | undefined
  return {
    print: (instruction) => {
      disassembler ??= new Disassembler(write, settings, memo ?? emptyMemo())
      disassembler.print(instruction)
      if (instruction.opcode === 'STOP') disassembler = undefined
    },
    refuse: () => {},
  }
}

/** A counted argument from this many bytes on is written in hex, piece by piece. */
const longBytes = 1 << 20

/** The form that `picklespec assemble` reads: one instruction a line. */
export function assemblyPrinter(write: Write): InstructionPrinter {
  return {
    print: ({ opcode, payload }) => {
      if (payload.length < longBytes || opcodes[opcode].argument.includes('nl')) {
        write(`${instructionText(opcode, payload)}\n`)
        return
      }
      write(`${opcode} x'`)
      for (let at = 0; at < payload.length; at += longBytes) {
        write(hexOfBytes(payload.subarray(at, at + longBytes)))
      }
      write("'\n")
    },
    refuse: () => {},
  }
}

/** JSON Lines: an object for each instruction, at last one with the error if there is one. */
export function jsonPrinter(write: Write, python: PythonVersion): InstructionPrinter {
  let sketch = new StackSketch(python)
  return {
    print: (instruction) => {
      const { opcode, offset, length } = instruction
      const read = readArgument(instruction, python)
      const { remark, complaint } = sketch.step({
        opcode,
        argument: read?.argument ?? { kind: 'none' },
        offset,
      })
      write(`{"offset":${offset},"length":${length},"opcode":"${opcode}"`)
      if (read !== undefined) {
        write(',"argument":"')
        read.print((text) => write(JSON.stringify(text).slice(1, -1)))
        write('"')
      }
      write(remark === undefined ? '}\n' : `,"remark":${JSON.stringify(remark)}}\n`)
      if (complaint !== undefined) {
        throw new PickleError('ValueError', complaint.message, { offset })
      }
      if (opcode === 'STOP') sketch = new StackSketch(python)
    },
    refuse: ({ type, message, offset }) => {
      write(`${JSON.stringify({ error: { class: type, message, offset } })}\n`)
    },
  }
}
