import type { Verdict } from '../../reports/index.ts'

/** The verdict where one side did something and the other did not: `at` names what. */
export function otherOutcome(step: number, at: string, expected: string, seen: string): Verdict {
  return {
    kind: 'failed',
    because: `found ${seen}, wanted ${expected}`,
    difference: { kind: 'outcome', step, at, expected, seen },
  }
}
