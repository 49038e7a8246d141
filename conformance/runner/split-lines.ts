/** Why a stream of bytes is not lines of text. */
export type Noise = string

/**
 * Cuts a stream of bytes into lines at 0x0a. Half a line at the end is never taken for a line, a
 * line longer than `longest` bytes or one that is not UTF-8 is noise, and nothing after noise counts.
 */
export class LineSplitter {
  readonly #longest: number
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  readonly #onLine: (line: string) => void
  readonly #onNoise: (noise: Noise) => void
  #pending: Uint8Array[] = []
  #pendingBytes = 0
  #ended = false

  constructor(longest: number, onLine: (line: string) => void, onNoise: (noise: Noise) => void) {
    this.#longest = longest
    this.#onLine = onLine
    this.#onNoise = onNoise
  }

  push(chunk: Uint8Array): void {
    let from = 0
    while (!this.#ended) {
      const at = chunk.indexOf(0x0a, from)
      const piece = chunk.subarray(from, at === -1 ? chunk.length : at)
      if (this.#pendingBytes + piece.length > this.#longest) {
        this.#end(`a line of more than ${this.#longest} bytes`)
        return
      }
      if (piece.length > 0) {
        this.#pending.push(piece)
        this.#pendingBytes += piece.length
      }
      if (at === -1) return
      this.#line()
      from = at + 1
    }
  }

  /** Bytes of a line that has no end yet. */
  get halfBytes(): number {
    return this.#pendingBytes
  }

  /** The beginning of that line, as far as it is text. */
  get half(): string {
    return new TextDecoder().decode(Buffer.concat(this.#pending))
  }

  #line(): void {
    const bytes =
      this.#pending.length === 1 && this.#pending[0] !== undefined
        ? this.#pending[0]
        : Buffer.concat(this.#pending)
    this.#pending = []
    this.#pendingBytes = 0
    let line: string
    try {
      line = this.#decoder.decode(bytes)
    } catch {
      const start = Buffer.from(bytes.subarray(0, 40)).toString('latin1')
      this.#end(`a line that is not UTF-8: ${JSON.stringify(start)}`)
      return
    }
    this.#onLine(line)
  }

  #end(noise: Noise): void {
    this.#ended = true
    this.#pending = []
    this.#pendingBytes = 0
    this.#onNoise(noise)
  }
}
