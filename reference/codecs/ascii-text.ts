/**
 * The bytes from `start` to before `end` as text; undefined when they are not all ASCII. For short
 * texts: several units a call are several times as fast as one, and as any decoder.
 */
export function asciiText(data: Uint8Array, start: number, end: number): string | undefined {
  let bits = 0
  for (let at = start; at < end; at++) bits |= data[at] as number // in range
  if (bits > 0x7f) return undefined
  let text = ''
  let at = start
  for (; at + 16 <= end; at += 16) text += sixteen(data, at)
  for (; at + 4 <= end; at += 4) text += four(data, at)
  for (; at < end; at++) text += String.fromCharCode(data[at] as number) // in range
  return text
}

// In range, as the callers see to it.
const unit = (data: Uint8Array, at: number): number => data[at] as number

const four = (data: Uint8Array, at: number): string =>
  String.fromCharCode(unit(data, at), unit(data, at + 1), unit(data, at + 2), unit(data, at + 3))

const sixteen = (data: Uint8Array, at: number): string =>
  String.fromCharCode(
    unit(data, at),
    unit(data, at + 1),
    unit(data, at + 2),
    unit(data, at + 3),
    unit(data, at + 4),
    unit(data, at + 5),
    unit(data, at + 6),
    unit(data, at + 7),
    unit(data, at + 8),
    unit(data, at + 9),
    unit(data, at + 10),
    unit(data, at + 11),
    unit(data, at + 12),
    unit(data, at + 13),
    unit(data, at + 14),
    unit(data, at + 15),
  )
