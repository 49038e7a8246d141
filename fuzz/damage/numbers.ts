import { oneOf } from '../arbitraries/pickles/draw.ts'
import { littleEndian } from '../arbitraries/pickles/little-endian.ts'
import { boundsOf } from './instruction-bounds.ts'
import { bytesOfText, replaceBytes } from './replace.ts'
import type { Damage } from './way.ts'

const lengths = [
  ...[0, 1, 127, 128, 255, 256, 65535, 65536, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1],
  ...[2n ** 31n + 1n, 2n ** 62n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n],
] as const

/** A count says more or less than there is. */
export const changeLength: Damage = (pickle, draw) => {
  const counted = boundsOf(pickle).filter(
    ({ start, payload, payloadEnd, end }) => payload > start + 1 && payloadEnd === end,
  )
  const found = counted[draw(Math.max(1, counted.length))]
  if (found === undefined) return undefined
  const count = found.payloadEnd - found.payload
  const wanted = oneOf(draw, [count + 1, count - 1, count + 1, count - 1, oneOf(draw, lengths)])
  const width = found.payload - found.start - 1
  const text = littleEndian(wanted, width)
  return replaceBytes(pickle, found.start + 1, found.payload, bytesOfText(text))
}

/** A frame is said to be shorter or longer than it is. */
export const changeFrame: Damage = (pickle, draw) => {
  const frames = boundsOf(pickle).filter(({ opcode }) => opcode === 'FRAME')
  const found = frames[draw(Math.max(1, frames.length))]
  if (found === undefined) return undefined
  const by = oneOf(draw, [-1, 1, -1, 1, 2, -2, -5, 10, 1000])
  const size = BigInt(pickle[found.payload] ?? 0) + BigInt(by)
  const text = littleEndian(oneOf(draw, [size, size, size, oneOf(draw, lengths)]), 8)
  return replaceBytes(pickle, found.payload, found.payloadEnd, bytesOfText(text))
}

const widths: Readonly<Record<string, number>> = {
  BINGET: 1,
  BINPUT: 1,
  LONG_BINGET: 4,
  LONG_BINPUT: 4,
}

const indexes = [0, 1, 2, 3, 254, 255, 256, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1] as const

/** An entry of the memo is stored or fetched under another index. */
export const changeMemoIndex: Damage = (pickle, draw) => {
  const found = boundsOf(pickle).filter(({ opcode }) => /(?:GET|PUT)$/.test(opcode))
  const one = found[draw(Math.max(1, found.length))]
  if (one === undefined) return undefined
  const index = oneOf(draw, indexes)
  const width = widths[one.opcode]
  const text =
    width === undefined ? oneOf(draw, [`${index}`, '-1', '']) : littleEndian(index, width)
  return replaceBytes(pickle, one.payload, one.payloadEnd, bytesOfText(text))
}
