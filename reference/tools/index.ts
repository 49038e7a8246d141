export { assemble, disassembleToAssembly, instructionText } from './assembly.ts'
export type { AssemblySettings } from './assembly-arguments.ts'
export {
  argumentOf,
  type Instruction,
  instructions,
  type RawInstruction,
  rawInstructions,
  readInstruction,
  writeInstruction,
} from './instructions.ts'
