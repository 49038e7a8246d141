import { setImmediate as nextTurn } from 'node:timers/promises'
import { assembleLine, hexOfBytes, NotationError } from '../../reference/index.ts'
import { type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import { type ByteSink, openSink, requireNoTerminal } from './pickle-files.ts'
import { isUseless, openInput } from './pickle-input.ts'

export type AssembleOptions = {
  readonly protocol: number | undefined
  readonly out: string | undefined
  readonly hex: boolean
}

/** Bytes are passed on in pieces of this length, roughly. */
const bytesAtOnce = 1 << 16

/** After so many lines the rest of the process has its turn. */
const linesPerTurn = 4096

/**
 * Writes the bytes that lines of assembly stand for; blank lines and those that begin with `#` stand
 * for none. One line is held at a time.
 *
 * @throws {WrongUsage} with line and column, for a line that is no instruction; when a pickle would
 *   go to a terminal
 * @throws {CouldNotRun} when a file cannot be read or written
 */
export async function assembleLines(
  io: Io,
  path: string,
  options: AssembleOptions,
): Promise<ExitCode> {
  if (!options.hex) requireNoTerminal(io, options.out, '--hex or -o FILE')
  const settings = options.protocol === undefined ? {} : { protocol: options.protocol }
  const input = openInput(io, path)
  try {
    const sink = openSink(io, options.out)
    try {
      const out = new Gathered(sink, options.hex)
      let number = 0
      for await (const line of linesOf(input.chunks())) {
        if (!/^\s*(?:#|$)/.test(line)) {
          assembleLine(line, number, (bytes) => out.write(bytes), settings)
        }
        if (++number % linesPerTurn === 0) {
          await nextTurn()
          await io.stdout.drained?.()
          if (isUseless(io)) break
        }
      }
      if (isUseless(io)) sink.discard()
      else out.finish()
    } catch (error) {
      sink.discard()
      throw error
    }
    return 0
  } catch (error) {
    const name = path === '-' ? 'standard input' : path
    if (error instanceof NotationError) throw new WrongUsage(`${name}: ${error.message}`)
    if (error instanceof TypeError && 'code' in error) {
      throw new WrongUsage(`${name}: it is not UTF-8`)
    }
    throw error
  } finally {
    input.close()
  }
}

/** The lines of a text in UTF-8, without their ends; an unfinished last one is a line too. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let unfinished: string[] = []
  for await (const chunk of chunks) {
    const lines = decoder.decode(chunk, { stream: true }).split('\n')
    const last = lines.pop() ?? ''
    for (const line of lines) {
      yield withoutReturn([...unfinished, line].join(''))
      unfinished = []
    }
    unfinished.push(last)
  }
  yield withoutReturn([...unfinished, decoder.decode()].join(''))
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

/** Bytes on their way to a sink, passed on in larger pieces, as hex if that is wanted. */
class Gathered {
  readonly #sink: ByteSink
  readonly #isHex: boolean
  #parts: Uint8Array[] = []
  #byteLength = 0

  constructor(sink: ByteSink, isHex: boolean) {
    this.#sink = sink
    this.#isHex = isHex
  }

  write(bytes: Uint8Array): void {
    this.#parts.push(bytes)
    this.#byteLength += bytes.length
    if (this.#byteLength >= bytesAtOnce) this.#passOn()
  }

  finish(): void {
    this.#passOn()
    if (this.#isHex) this.#sink.write(Uint8Array.of(0x0a))
    this.#sink.finish()
  }

  #passOn(): void {
    const whole = new Uint8Array(this.#byteLength)
    let at = 0
    for (const part of this.#parts) {
      whole.set(part, at)
      at += part.length
    }
    this.#parts = []
    this.#byteLength = 0
    this.#sink.write(this.#isHex ? new TextEncoder().encode(hexOfBytes(whole)) : whole)
  }
}
