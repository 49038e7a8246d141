/**
 * The run record, version 1: what one run of the suite saw, as JSON Lines in UTF-8.
 *
 * First the header, then one line per verdict as they come, then the footer. A record without a
 * footer is that of a run which died or still goes on. `parse-record.ts` reads it, `tally.ts`
 * counts it.
 */

/** The version of the format, the value of the header's field `record`. */
export const recordVersion = 1 as const

/** How firmly a clause stands: the library reference, a PEP or pickletools, or nobody wrote it down. */
export type Level = 'documented' | 'protocol' | 'implementation'

export const levels = ['documented', 'protocol', 'implementation'] as const satisfies Level[]

/** What a subject says of itself. */
export type SubjectProfile = {
  readonly name: string
  /** The full version of the implementation, such as `3.13.0`. */
  readonly version: string
  readonly wordSize: number
  readonly language: string
  readonly runtime: string
  readonly homepage: string
  readonly issues: string
  readonly engines: readonly {
    readonly id: string
    readonly follows: string | null
    /** Where it does less than the subject does. */
    readonly roles?: readonly string[]
    /** Where it tells other things apart than the subject does. */
    readonly distinguishes?: readonly string[]
  }[]
  readonly roles: readonly string[]
  readonly protocols: readonly number[]
  readonly capabilities: readonly string[]
  readonly distinguishes: readonly string[]
}

/** A subject of the run, with what it said of itself, or with why it never did. */
export type RecordSubject =
  | { readonly id: string; readonly profile: SubjectProfile }
  | { readonly id: string; readonly refused: Verdict }

/** A subject that is known but not here: neither a pass nor a failure. */
export type AbsentSubject = { readonly id: string; readonly reason: string }

export type Machine = {
  readonly cores: number
  readonly cpu: string
  readonly os: string
  readonly node: string
}

/** A clause the run asked about, as reports show it beside its id. */
export type RecordClause = {
  readonly id: string
  readonly chapter: string
  /** One line. */
  readonly title: string
  readonly level: Level
  /** The rule; two where accelerated and pure engines differ. */
  readonly says: string | { readonly c: string; readonly pure: string }
  /** Where the rule is written, or on what it was measured. */
  readonly source: string
}

export type Header = {
  readonly record: typeof recordVersion
  /** The version of picklespec. */
  readonly picklespec: string
  /** When the run began, ISO 8601 in UTC. */
  readonly started: string
  readonly machine: Machine
  /** SHA-256 over the case files asked, hex: equal for equal questions. */
  readonly suite: string
  /** The release of the suite whose requirements alone were judged. */
  readonly requirements?: string
  /** Every clause that a line of this record may cite, in the order of the specification. */
  readonly clauses: readonly RecordClause[]
  readonly subjects: readonly RecordSubject[]
  readonly absent: readonly AbsentSubject[]
  /** What the order of the questions was shuffled by; absent where it was not. */
  readonly shuffle?: string
}

/** The kind of thing that parts first: what `at` of a difference counts. */
export type DifferenceKind =
  /** `at` is the byte; both sides are lower-case hex from there on, cut. */
  | 'byte'
  /** `at` is the instruction, from 0; both sides are assembly. */
  | 'instruction'
  /** `at` is the out-of-band buffer. */
  | 'buffer'
  /** `at` is the call; both sides are `hook(object) -> answer`. */
  | 'trace'
  /** `at` is a path from the root, such as `$.items[2]`. */
  | 'graph'
  /** `at` is a part of the refusal: `class`, `message`, `notes`, `cause`. */
  | 'error'
  /** `at` is what one side did and the other did not: `refused`, `bytes`, `steps`, `orders`. */
  | 'outcome'

/** Where expectation and observation part first. */
export type Difference = {
  readonly kind: DifferenceKind
  /** The step of the scenario, from 0, which builds the pickler. */
  readonly step: number
  readonly at: number | string
  /** null where this side has nothing at that place. */
  readonly expected: string | null
  readonly seen: string | null
  /** For a byte: the instruction that holds it, from 0, on the seen side. */
  readonly instruction?: number
}

export type Verdict =
  | { readonly kind: 'passed' }
  /** `because` is one clause for people; absent difference: there is nothing to point at. */
  | { readonly kind: 'failed'; readonly because: string; readonly difference?: Difference }
  /** The subject cannot tell apart what the case tells apart, and said so in advance. */
  | { readonly kind: 'lossy'; readonly because: string }
  /** The case needs what the subject does not have. */
  | { readonly kind: 'unsupported'; readonly because: string }
  | {
      readonly kind: 'crashed'
      readonly signal: string | null
      readonly exitCode: number | null
      /** The end of what it wrote to standard error. */
      readonly stderr: string
      /** It did not happen again when the scenario was asked alone. */
      readonly inCompanyOnly: boolean
    }
  | { readonly kind: 'timed-out'; readonly afterMs: number; readonly inCompanyOnly: boolean }
  | { readonly kind: 'out-of-memory'; readonly rssMiB: number; readonly inCompanyOnly: boolean }
  /** It wrote what is not an answer to what was asked. */
  | { readonly kind: 'babbled'; readonly found: string; readonly inCompanyOnly: boolean }
  /** A fault of the suite, or of the adapter by its own account. */
  | {
      readonly kind: 'harness-error'
      readonly message: string
      /** Who is at fault, where it is known; else the suite. */
      readonly by?: 'adapter' | 'environment'
    }

