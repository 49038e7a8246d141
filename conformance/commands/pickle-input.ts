import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { InstructionStream, type RawInstruction } from '../../reference/index.ts'
import { CouldNotRun, type Io } from '../../reports/command.ts'
import { standardStream } from './pickle-files.ts'

/** How much of a file is read at a time. */
const chunkBytes = 1 << 20

/** After so many instructions the rest of the process has its turn. */
const instructionsPerTurn = 4096

/** The bytes of a pickle as they come, and how many are still to come where that is known. */
export type PickleInput = {
  readonly chunks: () => AsyncIterable<Uint8Array>
  /** How many bytes there are in all; undefined where only the end will tell. */
  readonly byteLength: number | undefined
  readonly close: () => void
}

/**
 * Opens what the user named: a file, or `-` for standard input. The chunks of a file can be asked
 * for several times, and begin at its beginning each time.
 *
 * @throws {CouldNotRun} with the path, when it cannot be read; also while reading
 */
export function openInput(io: Io, path: string): PickleInput {
  if (path === standardStream) {
    return { chunks: io.stdin, byteLength: undefined, close: () => {} }
  }
  const guarded = <T>(act: () => T): T => {
    try {
      return act()
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new CouldNotRun(`${path} cannot be read: ${why}`, { cause })
    }
  }
  const file = guarded(() => openSync(resolve(io.cwd, path), 'r'))
  const stat = guarded(() => fstatSync(file))
  const byteLength = stat.isFile() ? stat.size : undefined
  return {
    byteLength,
    close: () => closeSync(file),
    chunks: async function* () {
      const chunk = new Uint8Array(Math.min(chunkBytes, byteLength ?? chunkBytes) || 1)
      for (let at = 0; ; ) {
        const place = byteLength === undefined ? null : at
        const length = guarded(() => readSync(file, chunk, 0, chunk.length, place))
        if (length === 0) return
        at += length
        yield chunk.subarray(0, length)
      }
    },
  }
}

/** Whether there is no use in going on: the user has interrupted, or whoever reads has left. */
export function isUseless(io: Io): boolean {
  return io.signal.aborted || io.stdout.isClosed === true
}

/** What is done with the instructions of an input. */
export type InstructionTaker = {
  /** Gives back whether more are wanted. */
  readonly take: (instruction: RawInstruction, stream: InstructionStream) => boolean
  /** Whether the bytes may end here. */
  readonly mayEnd: () => boolean
}

/**
 * Hands out every instruction in turn until no more are wanted, the input ends, or there is no use
 * in going on; gives back the stream, where it then stands.
 *
 * @throws {PickleError} what reading an instruction does
 */
export async function eachInstruction(
  io: Io,
  { chunks, byteLength }: Pick<PickleInput, 'chunks' | 'byteLength'>,
  { take, mayEnd }: InstructionTaker,
): Promise<InstructionStream> {
  const stream = new InstructionStream()
  let turn = 0
  /** Takes what can be taken; false when nothing more is to be. */
  const drain = async (): Promise<boolean> => {
    for (;;) {
      if (stream.isEnded && stream.available === 0 && mayEnd()) return false
      const instruction = stream.next()
      if (instruction === undefined) return true
      if (!take(instruction, stream)) return false
      if (++turn % instructionsPerTurn === 0) {
        await nextTurn()
        await io.stdout.drained?.()
        if (isUseless(io)) return false
      }
    }
  }
  let pushed = 0
  for await (const chunk of chunks()) {
    // A long argument gets its room at once, unless it claims more than there is.
    if (byteLength !== undefined && stream.missing > chunk.length) {
      stream.reserve(Math.min(stream.missing, byteLength - pushed))
    }
    pushed += chunk.length
    stream.push(chunk)
    if (!(await drain()) || isUseless(io)) return stream
  }
  stream.end()
  await drain()
  return stream
}
