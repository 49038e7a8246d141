/**
 * A Python float is a JavaScript number, except that JavaScript may change the payload of a NaN.
 * Where the payload counts, the float is its 64 bits, as a bigint from 0n to 2n ** 64n - 1n.
 */
export type FloatBits = bigint

const scratch = new DataView(new ArrayBuffer(8))

/** The bits that Python gives `float('nan')`, and every NaN made from a number here. */
export const nanBits: FloatBits = 0x7ff8_0000_0000_0000n

/** The 64 bits of a number; every NaN is the quiet one without a payload. */
export function bitsOfFloat(value: number): FloatBits {
  if (Number.isNaN(value)) return nanBits
  scratch.setFloat64(0, value)
  return scratch.getBigUint64(0)
}

/** The number with these bits; whatever the payload, a NaN is just NaN. */
export function floatOfBits(bits: FloatBits): number {
  scratch.setBigUint64(0, bits)
  return scratch.getFloat64(0)
}

/** Whether a number keeps these bits: all do but the NaNs with a payload or a sign. */
export function isNumberEnough(bits: FloatBits): boolean {
  return bitsOfFloat(floatOfBits(bits)) === bits
}

/**
 * The eight bytes of a float, the sign first.
 *
 * @clause ATOM-20
 */
export function encodeFloat(value: number | FloatBits): Uint8Array {
  const bytes = new Uint8Array(8)
  const bits = typeof value === 'number' ? bitsOfFloat(value) : value
  new DataView(bytes.buffer).setBigUint64(0, bits)
  return bytes
}

/**
 * The float in the eight bytes from `at`, the sign first.
 *
 * @throws {RangeError} when there are fewer than eight
 */
export function decodeFloat(bytes: Uint8Array, at = 0): number {
  return floatOfBits(decodeFloatBits(bytes, at))
}

/**
 * The bits of the float in the eight bytes from `at`, payload and all.
 *
 * @throws {RangeError} when there are fewer than eight
 */
export function decodeFloatBits(bytes: Uint8Array, at = 0): FloatBits {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(at)
}

/**
 * What Python's `repr` gives for a float: the fewest digits that give it back, `.0` behind a whole
 * one, an exponent of two digits or more below 1e-4 and from 1e16.
 *
 * @clause ATOM-20
 */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (value === Number.POSITIVE_INFINITY) return 'inf'
  if (value === Number.NEGATIVE_INFINITY) return '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    // JavaScript writes 1e-7 and 1e+21, Python 1e-07 and 1e+21.
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  }
  // JavaScript's own exponents begin at 1e-7 and 1e21, outside what reaches this line.
  const text = String(value)
  return text.includes('.') ? text : `${text}.0`
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const special = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i

/**
 * Reads a float as C's `strtod` does for CPython: no blanks, no underscores, the whole text.
 * Undefined when the text is none. Too great a size is an infinity: the caller knows whether that
 * is refused.
 */
export function parseFloatStrictly(text: string): FloatBits | undefined {
  if (decimal.test(text)) return bitsOfFloat(Number(text))
  const words = special.exec(text)
  if (words === null) return undefined
  const size = words[2] === undefined ? nanBits : 0x7ff0_0000_0000_0000n
  return words[1] === '-' ? size | 0x8000_0000_0000_0000n : size
}

/**
 * Reads a float as Python's `float()` reads bytes: blanks around it and underscores between digits
 * are allowed. Undefined when the text is none.
 */
export function parseFloatText(text: string): FloatBits | undefined {
  const bare = text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '')
  const digits = bare.replace(/(?<=\d)_(?=\d)/g, '')
  return parseFloatStrictly(digits)
}
