import type { Header, VerdictLine } from '../../reports/index.ts'
import type { Choice } from './choose.ts'
import type { ExpectedFailureEntry } from './expected-failures.ts'
import type { Judges } from './judge.ts'
import type { SubjectCommand } from './subject.ts'
import type { Suite } from './suite.ts'
import type { RunLine } from './update-expected-failures.ts'

/** A subject of the run with what is known to fail on it. */
export type RunSubject = {
  readonly subject: SubjectCommand
  readonly expected: readonly ExpectedFailureEntry[]
}

export type Run = {
  readonly suite: Suite
  readonly choice: Choice
  /** Protocols asked for; none: all of each case. */
  readonly protocols: readonly number[]
  readonly subjects: readonly RunSubject[]
  readonly judges: Judges
  /** Subjects at work side by side. */
  readonly atOnce: number
  readonly signal: AbortSignal
  /** What to shuffle the order of the questions by; as they are planned without. */
  readonly shuffle?: string | undefined
  /** How many failing questions of each subject are asked again in a process of their own; none without. */
  readonly askedAgain?: number
  /** Told once, before any line. */
  readonly onStart: (start: Pick<Header, 'suite' | 'clauses' | 'subjects'>) => void
  /** Each verdict as it is known, with what an update of the expected failures needs. */
  readonly onLine: (line: VerdictLine, more: Omit<RunLine, 'line'>) => void
}
