import { littleEndian } from '../arbitraries/pickles/little-endian.ts'
import { type Bounds, boundsOf } from './instruction-bounds.ts'
import { bytesOfText } from './replace.ts'

/**
 * The pickle with frames that hold whole instructions again: what was framed before a damage is framed
 * behind it, so that what is spoiled is not the frame alone.
 */
export function mendFrames(pickle: Uint8Array): Uint8Array {
  const bounds = boundsOf(pickle)
  const frames = bounds.filter(({ opcode }) => opcode === 'FRAME')
  const mended = pickle.slice()
  for (const frame of frames) {
    const said = sizeOf(pickle, frame)
    const wanted = frame.end + said
    const end = bounds.find((one) => one.end >= wanted)?.end ?? pickle.length
    mended.set(bytesOfText(littleEndian(end - frame.end, 8)), frame.payload)
  }
  return mended
}

function sizeOf(pickle: Uint8Array, { payload }: Bounds): number {
  const view = new DataView(pickle.buffer, pickle.byteOffset + payload, 8)
  return Number(view.getBigUint64(0, true))
}
