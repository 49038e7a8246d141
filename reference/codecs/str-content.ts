/**
 * The content of a Python str: a sequence of code points, lone surrogates among them.
 *
 * A JavaScript string where turning the code points into one and back changes nothing, which is
 * nearly always. Where a lone high surrogate stands directly before a lone low one the two would
 * melt into one astral character, so there, and only there, it is the array of code points.
 */
export type StrContent = string | readonly number[]

const isHigh = (codePoint: number): boolean => codePoint >= 0xd800 && codePoint <= 0xdbff
const isLow = (codePoint: number): boolean => codePoint >= 0xdc00 && codePoint <= 0xdfff

/** As many arguments as `String.fromCodePoint` is given at once; far below every engine's limit. */
const chunkLength = 4096

/** The code points of a str, in order; a pair of surrogate units in a string is one of them. */
export function codePointsOf(content: StrContent): readonly number[] {
  if (typeof content !== 'string') return content
  const codePoints: number[] = []
  for (let index = 0; index < content.length; index++) {
    const unit = content.charCodeAt(index)
    const next = isHigh(unit) ? content.charCodeAt(index + 1) : 0
    if (isLow(next)) {
      codePoints.push((unit - 0xd800) * 0x400 + (next - 0xdc00) + 0x10000)
      index++
    } else codePoints.push(unit)
  }
  return codePoints
}

/** The content as a JavaScript string; lone halves that stand side by side melt into one character. */
export function textOfStr(content: StrContent): string {
  if (typeof content === 'string') return content
  return content.map((codePoint) => String.fromCodePoint(codePoint)).join('')
}

/**
 * The content with these code points, in its one right form.
 *
 * @throws {RangeError} when one of them is not an integer from 0 to 0x10ffff
 */
export function strContent(codePoints: readonly number[]): StrContent {
  let wouldMelt = false
  let previous = 0
  for (const [index, codePoint] of codePoints.entries()) {
    if (!Number.isInteger(codePoint) || codePoint < 0 || codePoint > 0x10ffff) {
      throw new RangeError(
        `${codePoint} at index ${index} is not a code point: wanted an integer from 0 to 1114111`,
      )
    }
    if (isHigh(previous) && isLow(codePoint)) wouldMelt = true
    previous = codePoint
  }
  if (wouldMelt) return [...codePoints]
  let text = ''
  for (let start = 0; start < codePoints.length; start += chunkLength) {
    text += String.fromCodePoint(...codePoints.slice(start, start + chunkLength))
  }
  return text
}

/** How many code points a str has: Python's `len`. */
export function lengthOf(content: StrContent): number {
  if (typeof content !== 'string') return content.length
  let pairs = 0
  for (let index = 1; index < content.length; index++) {
    if (isLow(content.charCodeAt(index)) && isHigh(content.charCodeAt(index - 1))) pairs++
  }
  return content.length - pairs
}

/** Whether two strs are equal in Python: the same code points in the same order. */
export function sameStr(one: StrContent, other: StrContent): boolean {
  if (typeof one === 'string' && typeof other === 'string') return one === other
  const ones = codePointsOf(one)
  const others = codePointsOf(other)
  return (
    ones.length === others.length && ones.every((codePoint, index) => codePoint === others[index])
  )
}
