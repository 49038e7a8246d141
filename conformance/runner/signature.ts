import type { Difference, Verdict, VerdictLine } from '../../reports/index.ts'
import { withoutAddresses } from '../oracles/same-error.ts'

/** The name of an instruction without its argument, of a hook without its object. */
const head = (side: string | null): string => side?.split(/[ (]/, 1)[0] ?? 'nothing'

const longest = 60

/** Both sides by their heads, or whole where those are the same. */
function sides(expected: string | null, seen: string | null): string {
  const [wanted, found] = [expected, seen].map(head)
  if (wanted !== found) return `${found} for ${wanted}`
  const [whole, other] = [expected, seen].map((side) =>
    withoutAddresses(side ?? 'nothing').slice(0, longest),
  )
  return `${other} for ${whole}`
}

/** An outcome without the numbers and the message that vary from run to run. */
const plain = (side: string | null): string =>
  withoutAddresses(side?.split(':', 1)[0] ?? 'nothing').replace(/\d+/g, 'n')

function ofDifference({ kind, at, expected, seen }: Difference): string {
  switch (kind) {
    case 'instruction':
    case 'trace':
      return `${kind} ${sides(expected, seen)}`
    case 'error':
      return at === 'class' || at === 'cause'
        ? `${at} ${seen ?? 'none'} for ${expected ?? 'none'}`
        : String(at)
    case 'outcome':
      return `${at} ${plain(seen)} for ${plain(expected)}`
    case 'byte':
    case 'buffer':
    case 'graph':
      return kind
  }
}

function ofVerdict(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'failed':
      return verdict.difference === undefined ? 'failed' : ofDifference(verdict.difference)
    case 'crashed':
      return `crashed ${verdict.signal ?? `exit ${verdict.exitCode ?? 'unknown'}`}`
    case 'passed':
    case 'lossy':
    case 'unsupported':
    case 'timed-out':
    case 'out-of-memory':
    case 'babbled':
    case 'harness-error':
      return verdict.kind
  }
}

/**
 * How a line fails, in a text that is the same from run to run and for the protocols that fail
 * alike: `conformance: class ValueError for RecursionError`, `parity: byte`. Empty when it passes.
 */
export function signatureOf({ conformance, parity }: VerdictLine): string {
  return [['conformance', conformance] as const, ['parity', parity] as const]
    .flatMap(([judge, verdict]) =>
      verdict === null || verdict.kind === 'passed' ? [] : [`${judge}: ${ofVerdict(verdict)}`],
    )
    .join('; ')
}
