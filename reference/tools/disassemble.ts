import { asPickleError, PickleError } from '../errors.ts'
import { opcodes } from '../opcodes/opcodes.ts'
import { annotationOf } from './annotations.ts'
import { readArgument } from './argument-text.ts'
import { defaultPython, inWordsOf, type PickletoolsSettings } from './genops.ts'
import { IndexTable } from './index-table.ts'
import { type RawInstruction, rawInstructions } from './instructions.ts'
import { StackSketch } from './stack-sketch.ts'

/** How a disassembly looks. */
export interface DisassemblySettings extends PickletoolsSettings {
  /** By how many blanks each open mark moves a line to the right; 4 unless given. */
  readonly indentLevel?: number
  /** Where annotations begin, in columns; without it there are none. `-a` of pickletools is 30. */
  readonly annotate?: number
}

/** What `pickletools.dis` prints, and why it stopped where that was not at STOP. */
export interface Disassembly {
  readonly text: string
  readonly error: PickleError | undefined
}

/** What `pickletools.dis` remembers of one pickle for the next one of the same pickler: its memo. */
export type DisassemblyMemo = IndexTable

/** A memo in which nothing is. */
export function emptyMemo(): DisassemblyMemo {
  return new IndexTable()
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
  const disassembler = new Disassembler((piece) => {
    text += piece
  }, settings)
  try {
    for (const instruction of rawInstructions(bytes)) disassembler.print(instruction)
    return { text, error: undefined }
  } catch (error) {
    return { text, error: asPickleError(error) }
  }
}

/** An annotation that would begin behind this column begins anew at the given one. */
const lastAnnotationColumn = 50

/**
 * Prints the disassembly of one pickle, instruction by instruction: the memory needed is that of the
 * machine's stack and memo, a few bytes for each entry, and an argument is never made into one text.
 *
 * @clause OPT-23
 */
export class Disassembler {
  readonly #write: (text: string) => void
  readonly #settings: Required<Omit<DisassemblySettings, 'annotate'>>
  readonly #sketch: StackSketch
  readonly #indent: string
  readonly #annotate: number | undefined
  #annotationColumn: number
  #highest = 0

  /** `memo` is what pickles before have left, and gets what this one leaves. */
  constructor(
    write: (text: string) => void,
    settings: DisassemblySettings = {},
    memo = emptyMemo(),
  ) {
    const { python = defaultPython, indentLevel = 4, annotate } = settings
    this.#write = write
    this.#settings = { python, indentLevel }
    this.#sketch = new StackSketch(python, memo)
    this.#indent = ' '.repeat(indentLevel)
    this.#annotate = annotate
    this.#annotationColumn = annotate ?? 0
  }

  /**
   * Prints one instruction; the last one, STOP, with the line behind it.
   *
   * @throws {PickleError} mostly ValueError, where `pickletools.dis` does, after what that prints
   */
  print(instruction: RawInstruction): void {
    const { opcode, offset } = instruction
    const { python } = this.#settings
    const read = readArgument(instruction, python)
    const place = `${String(offset).padStart(5)}: `
    const row = opcodes[opcode]
    const name = this.#indent.repeat(this.#sketch.depth) + opcode
    this.#highest = Math.max(this.#highest, row.protocol)
    const argument = read?.argument ?? ({ kind: 'none' } as const)
    const { remark, complaint } = this.#sketch.step({ opcode, argument, offset })
    if (complaint?.problem === 'mark-lost') {
      this.#write(place)
      throw new PickleError('IndexError', complaint.message, { offset })
    }
    const isPadded = read !== undefined || remark !== undefined
    const padding = isPadded ? ' '.repeat(Math.max(10 - opcode.length, 0)) : ''
    const line = new Line(this.#write, place, `${codeReprs[row.code]} ${name}${padding}`)
    if (read !== undefined) {
      try {
        line.write(' ')
        read.print((text) => line.write(text))
      } catch (error) {
        // pickletools makes a line before it prints it.
        this.#write(place)
        throw error
      }
    }
    if (remark !== undefined) line.write(` ${remark}`)
    if (this.#annotate !== undefined) {
      this.#writeAnnotation(line, annotationOf(opcode, python), this.#annotate)
    }
    line.end()
    if (opcode === 'STOP' && complaint?.problem !== 'underflow') {
      this.#write(`highest protocol among opcodes = ${this.#highest}\n`)
    }
    if (complaint !== undefined) {
      throw new PickleError('ValueError', inWordsOf(complaint.message, python), { offset })
    }
  }

  #writeAnnotation(line: Line, annotation: string, column: number): void {
    line.write(' '.repeat(Math.max(this.#annotationColumn - line.columns, 0)))
    this.#annotationColumn = line.columns > lastAnnotationColumn ? column : line.columns
    line.write(` ${annotation}`)
  }
}

/** One line being written, and how many characters it has; only long ones are written in parts. */
class Line {
  readonly #write: (text: string) => void
  #text: string
  #columns = 0
  #counted: number

  /** The place at the beginning is not counted. */
  constructor(write: (text: string) => void, place: string, text: string) {
    this.#write = write
    this.#text = place + text
    this.#counted = place.length
  }

  /** The number of code points so far. */
  get columns(): number {
    for (let at = this.#counted; at < this.#text.length; at++) {
      // The second half of a pair is no character of its own.
      if ((this.#text.charCodeAt(at) & 0xfc00) !== 0xdc00) this.#columns++
    }
    this.#counted = this.#text.length
    return this.#columns
  }

  write(text: string): void {
    this.#text += text
    if (this.#text.length < 4096) return
    this.#columns = this.columns
    this.#write(this.#text)
    this.#text = ''
    this.#counted = 0
  }

  end(): void {
    this.#write(`${this.#text}\n`)
  }
}

/** Each opcode's character as `repr` writes it, in four columns. */
const codeReprs: readonly string[] = Array.from({ length: 256 }, (_, code) =>
  (code < 0x80 ? String.fromCharCode(code) : `\\x${code.toString(16)}`).padEnd(4),
)
