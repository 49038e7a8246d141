import { NotationError } from '../errors.ts'

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The bytes as lower-case hex, two digits each. */
export function hexOfBytes(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += hexOfByte[byte]
  return hex
}

/**
 * The bytes that hex text stands for; digits of either case, nothing between them.
 *
 * @throws {NotationError} at the first character that is no digit, or at the end of an odd number
 */
export function bytesOfHex(hex: string): Uint8Array {
  const strange = hex.search(/[^0-9a-fA-F]/)
  if (strange !== -1) {
    const found = JSON.stringify(hex.charAt(strange))
    throw new NotationError(`${found} is not a hex digit`, { column: strange })
  }
  if (hex.length % 2 !== 0) {
    const message = `${hex.length} hex digits are an odd number: wanted two for each byte`
    throw new NotationError(message, { column: hex.length })
  }
  const bytes = new Uint8Array(hex.length / 2)
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16)
  }
  return bytes
}
