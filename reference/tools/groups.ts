/** The most lines that one group holds, and how often it has to stand in a row to be written as one. */
const mostLines = 12
const fewestTimes = 4

const isPlain = (line: string): boolean => !/ \*\d+$/.test(line)

/** How often the `period` lines from `at` on stand there in a row. */
function timesInARow(lines: readonly string[], at: number, period: number): number {
  let end = at + period
  while (lines[end] === lines[end - period]) end++
  return Math.floor((end - at) / period)
}

/**
 * Lines of assembly with repeated runs of two to twelve lines written as one,
 * `( EMPTY_DICT ; BININT1 0 ) *49`; the shortest run that repeats goes first.
 *
 * Not in the protocol: the notation is ours.
 */
export function groupLines(lines: readonly string[]): string[] {
  const grouped: string[] = []
  let at = 0
  while (at < lines.length) {
    const { period, times } = longestRun(lines, at)
    const run = lines.slice(at, at + period)
    grouped.push(times === 1 ? run.join('') : `( ${run.join(' ; ')} ) *${times}`)
    at += period * times
  }
  return grouped
}

function longestRun(lines: readonly string[], at: number): { period: number; times: number } {
  const run = new Set<string>()
  for (let period = 1; period <= mostLines; period++) {
    const line = lines[at + period - 1]
    if (line === undefined || !isPlain(line)) break
    // Equal lines in a row are no group: they are few enough to be written out.
    if (run.add(line).size === 1) continue
    const times = timesInARow(lines, at, period)
    if (times >= fewestTimes) return { period, times }
  }
  return { period: 1, times: 1 }
}
