import { type Isolation, type VerdictLine, verdictOf } from './record.ts'

/** Who has to look at a line that fails: where its cause is, as far as a run can tell. */
export type Blame = 'implementation' | 'adapter' | 'suite' | 'environment'

/**
 * Who has to look at this line; undefined where nothing failed. What fails alike when it is asked
 * alone is the implementation's; what depends on what was asked before is a state that its adapter
 * leaves behind; what does not happen again is the machine's.
 */
export function blameOf(
  line: Pick<VerdictLine, 'conformance' | 'parity' | 'isolation'>,
): Blame | undefined {
  const verdict = verdictOf(line)
  switch (verdict.kind) {
    case 'passed':
    case 'lossy':
    case 'unsupported':
      return undefined
    case 'failed':
      return line.isolation === undefined ? 'implementation' : blameByIsolation[line.isolation.kind]
    case 'crashed':
    case 'timed-out':
    case 'out-of-memory':
      return verdict.inCompanyOnly ? 'environment' : 'implementation'
    case 'babbled':
      return 'adapter'
    case 'harness-error':
      return verdict.by ?? 'suite'
  }
}

const blameByIsolation = {
  alike: 'implementation',
  otherwise: 'implementation',
  after: 'adapter',
  'in-company': 'adapter',
  'not-again': 'environment',
} as const satisfies Record<Isolation['kind'], Blame>

/** What asking again alone has shown, as one clause for people. */
export function describeIsolation(isolation: Isolation): string {
  switch (isolation.kind) {
    case 'alike':
      return 'it fails alike when it is asked alone'
    case 'otherwise':
      return `asked alone it fails in another way: ${isolation.signature}`
    case 'after':
      return `it fails only after ${isolation.case}: something of that case is left behind`
    case 'in-company':
      return 'it passes when it is asked alone, and fails after others: something is left behind'
    case 'not-again':
      return 'it did not happen again, neither alone nor after the same questions'
  }
}

/** Who has to look at a line that fails and was not expected to, and what asking again has shown. */
export function describeBlame(
  line: Pick<VerdictLine, 'conformance' | 'parity' | 'isolation' | 'expectedFailure'>,
): string | undefined {
  const blame = blameOf(line)
  if (blame === undefined || line.expectedFailure !== undefined) return undefined
  return line.isolation === undefined ? blame : `${blame}: ${describeIsolation(line.isolation)}`
}