export type VerdictKind = Verdict['kind']

/** Every kind, the worst last: of two verdicts on one answer the worse one counts. */
export const verdictKinds = [
  'passed',
  'unsupported',
  'lossy',
  'failed',
  'timed-out',
  'out-of-memory',
  'babbled',
  'crashed',
  'harness-error',
] as const satisfies VerdictKind[]

/** The entry of an expected-failures file that a line met. */
export type ExpectedFailure = { readonly reason: string; readonly link: string | null }

/** What became of a failing answer when its question was asked again in a fresh process. */
export type Isolation =
  /** Alone it fails in the same way. */
  | { readonly kind: 'alike' }
  /** Alone it fails in another way. */
  | { readonly kind: 'otherwise'; readonly signature: string }
  /** Alone it passes; it fails again when this case is asked before it. */
  | { readonly kind: 'after'; readonly case: string }
  /** Alone it passes; it fails again after those that were asked before it. */
  | { readonly kind: 'in-company' }
  /** It passes alone and after those that were asked before it. */
  | { readonly kind: 'not-again' }

/** What a reader needs to understand a line that did not pass. */
export type Details = {
  readonly title: string
  readonly why: string
  /** The scenario as JSON text, as it was asked. */
  readonly scenario: string
  /** Assembly, or for a refusal its class and message; of the step in question. */
  readonly expected: readonly string[]
  readonly seen: readonly string[]
  /** A command line that asks this question again. */
  readonly reproduce: string
}

export type VerdictLine = {
  /** Chapter, topic and name: `fast/cycles/list-in-itself`. */
  readonly case: string
  /** null for a case that sets its own. */
  readonly protocol: number | null
  readonly subject: string
  /** null when the subject never said what engines it has. */
  readonly engine: string | null
  readonly clause: string
  readonly chapter: string
  readonly level: Level
  /** Whether the case expects something other than a refusal. */
  readonly positive: boolean
  /** Against the documented expectation; null where no document says what is right. */
  readonly conformance: Verdict | null
  /** Against the profile the engine follows; null where it follows none. */
  readonly parity: Verdict | null
  readonly expectedFailure?: ExpectedFailure
  /** Milliseconds from the answer before to this one, engines and protocols together. */
  readonly ms?: number
  /** On lines that fail the run, as far as they were asked again. */
  readonly isolation?: Isolation
  /** On every line that did not pass and has something to show. */
  readonly details?: Details
}

/** An entry of an expected-failures file that is no longer true; each fails the run. */
export type StaleEntry = {
  readonly subject: string
  /** The case pattern of the entry. */
  readonly case: string
  readonly reason: string
  readonly because: 'passes' | 'matches-nothing' | 'fails-otherwise'
}

/** Clauses met, of those that documented or protocol cases were judged for. */
export type ConformanceScore = { readonly met: number; readonly of: number }

/** Lines equal to the followed profile, of those judged against one. */
export type ParityScore = { readonly equal: number; readonly of: number }

export type EngineScore = {
  readonly subject: string
  readonly engine: string | null
  readonly conformance: ConformanceScore
  readonly parity: ParityScore
}

/** Each verdict line counts in exactly one of the fields from `passed` to `unexpectedPasses`. */
export type Footer = {
  readonly passed: number
  readonly failed: number
  readonly lossy: number
  readonly unsupported: number
  readonly crashed: number
  readonly timedOut: number
  readonly outOfMemory: number
  readonly babbled: number
  readonly harnessError: number
  /** Lines that did not pass, as an entry says they do not. */
  readonly expectedFailures: number
  /** Lines that passed although an entry says they do not. */
  readonly unexpectedPasses: number
  /** Lines whose question reached the subject: all but the unsupported ones. */
  readonly executed: number
  /** Sums over the engines. */
  readonly conformance: ConformanceScore
  readonly parity: ParityScore
  readonly engines: readonly EngineScore[]
  readonly stale: readonly StaleEntry[]
  /** False when the run was interrupted and says so. */
  readonly complete: boolean
  /** Of the whole run. */
  readonly ms: number
}

export type RecordLine = Header | VerdictLine | Footer

/** A whole record; without a footer the run died, or still goes on. */
export type RunRecord = {
  readonly header: Header
  readonly verdicts: readonly VerdictLine[]
  readonly footer: Footer | undefined
}

/** The line as it stands in the file, newline included. */
export function formatRecordLine(line: RecordLine): string {
  return `${JSON.stringify(line)}\n`
}

/** The verdict that counts for a line: the worse of the two. */
export function verdictOf(line: Pick<VerdictLine, 'conformance' | 'parity'>): Verdict {
  const { conformance, parity } = line
  if (conformance === null || parity === null) {
    return (
      conformance ?? parity ?? { kind: 'unsupported', because: 'neither judge has an expectation' }
    )
  }
  return verdictKinds.indexOf(parity.kind) > verdictKinds.indexOf(conformance.kind)
    ? parity
    : conformance
}
