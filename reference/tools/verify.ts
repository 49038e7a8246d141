import { asPickleError } from '../errors.ts'
import type { OpcodeName } from '../opcodes/opcodes.ts'
import { defaultPython, genops, type PickletoolsSettings } from './genops.ts'
import { type Complaint, StackSketch } from './stack-sketch.ts'

/** Something that `pickletools.dis` would complain about. */
export interface Finding extends Omit<Complaint, 'problem'> {
  /** Where the opcode stands, counted in bytes from 0. */
  readonly offset: number
  /** The instruction; undefined where the bytes are none. */
  readonly opcode: OpcodeName | undefined
  /** `unreadable`: the bytes are no instruction, or its argument is malformed. */
  readonly problem: Complaint['problem'] | 'unreadable'
}

/**
 * All that `pickletools.dis` would complain about in the pickle, up to its STOP; nothing is run.
 *
 * Unlike `dis`, which ends at its first complaint, this goes on, with its best guess of the stack.
 * What cannot be read ends it.
 *
 * @clause OPT-23
 */
export function verify(bytes: Uint8Array, settings: PickletoolsSettings = {}): Finding[] {
  const { python = defaultPython } = settings
  const sketch = new StackSketch(python)
  const findings: Finding[] = []
  try {
    for (const instruction of genops(bytes, { python })) {
      const { opcode, offset } = instruction
      const { complaint } = sketch.step(instruction)
      if (complaint !== undefined) findings.push({ offset, opcode, ...complaint })
    }
  } catch (error) {
    const { message, offset } = asPickleError(error)
    // genops always says where.
    findings.push({ offset: offset as number, opcode: undefined, problem: 'unreadable', message })
  }
  return findings
}
