/**
 * A file as an unpickler asks it: `read` gives as many bytes as there are, up to the count;
 * `readline` a line with its LF, less at the end of the file. `peek` gives bytes that are there
 * already without passing them; files without a buffer have none.
 *
 * @clause UNP-09
 */
export type Reader = {
  read(count: number | bigint): Uint8Array
  readline(): Uint8Array
  peek?(): Uint8Array
}

/** What a pickle is loaded from: the bytes as `loads` gets them, or a file. */
export type Source = Uint8Array | Reader

const lf = 0x0a

/** A file in memory, such as `io.BytesIO`: it gives views of its bytes and never copies them. */
export class BytesReader implements Reader {
  readonly #bytes: Uint8Array
  #position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** How many bytes have been read. */
  get position(): number {
    return this.#position
  }

  read(count: number | bigint): Uint8Array {
    const start = this.#position
    const left = this.#bytes.length - start
    this.#position = count < left ? start + Number(count) : this.#bytes.length
    return this.#bytes.subarray(start, this.#position)
  }

  readline(): Uint8Array {
    const start = this.#position
    const end = this.#bytes.indexOf(lf, start)
    this.#position = end === -1 ? this.#bytes.length : end + 1
    return this.#bytes.subarray(start, this.#position)
  }
}
