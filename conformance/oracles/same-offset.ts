import type { Verdict } from '../../reports/index.ts'

/** Passes when as much of the file had been read when a load was refused. */
export function sameOffset(expected: number, seen: number, step: number): Verdict {
  if (expected === seen) return { kind: 'passed' }
  return {
    kind: 'failed',
    because: `it was refused at byte ${seen}, wanted at byte ${expected}`,
    difference: {
      kind: 'error',
      step,
      at: 'offset',
      expected: String(expected),
      seen: String(seen),
    },
  }
}
