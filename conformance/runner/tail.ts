/** Keeps the last bytes of a stream, however long it is. */
export class Tail {
  readonly #ring: Uint8Array
  #written = 0

  constructor(byteLength: number) {
    this.#ring = new Uint8Array(byteLength)
  }

  push(chunk: Uint8Array): void {
    const size = this.#ring.length
    const kept = chunk.subarray(Math.max(0, chunk.length - size))
    const at = (this.#written + chunk.length - kept.length) % size
    const first = kept.subarray(0, size - at)
    this.#ring.set(first, at)
    this.#ring.set(kept.subarray(first.length), 0)
    this.#written += chunk.length
  }

  /** What is kept, as UTF-8 with what is not replaced, after a note of how much is not kept. */
  text(): string {
    const size = this.#ring.length
    const decoder = new TextDecoder()
    if (this.#written <= size) return decoder.decode(this.#ring.subarray(0, this.#written))
    const at = this.#written % size
    const kept = Buffer.concat([this.#ring.subarray(at), this.#ring.subarray(0, at)])
    return `[${this.#written - size} bytes before] ${decoder.decode(kept)}`
  }
}
