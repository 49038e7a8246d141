import { type PythonInt, pythonInt } from './long.ts'

const blanks = /^[ \t-\r]+|[ \t-\r]+$/g
const base10 = /^[+-]?\d+(?:_\d+)*$/
const base0 =
  /^[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?\d)*)$/

/**
 * Reads an int as Python's `int(text, base)` reads ASCII bytes: blanks around it and single
 * underscores between digits are allowed; base 0 takes the prefixes of Python's literals and
 * refuses a leading zero. Undefined when the text is none.
 *
 * There is no limit on the number of digits here: {@link decimalDigits} counts them.
 *
 * @clause OP-INT, OP-LONG
 */
export function parseIntText(text: string, base: 0 | 10 = 10): PythonInt | undefined {
  const bare = text.replace(blanks, '')
  if (!(base === 10 ? base10 : base0).test(bare)) return undefined
  const digits = bare.replace(/^[+-]|_/g, '')
  const size = pythonInt(BigInt(digits))
  // 0 - size, since -0 is not an int.
  return bare.startsWith('-') ? negated(size) : size
}

function negated(size: PythonInt): PythonInt {
  return typeof size === 'bigint' ? pythonInt(-size) : 0 - size
}

/** The most decimal digits that Python converts from or to text unless told otherwise. */
export const maxDecimalDigits = 4300

/**
 * How many decimal digits a text has, as Python counts them against its limit.
 *
 * @clause ATOM-13
 */
export function decimalDigits(text: string): number {
  return text.replace(/[^0-9]/g, '').length
}
