export type TestName = { readonly file: string; readonly name: string }

export type Task =
  | { readonly do: 'list' }
  | {
      readonly do: 'cover'
      readonly build: string
      readonly regions: number
      readonly questions: Uint32Array
      /** Files of tests. */
      readonly tests: readonly string[]
    }
  | {
      readonly do: 'ask'
      readonly build: string
      /** Cases as profiles first, tests behind them. */
      readonly questions: Uint32Array
      readonly tests: readonly TestName[]
      /** Only the profiles that the build has otherwise are of interest. */
      readonly isOfProfiles: boolean
    }
  | {
      readonly do: 'sole'
      readonly build: string
      /**
       * Cases as profiles; one of the first `own`, which are of cases that stand on one of the clauses,
       * has to tell.
       */
      readonly questions: Uint32Array
      readonly own: number
      /** The clauses that each case exercises, by its place. */
      readonly citing: readonly (readonly [at: number, clauses: readonly string[]])[]
      /** Those that a mutant is wanted for. */
      readonly clauses: readonly string[]
    }
  | {
      readonly do: 'fuzz'
      readonly build: string
      readonly seed: number
      /** The place of the first check, and how many there are. */
      readonly from: number
      readonly checks: number
    }

/** What a question touched, how long it took, and what was wrong. */
export type Seen = {
  readonly question?: number
  readonly file?: string
  readonly name: string
  readonly why: string | undefined
  readonly ms: number
  readonly row: Uint8Array
}

export type Done =
  | {
      readonly did: 'list'
      /** Cases in order; the key is another when anything in the case is. */
      readonly cases: readonly { readonly id: string; readonly key: string }[]
      readonly profiles: readonly string[]
      /** A case's place times the number of profiles, and the place of the profile. */
      readonly questions: Uint32Array
    }
  | { readonly did: 'cover'; readonly seen: readonly Seen[] }
  | {
      readonly did: 'ask'
      /** The question that was answered wrongly; undefined when none was. */
      readonly killedBy: number | undefined
      readonly why: string
    }
  | {
      readonly did: 'sole'
      /** Those that every case exercises that tells the build. */
      readonly clauses: readonly string[]
      /** The names of the cases that tell it. */
      readonly tellers: readonly string[]
    }
  | {
      readonly did: 'fuzz'
      /** The place of the check that is answered otherwise; undefined when none is. */
      readonly killedBy: number | undefined
      /** What the sound build said and what the other said, where they part. */
      readonly why: string
    }

/** What did not come to an end, or came to another. */
export type Ended = { readonly did: 'end'; readonly why: string; readonly at: number }

/** A place where one task at a time is carried out. */
export type Seat = {
  /**
   * Has a task carried out.
   *
   * @param patience for how many milliseconds there may be no sign of life, at the question at this
   *   place; they are counted while this thread is served too
   */
  readonly carryOut: (task: Task, patience: (at: number) => number) => Promise<Done | Ended>
  readonly stop: () => Promise<void>
}
