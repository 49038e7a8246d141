import type { Observable, TraceEntry } from '../protocol/message.ts'
import type { Scenario } from '../scenario/index.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'

/** Lines of assembly, one instruction each; `PROTO n` is that of the protocol asked for. */
export type Assembly = readonly string[]

export type ExpectedBuffer = { readonly bytes: string; readonly readonly: boolean }

/** What one step is to be seen to do. */
export type ExpectedStep = {
  /** The pickle the file gets in this step. */
  readonly pickle?: Assembly
  /** What the pickle loads to, or what a load gives. */
  readonly graph?: LoadedGraph
  /** The class of the exception, without its module. */
  readonly refused?: string
  /** The beginning of the message, compared after addresses were taken out; only where quoted. */
  readonly message?: string
  /** How many bytes of the file a refused load had read; compared where the subject tells it. */
  readonly offset?: number
  /** What the file got although the step was refused; no lines mean nothing at all. */
  readonly wrote?: Assembly
  /** Out-of-band buffers in order; none where they are not mentioned. */
  readonly buffers?: readonly ExpectedBuffer[]
  /** Every call of a hook in order; there where the case observes the trace. */
  readonly trace?: readonly TraceEntry[]
  readonly traceMore?: number
  /** Labels of the memo, and the calls of `file.write`; compared where they are given. */
  readonly memo?: readonly string[]
  readonly writes?: readonly (readonly [string, number])[]
}

/** One step for each action, or a construction that is refused, after which there are no steps. */
export type Expected =
  | { readonly steps: readonly ExpectedStep[] }
  | { readonly construction: ExpectedStep }

/** An expectation for a range of protocols, such as `0-1`. */
export type Expectation = { readonly protocols: string; readonly expected: Expected }

export type DeviationKind = 'bug' | 'version' | 'latitude'

export type DeviationEngine = 'c' | 'py' | '*'

/** Where CPython is known to do something else than the case documents. */
export type Deviation = {
  readonly engines: readonly DeviationEngine[]
  /** Releases of CPython: `3.8-3.12`, `<3.13.1`, `*`. */
  readonly versions: string
  readonly protocols: string
  readonly kind: DeviationKind
  readonly because: string
  readonly link?: string
  readonly expected: Expected
}

export type CaseOracle = 'bytes' | 'instructions' | 'graph' | 'trace' | 'error'

/** A named question with what is expected of it, and the clause it asks about. */
export type Case = {
  /** `<chapter>/<file>/<name>`, unique in the suite and stable. */
  readonly id: string
  readonly name: string
  readonly why: string
  readonly clause: string
  readonly boundaries: readonly string[]
  readonly tags: readonly string[]
  /** The id of the valid case one edit away; a refusal counts only when that one was answered rightly. */
  readonly twin?: string
  /** What judges the answer, where the clause does not say it. */
  readonly oracle?: CaseOracle
  readonly scenario: Scenario
  /** In ascending order; null when the scenario has a protocol of its own, so that it is asked once. */
  readonly protocols: readonly number[] | null
  readonly observe: readonly Observable[]
  /** Each protocol is in exactly one of them. */
  readonly expectations: readonly Expectation[]
  readonly deviations: readonly Deviation[]
}

export type CaseFile = {
  readonly title: string
  readonly clause: string
  readonly cases: readonly Case[]
}

/** A case at one protocol: what is asked and judged. */
export type CaseQuestion = {
  /** `<chapter>/<file>/<name>@p4`; the id of the case alone when it has a protocol of its own. */
  readonly id: string
  readonly case: Case
  readonly protocol: number | null
}
