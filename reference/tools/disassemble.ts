import { asPickleError, PickleError } from '../errors.ts'
import { opcodes } from '../opcodes/opcodes.ts'
import { argumentRepr } from './argument-repr.ts'
import { defaultPython, genops, type PickletoolsSettings } from './genops.ts'
import { placed } from './instructions.ts'
import { StackSketch } from './stack-sketch.ts'

/** How a disassembly looks. */
export interface DisassemblySettings extends PickletoolsSettings {
  /** By how many blanks each open mark moves a line to the right; 4 unless given. */
  readonly indentLevel?: number
}

/** What `pickletools.dis` prints, and why it stopped where that was not at STOP. */
export interface Disassembly {
  readonly text: string
  readonly error: PickleError | undefined
}

/**
 * What `python -m pickletools FILE` prints, byte for byte.
 *
 * Where that dies, `text` is what it had printed before and `error` is the exception, with the
 * offset of the opcode.
 *
 * @clause OPT-23
 */
export function disassemble(bytes: Uint8Array, settings: DisassemblySettings = {}): Disassembly {
  let text = ''
  try {
    for (const piece of disassembly(bytes, settings)) text += piece
    return { text, error: undefined }
  } catch (error) {
    return { text, error: asPickleError(error) }
  }
}

/**
 * As {@link disassemble}, piece by piece: the memory needed does not grow with the pickle.
 *
 * @throws {PickleError} mostly ValueError, after the last piece
 */
export function* disassembly(
  bytes: Uint8Array,
  settings: DisassemblySettings = {},
): Generator<string, void, void> {
  const { python = defaultPython, indentLevel = 4 } = settings
  const sketch = new StackSketch(python)
  const indent = ' '.repeat(indentLevel)
  let highest = 0
  for (const instruction of genops(bytes, { python })) {
    const { opcode, argument, offset } = instruction
    yield `${String(offset).padStart(5)}: `
    const indented = indent.repeat(sketch.depth) + opcode
    highest = Math.max(highest, opcodes[opcode].protocol)
    const { remark, complaint } = sketch.step(instruction)
    if (complaint?.problem === 'mark-lost') {
      throw new PickleError('IndexError', complaint.message, { offset })
    }
    const shown = placed(offset, () => argumentRepr(opcode, argument, python))
    const parts = [shown, remark].filter((part) => part !== undefined)
    const padding = ' '.repeat(parts.length > 0 ? Math.max(10 - opcode.length, 0) : 0)
    yield `${[`${codeRepr(opcodes[opcode].code)} ${indented}${padding}`, ...parts].join(' ')}\n`
    if (opcode === 'STOP' && complaint?.problem !== 'underflow') {
      yield `highest protocol among opcodes = ${highest}\n`
    }
    if (complaint !== undefined) throw new PickleError('ValueError', complaint.message, { offset })
  }
}

/** The opcode's character as `repr` writes it, in four columns. */
function codeRepr(code: number): string {
  return (code < 0x80 ? String.fromCharCode(code) : `\\x${code.toString(16)}`).padEnd(4)
}
