import { escapeOf } from './string-escapes.ts'

/** Python's `repr` of bytes: between single quotes, unless there are only single ones inside. */
export function bytesRepr(bytes: Uint8Array): string {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? 0x22 : 0x27
  let text = ''
  for (const byte of bytes) text += escapeOf(byte, quote)
  const mark = String.fromCharCode(quote)
  return `b${mark}${text}${mark}`
}
