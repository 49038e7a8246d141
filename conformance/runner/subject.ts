/** How far a subject may go before it is ended. */
export type SubjectLimits = {
  /** From the start until it has said hello, in milliseconds. */
  readonly startMs: number
  /** Since its last line, while a line is owed, in milliseconds. */
  readonly scenarioMs: number
  /** Resident set of its whole process group, in MiB. */
  readonly memoryMiB: number
  /** The longest line it may write, in bytes. */
  readonly lineBytes: number
  /** Private writable memory, for `prlimit --data`, in MiB; null: unlimited. */
  readonly dataMiB: number | null
  /** Address space, for `prlimit --as`, in MiB; null: unlimited, as most runtimes need it. */
  readonly addressMiB: number | null
}

export const defaultLimits: SubjectLimits = {
  startMs: 20_000,
  scenarioMs: 10_000,
  memoryMiB: 1024,
  lineBytes: 64 * 1024 * 1024,
  // Above the sampled limit: a back-stop for what grows faster than it is sampled.
  dataMiB: 1536,
  addressMiB: null,
}

/** An implementation under test: the program that speaks for it. */
export type SubjectCommand = {
  /** What the user calls it. */
  readonly id: string
  /** The program and its arguments; a name without a slash is looked up on the PATH. */
  readonly command: readonly string[]
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>
  /** The folder it starts in, absolute. */
  readonly cwd: string
  readonly limits: SubjectLimits
}
