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
  // ~value has the same bits below the sign, so both signs are measured alike.
  const digits = (value < 0n ? ~value : value).toString(16)
  const bitLength = digits === '0' ? 0 : digits.length * 4 - leadingZeroBits(digits)
  const bytes = new Uint8Array(Math.floor(bitLength / 8) + 1)
  const flip = value < 0n ? 0xff : 0
  let end = digits.length
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] =
      Number.parseInt(`0${digits.slice(Math.max(end - 2, 0), Math.max(end, 0))}`, 16) ^ flip
    end -= 2
  }
  return bytes
}

const leadingZeroBits = (hex: string): number => Math.clz32(Number.parseInt(hex.charAt(0), 16)) - 28

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
