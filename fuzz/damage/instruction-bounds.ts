import { type OpcodeName, PickleError, rawInstructions } from '../../reference/index.ts'

/** Where an instruction lies in a pickle. */
export type Bounds = {
  readonly opcode: OpcodeName
  /** Of its opcode. */
  readonly start: number
  /** Of the bytes of its argument, count taken off. */
  readonly payload: number
  readonly payloadEnd: number
  readonly end: number
}

/** The instructions of a pickle that can be read as such; it may have other bytes behind them. */
export function boundsOf(pickle: Uint8Array): readonly Bounds[] {
  const found: Bounds[] = []
  try {
    for (const { opcode, offset, length, payload } of rawInstructions(pickle)) {
      const start = payload.byteOffset - pickle.byteOffset
      const payloadEnd = start + payload.length
      found.push({ opcode, start: offset, payload: start, payloadEnd, end: offset + length })
    }
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
  }
  return found
}
