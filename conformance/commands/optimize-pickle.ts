import {
  hexOfBytes,
  OptimizeRewrite,
  OptimizeScan,
  PickleError,
  type RawInstruction,
} from '../../reference/index.ts'
import type { ExitCode, Io } from '../../reports/command.ts'
import { type ByteSink, openSink, requireNoTerminal } from './pickle-files.ts'
import { eachInstruction, isUseless, openInput, type PickleInput } from './pickle-input.ts'
import { namedProfile } from './profiles.ts'
import { pythonError } from './python-error.ts'
import { pythonOf } from './pythons.ts'

export type OptimizeOptions = {
  readonly profile: string | undefined
  readonly out: string | undefined
  readonly hex: boolean
  readonly json: boolean
}

/**
 * Writes what `pickletools.optimize` makes of a pickle. A file is read twice and never held; what
 * comes on standard input or out of a pipe is held, since it cannot be read again. What Python
 * refuses is said on standard error, and nothing is written.
 *
 * @throws {WrongUsage} when a pickle would go to a terminal
 * @throws {CouldNotRun} when a file cannot be read or written
 */
export async function optimizePickle(
  io: Io,
  path: string,
  options: OptimizeOptions,
): Promise<ExitCode> {
  const python = pythonOf(namedProfile(io, options.profile))
  const isWritten = !options.json || options.out !== undefined
  if (isWritten && !options.hex) requireNoTerminal(io, options.out, '--hex or -o FILE')
  const opened = openInput(io, path)
  try {
    const input = opened.byteLength === undefined ? await held(opened) : opened
    const scan = new OptimizeScan({ python })
    const before = await passOver(io, input, (instruction) => scan.see(instruction))
    const sink = isWritten ? openSink(io, options.out) : undefined
    let after = 0
    try {
      const write = writer(sink, options.hex)
      const rewrite = new OptimizeRewrite(scan, (bytes) => {
        after += bytes.length
        write(bytes)
      })
      await passOver(io, input, (instruction) => rewrite.write(instruction))
      if (isUseless(io)) {
        sink?.discard()
        return 0
      }
      rewrite.finish()
      if (options.hex) sink?.write(Uint8Array.of(0x0a))
      sink?.finish()
    } catch (error) {
      sink?.discard()
      throw error
    }
    if (options.json) io.stdout.write(`${JSON.stringify({ bytes: before, optimized: after })}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    io.stderr.write(`${pythonError(error)}\n`)
    return 1
  } finally {
    opened.close()
  }
}

/** The input with all of its bytes in memory, to be read more than once. */
async function held({ chunks, close }: PickleInput): Promise<PickleInput> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks()) parts.push(chunk.slice())
  return {
    byteLength: parts.reduce((total, { length }) => total + length, 0),
    chunks: async function* () {
      yield* parts
    },
    close,
  }
}

/** Shows every instruction up to the STOP; gives back where the pickle ends. */
async function passOver(
  io: Io,
  input: PickleInput,
  show: (instruction: RawInstruction) => void,
): Promise<number> {
  const stream = await eachInstruction(io, input, {
    take: (instruction) => {
      show(instruction)
      return instruction.opcode !== 'STOP'
    },
    mayEnd: () => false,
  })
  return stream.offset
}

function writer(sink: ByteSink | undefined, isHex: boolean): (bytes: Uint8Array) => void {
  if (sink === undefined) return () => {}
  if (!isHex) return (bytes) => sink.write(bytes)
  const encoder = new TextEncoder()
  return (bytes) => sink.write(encoder.encode(hexOfBytes(bytes)))
}
