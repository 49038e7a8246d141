import {
  type ConformanceScore,
  type EngineScore,
  type Footer,
  type ParityScore,
  type StaleEntry,
  type VerdictKind,
  type VerdictLine,
  verdictOf,
} from './record.ts'
import { Score } from './score.ts'

/** A field of the footer that counts verdict lines. */
export type Count = Exclude<
  keyof Footer,
  'executed' | 'conformance' | 'parity' | 'engines' | 'stale' | 'complete' | 'ms'
>

const countOf = {
  passed: 'passed',
  failed: 'failed',
  lossy: 'lossy',
  unsupported: 'unsupported',
  crashed: 'crashed',
  'timed-out': 'timedOut',
  'out-of-memory': 'outOfMemory',
  babbled: 'babbled',
  'harness-error': 'harnessError',
} as const satisfies Record<VerdictKind, Count>

/** The one field of the footer that a line counts in. */
export function countedAs(line: VerdictLine): Count {
  const { kind } = verdictOf(line)
  if (line.expectedFailure === undefined) return countOf[kind]
  return kind === 'passed' ? 'unexpectedPasses' : 'expectedFailures'
}

/** Whether the question reached the subject. */
function isExecuted(line: VerdictLine): boolean {
  return line.engine !== null && verdictOf(line).kind !== 'unsupported'
}

type EngineTally = { readonly subject: string; readonly engine: string | null; score: Score }

/** Counts verdict lines as they come, and makes the footer from them. */
export class Tally {
  readonly #counts: Record<Count, number> = {
    passed: 0,
    failed: 0,
    lossy: 0,
    unsupported: 0,
    crashed: 0,
    timedOut: 0,
    outOfMemory: 0,
    babbled: 0,
    harnessError: 0,
    expectedFailures: 0,
    unexpectedPasses: 0,
  }
  #executed = 0
  readonly #engines = new Map<string, EngineTally>()

  add(line: VerdictLine): void {
    this.#counts[countedAs(line)] += 1
    if (isExecuted(line)) this.#executed += 1
    const key = JSON.stringify([line.subject, line.engine])
    let engine = this.#engines.get(key)
    if (engine === undefined) {
      engine = { subject: line.subject, engine: line.engine, score: new Score() }
      this.#engines.set(key, engine)
    }
    engine.score.add(line)
  }

  /** The counts so far, for live progress. */
  get counts(): Readonly<Record<Count, number>> {
    return this.#counts
  }

  get executed(): number {
    return this.#executed
  }

  footer(end: {
    readonly stale: readonly StaleEntry[]
    readonly complete: boolean
    readonly ms: number
  }): Footer {
    const engines = [...this.#engines.values()].map(
      ({ subject, engine, score }): EngineScore => ({
        subject,
        engine,
        conformance: score.conformance,
        parity: score.parity,
      }),
    )
    return {
      ...this.#counts,
      executed: this.#executed,
      conformance: engines.reduce<ConformanceScore>(
        (sum, { conformance }) => ({
          met: sum.met + conformance.met,
          of: sum.of + conformance.of,
        }),
        { met: 0, of: 0 },
      ),
      parity: engines.reduce<ParityScore>(
        (sum, { parity }) => ({ equal: sum.equal + parity.equal, of: sum.of + parity.of }),
        { equal: 0, of: 0 },
      ),
      engines,
      stale: end.stale,
      complete: end.complete,
      ms: end.ms,
    }
  }
}
