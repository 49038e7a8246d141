/** So many bytes become text at once; as many stay in memory while a part of that text is used. */
const windowBytes = 512

/** The bytes from `start` to before `end` as text, a character for each. */
export type DecodeBytes = (data: Uint8Array, start: number, end: number) => string

/** As much of Node's Buffer as is used, so that whoever has no types of Node can use the declarations. */
type Buffers = {
  from(
    bytes: ArrayBufferLike,
    start: number,
    length: number,
  ): { toString(encoding: 'latin1'): string }
}

/** Node's decoder, which is as quick with many bytes as with a few; null in browsers, which have none. */
export const decoderOf = (buffers: Buffers | undefined): DecodeBytes | null =>
  buffers === undefined
    ? null
    : ({ buffer, byteOffset }, start, end) =>
        buffers.from(buffer, byteOffset + start, end - start).toString('latin1')

const nodeDecoder = decoderOf(globalThis.Buffer)

/**
 * Short texts out of bytes, of which most follow each other: a part of a longer text is had several
 * times as fast as a text of its own.
 */
export class TextWindow {
  readonly #decode: DecodeBytes | null
  #data: Uint8Array | undefined
  #text = ''
  #start = 0
  #end = 0

  /** @param decode null where there is no fast one, see {@link decoderOf} */
  constructor(decode: DecodeBytes | null = nodeDecoder) {
    this.#decode = decode
  }

  /**
   * The bytes from `start` to before `end` as text, at most 512; undefined when they are not all ASCII.
   */
  ascii(data: Uint8Array, start: number, end: number): string | undefined {
    if (!isAscii(data, start, end)) return undefined
    if (this.#decode === null) return String.fromCharCode(...data.subarray(start, end))
    if (data !== this.#data || start < this.#start || end > this.#end) {
      this.#data = data
      this.#start = start
      this.#end = Math.min(start + windowBytes, data.length)
      this.#text = this.#decode(data, start, this.#end)
    }
    return this.#text.slice(start - this.#start, end - this.#start)
  }
}

/** Four bytes at a time, without a branch for each. */
function isAscii(data: Uint8Array, start: number, end: number): boolean {
  const unit = (at: number): number => data[at] as number // in range
  let bits = 0
  let at = start
  for (; at + 4 <= end; at += 4) bits |= unit(at) | unit(at + 1) | unit(at + 2) | unit(at + 3)
  for (; at < end; at++) bits |= unit(at)
  return bits < 0x80
}
