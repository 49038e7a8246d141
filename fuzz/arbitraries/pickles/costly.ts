/** C's memo is an array of twice the greatest index: from here on it takes more than 16 MiB. */
const largeIndex = 2 ** 20

/** Whether a pickle stores under an index for which C's memo may be longer than memory is. */
export function growsMemo(pickle: Uint8Array): boolean {
  return (
    /p[ +0]*\d{7}/.test(Buffer.from(pickle).toString('latin1')) ||
    behind(pickle, 0x72, 4).some((index) => index >= largeIndex)
  )
}

/** From such a length on an object may be more than there is memory. */
const largeLength = 2 ** 27

/** Whether a pickle declares bytes or a bytearray that C makes before it looks for the content. */
export const declaresMuch = (pickle: Uint8Array): boolean => declares(pickle, madeAtOnce)

/** Whether it declares a bytearray, which Python's unpickler makes in advance, too. */
export const declaresBytearray = (pickle: Uint8Array): boolean => declares(pickle, bytearrays)

type Declaring = readonly (readonly [code: number, width: 4 | 8])[]

function declares(pickle: Uint8Array, instructions: Declaring): boolean {
  const lengths = instructions.flatMap(([code, width]) => [
    ...behind(pickle, code, width),
    ...behindFrame(pickle, code, width),
  ])
  return lengths.some((length) => length >= largeLength)
}

/** BYTEARRAY8, and how many bytes its length has. */
const bytearrays: Declaring = [[0x96, 8]]

/** BINBYTES and BINBYTES8 besides. */
const madeAtOnce: Declaring = [[0x42, 4], [0x8e, 8], ...bytearrays]

/**
 * Lengths in the middle of which a frame ends: C leaves out what of them was in the frame, and reads
 * all of it behind the frame.
 */
function behindFrame(bytes: Uint8Array, code: number, width: 4 | 8): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const found: number[] = []
  for (let at = 0; at + 9 <= bytes.length; at += 1) {
    if (bytes[at] !== 0x95) continue
    const end = at + 9 + Number(view.getBigUint64(at + 1, true))
    if (end + width > bytes.length) continue
    const isCut = bytes.subarray(Math.max(at + 9, end - width), end).includes(code)
    if (isCut) found.push(numberAt(view, end, width))
  }
  return found
}

const numberAt = (view: DataView, at: number, width: 4 | 8): number =>
  width === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))

/** Whether a pickle declares a text, bytes or a frame that a reader may make room for at once. */
export function declaresLong(pickle: Uint8Array): boolean {
  const lengths = [
    ...[0x42, 0x54, 0x58].flatMap((code) => behind(pickle, code, 4)),
    ...[0x8d, 0x8e, 0x95, 0x96].flatMap((code) => behind(pickle, code, 8)),
  ]
  return lengths.some((length) => length >= largeLength)
}

/** The numbers behind each byte like an opcode: behind damage, instructions may begin anywhere. */
function behind(bytes: Uint8Array, code: number, width: 4 | 8): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const found: number[] = []
  for (let at = 0; at + 1 + width <= bytes.length; at += 1) {
    if (bytes[at] === code) found.push(numberAt(view, at + 1, width))
  }
  return found
}
