export type { PythonVersion } from '../codecs/python-version.ts'
export { assemble, disassembleToAssembly, instructionText } from './assembly.ts'
export type { AssemblySettings } from './assembly-arguments.ts'
export {
  type Disassembly,
  type DisassemblySettings,
  disassemble,
  disassembly,
} from './disassemble.ts'
export {
  type Comparison,
  compareInstructions,
  type InstructionPair,
  type ListedInstruction,
} from './first-difference.ts'
export { genops, type PickletoolsSettings } from './genops.ts'
export {
  argumentOf,
  type Instruction,
  instructions,
  type RawInstruction,
  rawInstructions,
  readInstruction,
  writeInstruction,
} from './instructions.ts'
export { optimize } from './optimize.ts'
export { type Finding, verify } from './verify.ts'
