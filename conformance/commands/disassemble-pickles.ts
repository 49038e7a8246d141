import {
  type DisassemblyMemo,
  emptyMemo,
  PickleError,
  type PythonVersion,
} from '../../reference/index.ts'
import { type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import {
  assemblyPrinter,
  type InstructionPrinter,
  jsonPrinter,
  pickletoolsPrinter,
} from './instruction-printers.ts'
import { openSink, standardStream, TextSink } from './pickle-files.ts'
import { eachInstruction, isUseless, openInput, type PickleInput } from './pickle-input.ts'
import { namedProfile } from './profiles.ts'
import { pythonError } from './python-error.ts'
import { pythonOf } from './pythons.ts'

export type DisOptions = {
  readonly profile: string | undefined
  readonly annotate: boolean
  readonly indentlevel: number | undefined
  readonly memo: boolean
  readonly preamble: string | undefined
  readonly all: boolean
  readonly assembly: boolean
  readonly json: boolean
  readonly out: string | undefined
}

/** The column that `python -m pickletools -a` asks for. */
const annotationColumn = 30

/**
 * Prints pickles as `python -m pickletools` does, in the memory that the longest instruction needs.
 * Where that dies, what it had printed is printed, and the exception is said on standard error.
 *
 * @throws {WrongUsage} for options that mean nothing together
 * @throws {CouldNotRun} when a file cannot be read or written
 */
export async function disassemblePickles(
  io: Io,
  files: readonly string[],
  options: DisOptions,
): Promise<ExitCode> {
  const python = pythonOf(namedProfile(io, options.profile))
  checkTogether(options, files)
  const paths = files.length === 0 ? [standardStream] : files
  const preamble = preambleOf(options.preamble ?? '==> {name} <==')
  const memo = options.memo ? emptyMemo() : undefined
  const inputs: (readonly [path: string, input: PickleInput])[] = []
  try {
    // Nothing is printed before all files are there.
    for (const path of paths) inputs.push([path, openInput(io, path)])
    const sink = openSink(io, options.out)
    try {
      const text = new TextSink(sink)
      let exitCode: ExitCode = 0
      for (const [path, input] of inputs) {
        if (inputs.length > 1) text.write(`${preamble(path)}\n`)
        const printer = printerFor(options, python, memo, (piece) => text.write(piece))
        const end = await print(io, input, printer, options)
        text.flush()
        if (end.error !== undefined) {
          io.stderr.write(`${pythonError(end.error)}\n`)
          exitCode = 1
          break
        }
        io.stderr.write(leftOver(path, end))
      }
      sink.finish()
      return exitCode
    } catch (error) {
      sink.discard()
      throw error
    }
  } finally {
    for (const [, input] of inputs) input.close()
  }
}

function checkTogether(options: DisOptions, files: readonly string[]): void {
  const [one, other] = (['annotate', 'assembly', 'json'] as const).filter((form) => options[form])
  if (one !== undefined && other !== undefined) {
    throw new WrongUsage(`--${one} and --${other} are two forms: leave out one`)
  }
  if (files.length > 1 && (options.assembly || options.json)) {
    throw new WrongUsage(`--${options.json ? 'json' : 'assembly'} takes one file`)
  }
}

/** Python's `str.format`, as far as a preamble needs it. */
function preambleOf(format: string): (path: string) => string {
  if (!/^(?:[^{}]|\{\{|\}\}|\{name\})*$/.test(format)) {
    throw new WrongUsage(
      `the preamble ${JSON.stringify(format)} has other braces than {name}, {{ and }}`,
    )
  }
  return (path) => {
    const name = path === standardStream ? '<stdin>' : path
    return format.replace(/\{\{|\}\}|\{name\}/g, (found) =>
      found === '{name}' ? name : found.charAt(0),
    )
  }
}

function printerFor(
  { annotate, assembly, indentlevel, json }: DisOptions,
  python: PythonVersion,
  memo: DisassemblyMemo | undefined,
  write: (text: string) => void,
): InstructionPrinter {
  if (assembly) return assemblyPrinter(write)
  if (json) return jsonPrinter(write, python)
  const settings = {
    python,
    ...(indentlevel !== undefined && { indentLevel: indentlevel }),
    ...(annotate && { annotate: annotationColumn }),
  }
  return pickletoolsPrinter(write, settings, memo)
}

/** Where the printing of an input ended. */
type End = {
  readonly error?: PickleError
  /** How many bytes follow the last instruction, as far as is known. */
  readonly left: number
  readonly offset: number
}

async function print(
  io: Io,
  input: PickleInput,
  printer: InstructionPrinter,
  { all, assembly }: DisOptions,
): Promise<End> {
  let isBetween = false
  try {
    const stream = await eachInstruction(io, input, {
      take: (instruction) => {
        printer.print(instruction)
        isBetween = instruction.opcode === 'STOP'
        return all || assembly || !isBetween
      },
      mayEnd: () => assembly || (all && isBetween),
    })
    const { available, offset } = stream
    const left = input.byteLength === undefined ? available : input.byteLength - offset
    return { offset, left: isUseless(io) ? 0 : left }
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    printer.refuse(error)
    return { error, left: 0, offset: error.offset ?? 0 }
  }
}

function leftOver(path: string, { left, offset }: End): string {
  if (left === 0) return ''
  const bytes = left === 1 ? '1 byte is' : `${left} bytes are`
  return `${path}: ${bytes} left over behind the STOP at byte ${offset - 1}; --all goes on\n`
}
