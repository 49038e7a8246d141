export type { PythonVersion } from '../codecs/python-version.ts'
export { type ReadArgument, readArgument } from './argument-text.ts'
export { assemble, assembleLine, disassembleToAssembly, instructionText } from './assembly.ts'
export type { AssemblySettings } from './assembly-arguments.ts'
export {
  Disassembler,
  type Disassembly,
  type DisassemblyMemo,
  type DisassemblySettings,
  disassemble,
  emptyMemo,
} from './disassemble.ts'
export {
  type Comparison,
  compareInstructions,
  type InstructionPair,
  type ListedInstruction,
} from './first-difference.ts'
export { genops, type PickletoolsSettings } from './genops.ts'
export { InstructionStream } from './instruction-stream.ts'
export {
  argumentOf,
  type Instruction,
  instructions,
  type RawInstruction,
  rawInstructions,
  readInstruction,
  writeInstruction,
} from './instructions.ts'
export { OptimizeRewrite, OptimizeScan, optimize } from './optimize.ts'
export { type Complaint, type SketchedInstruction, StackSketch, type Step } from './stack-sketch.ts'
export { type Finding, verify } from './verify.ts'
