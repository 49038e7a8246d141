import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CouldNotRun, type Io, WrongUsage } from '../../reports/command.ts'

/** What stands for standard input and standard output on a command line. */
export const standardStream = '-'

function why(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

/**
 * All of what the user named: a file, or `-` for standard input.
 *
 * @throws {CouldNotRun} with the path, when it cannot be read
 */
export async function readAll(io: Io, path: string): Promise<Uint8Array> {
  try {
    return path === standardStream ? await io.readStdin() : await readFile(resolve(io.cwd, path))
  } catch (cause) {
    throw new CouldNotRun(`${path} cannot be read: ${why(cause)}`, { cause })
  }
}

/** Something that bytes go to, piece by piece. */
export type ByteSink = {
  readonly write: (bytes: Uint8Array) => void
  /** Everything has been written: the file is what it is to be. */
  readonly finish: () => void
  /** It will not be finished: what was there before stays. */
  readonly discard: () => void
}

const isStandardOutput = (path: string | undefined): path is undefined | typeof standardStream =>
  path === undefined || path === standardStream

/**
 * Sees to it that a pickle does not go to a terminal; `instead` is what could be given.
 *
 * @throws {WrongUsage} when it would
 */
export function requireNoTerminal(io: Io, path: string | undefined, instead: string): void {
  if (!isStandardOutput(path) || !io.stdout.isTTY) return
  throw new WrongUsage(`a pickle is not written to a terminal: give ${instead}, or use a pipe`)
}

/**
 * Where results go: the file that is named, which appears only when it is finished, else standard
 * output.
 *
 * @throws {CouldNotRun} with the path, when it cannot be written
 */
export function openSink(io: Io, path: string | undefined): ByteSink {
  if (isStandardOutput(path)) {
    return { write: (bytes) => io.stdout.write(bytes), finish: () => {}, discard: () => {} }
  }
  const target = resolve(io.cwd, path)
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.draft`)
  const guarded = <T>(act: () => T): T => {
    try {
      return act()
    } catch (cause) {
      throw new CouldNotRun(`${path} cannot be written: ${why(cause)}`, { cause })
    }
  }
  const isDevice = guarded(() => isNoRegularFile(target))
  const file = guarded(() => openSync(isDevice ? target : draft, 'w'))
  return {
    write: (bytes) =>
      guarded(() => {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      }),
    finish: () =>
      guarded(() => {
        closeSync(file)
        if (!isDevice) renameSync(draft, target)
      }),
    discard: () => {
      closeSync(file)
      if (!isDevice) rmSync(draft, { force: true })
    },
  }
}

/** Whether something stands there that a file cannot take the place of: a device, a pipe. */
function isNoRegularFile(path: string): boolean {
  let file: number
  try {
    file = openSync(path, 'r+')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
  try {
    return !fstatSync(file).isFile()
  } finally {
    closeSync(file)
  }
}

/** From this many UTF-16 units on, text is passed on. */
const textAtOnce = 1 << 16

/** Text on its way to a sink, passed on in larger pieces. */
export class TextSink {
  readonly #sink: ByteSink
  readonly #encoder = new TextEncoder()
  #text = ''

  constructor(sink: ByteSink) {
    this.#sink = sink
  }

  write(text: string): void {
    this.#text += text
    if (this.#text.length >= textAtOnce) this.flush()
  }

  /** Passes on what has been kept. */
  flush(): void {
    if (this.#text === '') return
    this.#sink.write(this.#encoder.encode(this.#text))
    this.#text = ''
  }
}
