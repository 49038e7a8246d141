import { Writer } from '../codecs/writer.ts'
import { FRAME, PROTO } from './codes.ts'

/** What Python's `file.write` is given. */
export type ChunkType = 'bytes' | 'bytearray' | 'memoryview' | 'PickleBuffer'

/**
 * The file: `write` is called as often, and with what, the engine of the profile calls it. The bytes
 * are lent for the call; what is to be kept must be copied.
 */
export type Sink = { write(bytes: Uint8Array, typeName: ChunkType): void }

/** A frame is closed once it holds this much; so is one before a payload of this size. */
export const frameTargetBytes = 65536

/** A shorter frame is written without a header. */
const leastFrameBytes = 4

/** A buffer that a dump has done with, for the next one: new memory is dear. */
let spare: Uint8Array = new Uint8Array(1024)

/** A larger buffer is not kept. */
const greatestSpareBytes = 1 << 22

/**
 * What lies between the pickler and the file: frames, and the calls of `write`.
 *
 * @clause FRAME-01 FRAME-07
 */
export class Framer {
  /** Where instructions are written to. */
  readonly writer = new Writer(0)
  readonly #sink: Sink
  readonly #inPieces: boolean
  readonly #bodyType: ChunkType
  #isFraming = false
  /** Where the body of the open frame begins in the writer. */
  #bodyStart = 0
  /** From which length of the writer on a frame is full, if one is open. */
  #fullAt = 0
  /** Where each piece ends that is to be written by a call of its own. */
  #ends: number[] = []
  #writesPieces: boolean

  constructor(sink: Sink, inPieces: boolean, bodyType: ChunkType) {
    this.#sink = sink
    this.#inPieces = inPieces
    this.#bodyType = bodyType
    this.#writesPieces = inPieces
  }

  /**
   * Begins a pickle: PROTO, then the first frame.
   *
   * In pieces, a frame that a refused dump left open swallows PROTO and is then forgotten (MEMO-08).
   *
   * @clause FRAME-10 PROTO-06
   */
  begin(protocol: number): void {
    const { writer } = this
    if (writer.length === 0 && spare.length > writer.capacity) spare = writer.exchange(spare)
    if (protocol >= 2) {
      writer.u8(PROTO)
      writer.u8(protocol)
      this.endPiece()
    }
    if (protocol < 4) return
    if (this.#isFraming) writer.clear()
    else if (this.#inPieces) this.#writePieces()
    this.#isFraming = true
    this.#writesPieces = false
    this.#openFrame()
  }

  /**
   * Ends a pickle: closes the frame and writes what is left.
   *
   * @clause FRAME-03
   */
  end(): void {
    if (this.#isFraming) {
      this.#closeFrame()
      this.#isFraming = false
      this.#writesPieces = this.#inPieces
    }
    this.#flush()
    this.#close()
  }

  /**
   * Leaves a pickle that was refused: the file gets what it would have got by now.
   *
   * @clause MEMO-08
   */
  abandon(): void {
    if (!this.#inPieces) {
      this.writer.clear()
      this.#isFraming = false
    } else if (!this.#isFraming) this.#writePieces()
    if (!this.#isFraming) this.#close()
  }

  /** Gives the buffer away once nothing is in it. */
  #close(): void {
    const { writer } = this
    if (writer.capacity > spare.length && writer.capacity <= greatestSpareBytes) {
      spare = writer.exchange(spare)
    }
  }

  /**
   * Closes the frame if it is full; asked at the start of each save and nowhere else.
   *
   * @clause FRAME-04
   */
  commitFullFrame(): void {
    if (this.writer.length >= this.#fullAt && this.#isFraming) {
      this.#closeFrame()
      this.#flush()
      this.#openFrame()
    }
  }

  /** Ends what one call of Python's `write` would have been given. */
  endPiece(): void {
    if (this.#writesPieces) this.#ends.push(this.writer.length)
  }

  /**
   * Makes ready for the header of a payload that is written outside any frame.
   *
   * @clause FRAME-05
   */
  beginPayload(): void {
    if (this.#isFraming) this.#closeFrame()
  }

  /** Writes the payload after its header, and opens the next frame. */
  endPayload(payload: Uint8Array, typeName: ChunkType): void {
    this.endPiece()
    this.#flush()
    this.#sink.write(payload, typeName)
    if (this.#isFraming) this.#openFrame()
  }

  /** As {@link endPayload}, for a payload that was written behind its header, from `start` on. */
  endWrittenPayload(start: number): void {
    const { writer } = this
    const written = writer.view()
    writer.truncate(start)
    this.endPayload(written.subarray(start), 'bytes')
  }

  #openFrame(): void {
    const { writer } = this
    if (!this.#inPieces) {
      writer.u8(FRAME)
      writer.reserve(8)
    }
    this.#bodyStart = writer.length
    this.#fullAt = this.#bodyStart + frameTargetBytes
  }

  /** @clause FRAME-02 */
  #closeFrame(): void {
    const { writer } = this
    const byteLength = writer.length - this.#bodyStart
    if (this.#inPieces) this.#writeFrame(byteLength)
    else if (byteLength >= leastFrameBytes) writer.setU64le(this.#bodyStart - 8, byteLength)
    else writer.remove(this.#bodyStart - 9, 9)
  }

  #writeFrame(byteLength: number): void {
    if (byteLength >= leastFrameBytes) {
      const header = new Writer(9)
      header.u8(FRAME)
      header.u64le(byteLength)
      this.#sink.write(header.view(), 'bytes')
    }
    const isWritten = byteLength > 0 || this.#bodyType === 'memoryview'
    if (isWritten) this.#sink.write(this.writer.view(), this.#bodyType)
    this.writer.clear()
  }

  #flush(): void {
    if (this.#writesPieces) this.#writePieces()
    else if (this.writer.length > 0) {
      this.#sink.write(this.writer.view(), 'bytes')
      this.writer.clear()
    }
  }

  #writePieces(): void {
    const written = this.writer.view()
    let start = 0
    for (const end of this.#ends) {
      this.#sink.write(written.subarray(start, end), 'bytes')
      start = end
    }
    this.#ends = []
    this.writer.clear()
  }
}
