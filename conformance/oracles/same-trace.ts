import type { Verdict } from '../../reports/index.ts'
import type { TraceEntry } from '../protocol/message.ts'

/** Every hook call of a step in order, and how many more there were than are kept. */
export type Trace = { readonly entries: readonly TraceEntry[]; readonly more: number }

const show = (entry: TraceEntry | undefined): string | null =>
  entry === undefined ? null : `${entry[0]}(${entry[1]}) -> ${entry[2]}`

/** Passes when the same hooks were asked about the same objects in the same order, and said the same. */
export function sameTrace(expected: Trace, seen: Trace, step: number): Verdict {
  const length = Math.max(expected.entries.length, seen.entries.length)
  for (let at = 0; at < length; at += 1) {
    const wanted = show(expected.entries[at])
    const found = show(seen.entries[at])
    if (wanted !== found) {
      return {
        kind: 'failed',
        because: `the traces part at call ${at}: found ${found ?? 'no more calls'}, wanted ${wanted ?? 'no more calls'}`,
        difference: { kind: 'trace', step, at, expected: wanted, seen: found },
      }
    }
  }
  if (expected.more === seen.more) return { kind: 'passed' }
  return {
    kind: 'failed',
    because: `${seen.more} more calls were counted, wanted ${expected.more}`,
    difference: {
      kind: 'trace',
      step,
      at: length,
      expected: `${expected.more} more`,
      seen: `${seen.more} more`,
    },
  }
}
