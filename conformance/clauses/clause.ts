/** How binding a clause is: promised by the library reference, by the format itself, or by nobody. */
export type Level = 'documented' | 'protocol' | 'implementation'

/** What an answer is judged by. */
export type Oracle = 'bytes' | 'instructions' | 'graph' | 'trace' | 'error'

/** One edge of a clause that a case stands on. */
export type Boundary = {
  /** The clause id, a slash and a short kebab-case name: `SAVE-06/atoms`. */
  readonly id: string
  /** What is at this edge, in a sentence. */
  readonly says: string
  /** Why no case stands on this edge, when a scenario cannot put the question. */
  readonly excluded?: string
}

/** One rule of the protocol. */
export type Clause = {
  /** `SAVE-03`, `OP-APPENDS`, `MSG-07`: the chapter, a dash, a number or a name. */
  readonly id: string
  /** The part of the id before the first dash. */
  readonly chapter: string
  /** A line of at most 75 characters. */
  readonly title: string
  readonly level: Level
  readonly oracle: Oracle
  /** The rule in a sentence; two where CPython's accelerated and pure engines differ. */
  readonly says: string | { readonly c: string; readonly pure: string }
  /** Where the rule is written, or on what it was measured. */
  readonly source: string
  /** The clauses that say it in detail: what tells a fault in one of them tells it in this one. */
  readonly restates?: readonly string[]
  /** The first release of Python it holds for, when not 3.8. */
  readonly since?: string
  /** The last release it holds for, when not the newest measured. */
  readonly until?: string
  /** What implementations may choose and still be right. */
  readonly latitude?: string
  readonly boundaries?: readonly Boundary[]
  /** Why the clause has no case. */
  readonly excluded?: string
}
