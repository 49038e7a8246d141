/** An int in so many bytes, the low one first, as text of one character a byte. */
export function littleEndian(value: number | bigint, bytes: number): string {
  let rest = BigInt.asUintN(bytes * 8, BigInt(value))
  let text = ''
  for (let at = 0; at < bytes; at += 1) {
    text += String.fromCharCode(Number(rest & 0xffn))
    rest >>= 8n
  }
  return text
}
