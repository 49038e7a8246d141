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
  const mistake = mistakeInHex(hex)
  if (mistake !== undefined) throw new NotationError(mistake.message, { column: mistake.at })
  const bytes = new Uint8Array(hex.length / 2)
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = (digitAt(hex, index * 2) << 4) | digitAt(hex, index * 2 + 1)
  }
  return bytes
}

/** The value of a hex digit: letters of either case follow in ASCII on their last three bits. */
function digitAt(hex: string, at: number): number {
  const code = hex.charCodeAt(at)
  return code < 0x40 ? code - 0x30 : (code & 7) + 9
}

/** Why a text is not hex, and the index of the character that shows it; undefined when it is. */
export function mistakeInHex(hex: string): { at: number; message: string } | undefined {
  const at = hex.search(/[^0-9a-fA-F]/)
  if (at !== -1) return { at, message: `${JSON.stringify(hex.charAt(at))} is not a hex digit` }
  if (hex.length % 2 === 0) return undefined
  const message = `${hex.length} hex digits are an odd number: wanted two for each byte`
  return { at: hex.length, message }
}
