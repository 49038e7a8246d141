import { Reader } from '../codecs/reader.ts'
import { Writer } from '../codecs/writer.ts'
import { messageOf } from '../errors.ts'
import { isOpcodeName, type OpcodeName } from '../opcodes/opcodes.ts'
import { type AssemblySettings, argumentText, scanArgument } from './assembly-arguments.ts'
import { AssemblyScanner } from './assembly-scanner.ts'
import { groupLines } from './groups.ts'
import { readInstruction, writeInstruction } from './instructions.ts'

/** From this many equal instructions in a row on, one is written with their number behind it. */
const runFrom = 9

/** Nearly every line is no longer than this, in bytes. */
const shortUnit = 32

/**
 * The bytes that lines of assembly stand for, one instruction a line.
 *
 * A line is the name of an opcode and its argument:
 *
 * - ints in decimal: `BININT1 5`, `LONG1 -549755813888`, `PUT 0`; `PROTO n` is the protocol given;
 *   `INT 01` is True and `INT 00` False
 * - floats as Python prints them, or by their bits: `BINFLOAT 1.5`, `BINFLOAT 0x7ff8000000000001`
 * - text as a JSON string, or as code points where halves of surrogate pairs meet:
 *   `BINUNICODE "abc"`, `UNICODE [55357, 56832]`, `GLOBAL "module" "name"`; the characters of
 *   STRING, BINSTRING and SHORT_BINSTRING are bytes, so they go up to U+00FF
 * - bytes in hex: `SHORT_BINBYTES x'6162'`
 *
 * `"a"*300` and `x'00'*300` are something repeated; ` *300` at the end of a line is the instruction
 * repeated, and `( EMPTY_DICT ; BININT1 0 ) *49` a run of instructions. Where the bytes are not what
 * Python's pickler would write for the value, a text argument is given by the bytes of its line,
 * `INT raw "+5"`, and a counted one by its bytes, `LONG1 x'0500'`.
 *
 * Not in the protocol: the notation is ours. Nothing is checked beyond single instructions: a FRAME
 * may have any length, the stack may run empty, STOP may be missing.
 *
 * @throws {NotationError} with line and column, for a line that is no instruction
 */
export function assemble(lines: readonly string[], settings: AssemblySettings = {}): Uint8Array {
  const writer = new Writer()
  const write = (bytes: Uint8Array): void => writer.bytes(bytes)
  for (const [index, line] of lines.entries()) assembleLine(line, index, write, settings)
  return writer.take()
}

/**
 * Gives out the bytes that one line of assembly stands for, as {@link assemble} has it: a repeated
 * instruction as often as it is repeated. `line` is its number, from 0, for the error.
 *
 * @throws {NotationError} with line and column, for a line that is no instruction
 */
export function assembleLine(
  text: string,
  line: number,
  write: (bytes: Uint8Array) => void,
  settings: AssemblySettings = {},
): void {
  const scanner = new AssemblyScanner(text, line)
  const unit = new Writer(shortUnit)
  if (scanner.passes('(')) {
    do assembleInstruction(unit, scanner, settings)
    while (scanner.passes(';'))
    if (!scanner.passes(')')) throw scanner.error('wanted ; or ) after an instruction of a group')
  } else {
    assembleInstruction(unit, scanner, settings)
  }
  const bytes = unit.take()
  for (let times = scanner.runLength(bytes.length); times > 0; times--) write(bytes)
}

function assembleInstruction(
  writer: Writer,
  scanner: AssemblyScanner,
  settings: AssemblySettings,
): void {
  const { column } = scanner
  const opcode = scanner.word('the name of an opcode')
  if (!isOpcodeName(opcode)) throw scanner.error(`${opcode} is not the name of an opcode`, column)
  const at = scanner.column
  const payload = scanArgument(scanner, opcode, settings)
  try {
    writeInstruction(writer, opcode, payload)
  } catch (error) {
    throw scanner.error(messageOf(error), at)
  }
}

/**
 * The lines of assembly for bytes: what {@link assemble} gives back, to the byte.
 *
 * All instructions to the end of the bytes are written, those after a STOP too; STOP may be missing.
 *
 * Not in the protocol: the notation is ours.
 *
 * @throws {PickleError} ValueError with an offset, for an unknown opcode or an argument cut short
 */
export function disassembleToAssembly(bytes: Uint8Array): string[] {
  const lines: string[] = []
  const reader = new Reader(bytes)
  let previous = ''
  let times = 0
  const finishRun = (): void => {
    if (times >= runFrom) lines.push(`${previous} *${times}`)
    else for (; times > 0; times--) lines.push(previous)
    times = 0
  }
  while (reader.remaining > 0) {
    const { opcode, payload } = readInstruction(reader)
    const line = instructionText(opcode, payload)
    if (line !== previous) finishRun()
    previous = line
    times++
  }
  finishRun()
  return groupLines(lines)
}

/**
 * One line of assembly, from an opcode and the bytes of its argument.
 *
 * Not in the protocol: the notation is ours.
 */
export function instructionText(opcode: OpcodeName, payload: Uint8Array): string {
  const argument = argumentText(opcode, payload)
  return argument === '' ? opcode : `${opcode} ${argument}`
}
