import { exceptionMro, type PickleError } from '../../reference/index.ts'
import type { Observation, Refusal } from '../protocol/message.ts'

const longestMessage = 1000

/** The observation of an exception. */
export function refusalOf(error: PickleError): Refusal {
  const cause = error.cause ?? error.context
  return {
    class: error.type,
    mro: exceptionMro(error),
    message: cut(error.message),
    notes: error.notes.map(cut),
    cause: cause === undefined ? null : cause.type,
  }
}

function cut(text: string): string {
  if (text.length <= longestMessage) return text
  return [...text].slice(0, longestMessage).join('')
}

/** Takes what a pickler writes into memory. */
export class MemoryFile {
  readonly #pieces: Uint8Array[] = []

  write(bytes: Uint8Array): void {
    this.#pieces.push(bytes.slice())
  }

  bytes(): Uint8Array {
    const [only] = this.#pieces
    return this.#pieces.length === 1 && only !== undefined ? only : joined(this.#pieces)
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

/** Takes what a pickler writes, and remembers each call. */
export class File {
  #pieces: (readonly [typeName: string, bytes: Uint8Array])[] = []

  write(bytes: Uint8Array, typeName: string): void {
    this.#pieces.push([typeName, bytes.slice()])
  }

  /** All that was written since the last time. */
  take(): { readonly bytes: Uint8Array; readonly writes: NonNullable<Observation['writes']> } {
    const pieces = this.#pieces
    this.#pieces = []
    const bytes = joined(pieces.map(([, piece]) => piece))
    return { bytes, writes: pieces.map(([typeName, piece]) => [typeName, piece.length]) }
  }
}
