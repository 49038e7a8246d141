import { isAtLeast, type PythonVersion } from './python-version.ts'
import { neverPrintable, printableSince } from './unicode-ranges.ts'

/** First and last code points by turns, ascending. */
type Ranges = readonly number[]

function rangesOf(text: string): Ranges {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((range) => {
      const [first = '', last = first] = range.split('-')
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
    })
}

function isWithin(ranges: Ranges, codePoint: number): boolean {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle] as number) < codePoint)
      low = middle + 1 // middle is in range
    else high = middle
  }
  // An odd index is the end of a range; an even one the beginning, which is met or not.
  return low % 2 === 1 || ranges[low] === codePoint
}

/** The release of Python that came with each version of Unicode. */
const unicodeOf = [
  ['3.9', '13.0'],
  ['3.11', '14.0'],
  ['3.12', '15.0'],
  ['3.13', '15.1'],
  ['3.14', '16.0'],
  ['3.15', '17.0'],
] as const satisfies readonly (readonly [PythonVersion, keyof typeof printableSince])[]

const never = rangesOf(neverPrintable)
const since = unicodeOf.map(([python, unicode]) => ({
  python,
  ranges: rangesOf(printableSince[unicode]),
}))

/**
 * Whether `repr` in a release of Python writes a character as itself and not as an escape. The
 * releases differ in the version of Unicode they know.
 */
export function isPrintable(codePoint: number, python: PythonVersion): boolean {
  if (codePoint < 0x7f) return codePoint >= 0x20
  if (isWithin(never, codePoint)) return false
  return since.every((row) => isAtLeast(python, row.python) || !isWithin(row.ranges, codePoint))
}
