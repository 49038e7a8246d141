import { oneOf } from '../arbitraries/pickles/draw.ts'
import { replaceBytes } from './replace.ts'
import type { Damage } from './way.ts'

/** One bit is the other. */
export const flipBit: Damage = (pickle, draw) => {
  const at = draw(pickle.length)
  return replaceBytes(pickle, at, at + 1, [(pickle[at] ?? 0) ^ (1 << draw(8))])
}

/** One byte is another. */
export const changeByte: Damage = (pickle, draw) => {
  const at = draw(pickle.length)
  return replaceBytes(pickle, at, at + 1, [draw(256)])
}

/** Two bytes have changed their places. */
export const swapBytes: Damage = (pickle, draw) => {
  const [one, other] = [draw(pickle.length), draw(pickle.length)]
  const swapped = pickle.slice()
  swapped[one] = pickle[other] ?? 0
  swapped[other] = pickle[one] ?? 0
  return swapped
}

/** The end is missing. */
export const truncate: Damage = (pickle, draw) => pickle.slice(0, draw(pickle.length))

/** A few bytes are missing. */
export const dropBytes: Damage = (pickle, draw) => {
  const at = draw(pickle.length)
  return replaceBytes(pickle, at, Math.min(pickle.length, at + oneOf(draw, [1, 1, 2, 4])), [])
}

/** A few bytes stand there twice. */
export const repeatBytes: Damage = (pickle, draw) => {
  const at = draw(pickle.length)
  return replaceBytes(pickle, at, at, pickle.subarray(at, at + 1 + draw(12)))
}

/** Bytes of another pickle stand in between. */
export const splice: Damage = (pickle, draw, other) => {
  const at = draw(pickle.length)
  const from = other()
  const start = draw(from.length)
  return replaceBytes(pickle, at, at, from.subarray(start, start + 1 + draw(20)))
}
