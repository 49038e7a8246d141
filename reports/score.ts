import type { ConformanceScore, ParityScore, Verdict, VerdictKind, VerdictLine } from './record.ts'

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

/** Why answers fall short of a full score; each answer that does counts once. */
export type Shortfall = {
  readonly failing: number
  /** Failing as an expected-failures file says they do. */
  readonly expected: number
  /** Not asked, or asked in vain: unsupported and lossy. */
  readonly unable: number
}

class ShortfallTally {
  failing = 0
  expected = 0
  unable = 0

  add(verdict: Verdict, line: VerdictLine): void {
    if (verdict.kind === 'passed') return
    if (!failsTheRun(verdict.kind)) this.unable += 1
    else if (line.expectedFailure === undefined) this.failing += 1
    else this.expected += 1
  }

  taken(): Shortfall {
    return { failing: this.failing, expected: this.expected, unable: this.unable }
  }
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

/** The two scores of some lines of one engine, as the lines come. */
export class Score {
  readonly #clauses = new Map<string, ClauseTally>()
  readonly #conformance = new ShortfallTally()
  readonly #parity = new ShortfallTally()
  #equal = 0
  #judged = 0

  add(line: VerdictLine): void {
    if (line.conformance !== null && line.level !== 'implementation') {
      let clause = this.#clauses.get(line.clause)
      if (clause === undefined) {
        clause = new ClauseTally()
        this.#clauses.set(line.clause, clause)
      }
      clause.add(line)
      this.#conformance.add(line.conformance, line)
    }
    if (line.parity !== null) {
      this.#parity.add(line.parity, line)
      if (line.parity.kind !== 'unsupported') this.#judged += 1
      if (line.parity.kind === 'passed') this.#equal += 1
    }
  }

  /** Clauses of the documentation and the format, of those with a conformance verdict. */
  get conformance(): ConformanceScore {
    const clauses = [...this.#clauses.values()]
    return { met: clauses.filter((clause) => clause.isMet).length, of: clauses.length }
  }

  /** Answers equal to the profile the engine follows, of those held against it. */
  get parity(): ParityScore {
    return { equal: this.#equal, of: this.#judged }
  }

  get conformanceShortfall(): Shortfall {
    return this.#conformance.taken()
  }

  get parityShortfall(): Shortfall {
    return this.#parity.taken()
  }
}
