/** A row of two lists side by side; undefined where this side has nothing to set against the other. */
export type AlignedRow = {
  readonly expected: string | undefined
  readonly seen: string | undefined
  readonly isSame: boolean
}

/** The most cells of the table of common lengths; beyond, rows are paired by position. */
const mostCells = 1_000_000

const same = (line: string): AlignedRow => ({ expected: line, seen: line, isSame: true })

/** Sets what one side has and what the other has instead against each other, row by row. */
function different(expected: readonly string[], seen: readonly string[]): AlignedRow[] {
  return Array.from({ length: Math.max(expected.length, seen.length) }, (_, at) => ({
    expected: expected[at],
    seen: seen[at],
    isSame: expected[at] === seen[at],
  }))
}

/** `lengths[i * width + j]`: how long the longest common subsequence of both tails is. */
function commonLengths(expected: readonly string[], seen: readonly string[]): Uint32Array {
  const width = seen.length + 1
  const lengths = new Uint32Array((expected.length + 1) * width)
  for (let i = expected.length - 1; i >= 0; i--) {
    for (let j = seen.length - 1; j >= 0; j--) {
      const at = i * width + j
      lengths[at] =
        expected[i] === seen[j]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0)
    }
  }
  return lengths
}

/** Whether the line that `one` has at its place comes sooner in the other than the reverse. */
function comesSooner(
  one: readonly string[],
  i: number,
  other: readonly string[],
  j: number,
): boolean {
  for (let d = 1; i + d < one.length || j + d < other.length; d++) {
    if (other[j + d] !== undefined && other[j + d] === one[i]) return true
    if (one[i + d] !== undefined && one[i + d] === other[j]) return false
  }
  return false
}

function alignMiddle(expected: readonly string[], seen: readonly string[]): AlignedRow[] {
  if (expected.length * seen.length > mostCells) return different(expected, seen)
  const width = seen.length + 1
  const lengths = commonLengths(expected, seen)
  const rows: AlignedRow[] = []
  let [i, j, keptI, keptJ] = [0, 0, 0, 0]
  while (i < expected.length && j < seen.length) {
    const line = expected[i]
    if (line !== undefined && line === seen[j]) {
      rows.push(...different(expected.slice(keptI, i), seen.slice(keptJ, j)), same(line))
      i += 1
      j += 1
      keptI = i
      keptJ = j
      continue
    }
    const [below, beside] = [lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0]
    // Where either would do, the lists meet again as soon as they can.
    if (beside > below || (beside === below && comesSooner(expected, i, seen, j))) j += 1
    else i += 1
  }
  rows.push(...different(expected.slice(keptI), seen.slice(keptJ)))
  return rows
}

/**
 * Sets two lists side by side so that as many equal lines as possible meet. The rows up to the
 * first difference are the common beginning, so the first row that is not the same is where the
 * lists part.
 */
export function align(expected: readonly string[], seen: readonly string[]): AlignedRow[] {
  const shorter = Math.min(expected.length, seen.length)
  let start = 0
  while (start < shorter && expected[start] === seen[start]) start += 1
  let end = 0
  while (end < shorter - start && expected.at(-1 - end) === seen.at(-1 - end)) end += 1
  return [
    ...expected.slice(0, start).map(same),
    ...alignMiddle(
      expected.slice(start, expected.length - end),
      seen.slice(start, seen.length - end),
    ),
    ...expected.slice(expected.length - end).map(same),
  ]
}

const isFrame = (line: string | undefined): boolean => line?.startsWith('FRAME ') === true

/**
 * The row where the lists part, or undefined when they are the same. The length of a frame follows
 * from what is in it, so two FRAME lines count only where nothing else differs.
 */
export function firstDifference(rows: readonly AlignedRow[]): number | undefined {
  const cause = rows.findIndex(
    (row) => !row.isSame && !(isFrame(row.expected) && isFrame(row.seen)),
  )
  if (cause !== -1) return cause
  const at = rows.findIndex((row) => !row.isSame)
  return at === -1 ? undefined : at
}
