import { bytesOfHex } from './hex.ts'

/** A Python int: a number while it is a safe integer, a bigint beyond. */
export type PythonInt = number | bigint

/** The int in its one right form: a number while it is a safe integer. */
export function pythonInt(value: bigint): PythonInt {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/**
 * Writes an int in two's complement, little-endian, in the fewest bytes; 0 is no bytes at all.
 *
 * (The pickler never asks for 0: it has shorter instructions for the ints of 32 bits.)
 *
 * @clause ATOM-12
 * @throws {RangeError} for a number that is not a safe integer
 */
export function encodeLong(value: PythonInt): Uint8Array {
  if (typeof value === 'bigint') return encodeBigInt(value)
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`${value} is not a safe integer: wanted a bigint`)
  }
  const bytes: number[] = []
  let rest = value
  while (rest !== 0 && rest !== -1) {
    const low = rest & 0xff
    bytes.push(low)
    rest = (rest - low) / 0x100
  }
  const top = bytes.at(-1)
  if (rest === -1 && (top === undefined || top < 0x80)) bytes.push(0xff)
  if (rest === 0 && top !== undefined && top >= 0x80) bytes.push(0)
  return Uint8Array.from(bytes)
}

function encodeBigInt(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array(0)
  const isNegative = value < 0n
  // ~value has the same bits below the sign, so both signs are measured alike.
  const digits = (isNegative ? ~value : value).toString(16)
  const hex = digits.length % 2 === 0 ? digits : `0${digits}`
  const hasSignBit = hex.charCodeAt(0) >= 0x38
  const bytes = bytesOfHex(hasSignBit ? `00${hex}` : hex).reverse()
  return isNegative ? bytes.map((byte) => byte ^ 0xff) : bytes
}

/**
 * Reads two's complement, little-endian; no bytes at all is 0, and needless bytes are allowed.
 *
 * @clause ATOM-12
 */
export function decodeLong(bytes: Uint8Array): PythonInt {
  if (bytes.length > 6) return pythonInt(decodeBigInt(bytes))
  let value = 0
  let weight = 1
  let top = 0
  for (const byte of bytes) {
    value += byte * weight
    weight *= 0x100
    top = byte
  }
  return top >= 0x80 ? value - weight : value
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function decodeBigInt(bytes: Uint8Array): bigint {
  let hex = ''
  for (let index = bytes.length - 1; index >= 0; index--) hex += hexOfByte[bytes[index] as number]
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`))
}
