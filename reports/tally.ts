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

type Count = Exclude<
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

const isBad = {
  passed: false,
  unsupported: false,
  lossy: false,
  failed: true,
  'timed-out': true,
  'out-of-memory': true,
  babbled: true,
  crashed: true,
  'harness-error': true,
} as const satisfies Record<VerdictKind, boolean>

/** Whether such a verdict fails the run, unless it is an expected failure. */
export function failsTheRun(kind: VerdictKind): boolean {
  return isBad[kind]
}

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

class ClauseTally {
  #allPassed = true
  #positivePassed = false

  add(line: VerdictLine): void {
    const passed = line.conformance?.kind === 'passed'
    if (!passed) this.#allPassed = false
    else if (line.positive) this.#positivePassed = true
  }

  /** All its cases pass, among them one that expects something other than a refusal. */
  get isMet(): boolean {
    return this.#allPassed && this.#positivePassed
  }
}

class EngineTally {
  readonly subject: string
  readonly engine: string | null
  readonly #clauses = new Map<string, ClauseTally>()
  #equal = 0
  #judged = 0

  constructor(line: VerdictLine) {
    this.subject = line.subject
    this.engine = line.engine
  }

  add(line: VerdictLine): void {
    if (line.conformance !== null && line.level !== 'implementation') {
      let clause = this.#clauses.get(line.clause)
      if (clause === undefined) {
        clause = new ClauseTally()
        this.#clauses.set(line.clause, clause)
      }
      clause.add(line)
    }
    if (line.parity !== null && line.parity.kind !== 'unsupported') {
      this.#judged += 1
      if (line.parity.kind === 'passed') this.#equal += 1
    }
  }

  score(): EngineScore {
    const clauses = [...this.#clauses.values()]
    return {
      subject: this.subject,
      engine: this.engine,
      conformance: { met: clauses.filter((clause) => clause.isMet).length, of: clauses.length },
      parity: { equal: this.#equal, of: this.#judged },
    }
  }
}

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
      engine = new EngineTally(line)
      this.#engines.set(key, engine)
    }
    engine.add(line)
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
    const engines = [...this.#engines.values()].map((engine) => engine.score())
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
