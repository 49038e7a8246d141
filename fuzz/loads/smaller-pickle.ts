import { bytesOfHex, hexOfBytes } from '../../reference/index.ts'
import { boundsOf } from '../damage/instruction-bounds.ts'
import { mendFrames } from '../damage/mend-frames.ts'
import { replaceBytes } from '../damage/replace.ts'

/**
 * Pickles, in hex, with something left out or made simpler, the greatest cuts first: runs of instructions,
 * single ones, bytes; arguments cut short, and their bytes made simpler ones. Each is shorter than the
 * pickle or of the same length and before it in the order of bytes.
 */
export function* smallerPickles(hex: string): Generator<string> {
  const pickle = bytesOfHex(hex)
  const seen = new Set<string>()
  for (const candidate of candidates(pickle)) {
    const text = hexOfBytes(candidate)
    const isSmaller = text.length < hex.length || (text.length === hex.length && text < hex)
    if (!isSmaller || seen.has(text)) continue
    seen.add(text)
    yield text
  }
}

function* candidates(pickle: Uint8Array): Generator<Uint8Array> {
  for (const cut of cuts(pickle)) {
    yield mendFrames(cut)
    yield cut
  }
  yield* simpler(pickle)
}

/** So many bytes are looked at one by one; longer pickles are cut down first. */
const mostBytes = 300

/** With instructions left out, halves first; then what is behind them; then single bytes. */
function* cuts(pickle: Uint8Array): Generator<Uint8Array> {
  const bounds = boundsOf(pickle)
  const end = bounds.at(-1)?.end ?? 0
  if (end < pickle.length) yield pickle.slice(0, end)
  for (let count = bounds.length >> 1; count >= 1; count = count === 1 ? 0 : (count + 1) >> 1) {
    for (let at = 0; at + count <= bounds.length; at += Math.max(1, count >> 1)) {
      const [first, last] = [bounds[at], bounds[at + count - 1]]
      if (first !== undefined && last !== undefined) {
        yield replaceBytes(pickle, first.start, last.end, [])
      }
    }
  }
  for (const { payload, payloadEnd, start } of bounds) {
    const length = payloadEnd - payload
    if (length === 0) continue
    yield* shorterArguments(pickle, start, payload, payloadEnd)
  }
  const single = Math.min(pickle.length, mostBytes)
  for (let at = 0; at < single; at += 1) yield replaceBytes(pickle, at, at + 1, [])
}

/** Arguments cut to nothing, a half, and by one byte at each end, with the count in one byte kept right. */
function* shorterArguments(
  pickle: Uint8Array,
  start: number,
  payload: number,
  end: number,
): Generator<Uint8Array> {
  const content = pickle.subarray(payload, end)
  const half = content.length >> 1
  for (const kept of [[], content.slice(0, half), content.slice(half), content.slice(1)]) {
    const shorter = replaceBytes(pickle, payload, end, kept)
    if (payload > start + 1) shorter.set(littleLength(kept.length, payload - start - 1), start + 1)
    yield shorter
  }
}

function littleLength(length: number, width: number): Uint8Array {
  return Uint8Array.from({ length: width }, (_, at) => (at < 4 ? length >>> (8 * at) : 0) & 0xff)
}

/** With bytes of arguments, and opcodes, that come earlier. */
function* simpler(pickle: Uint8Array): Generator<Uint8Array> {
  for (const { payload, payloadEnd, start } of boundsOf(pickle)) {
    const old = pickle[start] ?? 0
    for (const code of [...Buffer.from(')K]N')]) {
      if (code < old && payloadEnd === payload) yield replaceBytes(pickle, start, start + 1, [code])
    }
    for (let at = payload; at < Math.min(payloadEnd, payload + mostBytes); at += 1) {
      const byte = pickle[at] ?? 0
      for (const instead of [0, 0x30, 0x61, byte >> 1]) {
        if (instead < byte) yield replaceBytes(pickle, at, at + 1, [instead])
      }
    }
  }
}
