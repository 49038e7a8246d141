/**
 * The bytes from `start` to before `end` as text; undefined when they are not all ASCII. For short
 * texts: several units a call are several times as fast as one, and as any decoder.
 */
export function asciiText(data: Uint8Array, start: number, end: number): string | undefined {
  let text = ''
  let at = start
  for (; at + 16 <= end; at += 16) {
    const next = sixteen(data, at)
    if (next === '') return undefined
    text += next
  }
  for (; at + 4 <= end; at += 4) {
    const next = four(data, at)
    if (next === '') return undefined
    text += next
  }
  for (; at < end; at++) {
    const code = unit(data, at)
    if (code > 0x7f) return undefined
    text += String.fromCharCode(code)
  }
  return text
}

/** The byte at a place that is in range. */
const unit = (data: Uint8Array, at: number): number => data[at] as number

/** Four bytes as text; nothing when they are not all ASCII. */
function four(data: Uint8Array, at: number): string {
  const a = unit(data, at)
  const b = unit(data, at + 1)
  const c = unit(data, at + 2)
  const d = unit(data, at + 3)
  return (a | b | c | d) > 0x7f ? '' : String.fromCharCode(a, b, c, d)
}

/** As {@link four}, sixteen of them. */
function sixteen(data: Uint8Array, at: number): string {
  const a = unit(data, at)
  const b = unit(data, at + 1)
  const c = unit(data, at + 2)
  const d = unit(data, at + 3)
  const e = unit(data, at + 4)
  const f = unit(data, at + 5)
  const g = unit(data, at + 6)
  const h = unit(data, at + 7)
  const i = unit(data, at + 8)
  const j = unit(data, at + 9)
  const k = unit(data, at + 10)
  const l = unit(data, at + 11)
  const m = unit(data, at + 12)
  const n = unit(data, at + 13)
  const o = unit(data, at + 14)
  const p = unit(data, at + 15)
  const bits = a | b | c | d | e | f | g | h | i | j | k | l | m | n | o | p
  return bits > 0x7f ? '' : String.fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)
}
