/** What is known about a {@link PickleError} besides its type and message. */
export interface PickleErrorDetails {
  /** The byte of the pickle at which it happened, counted from 0. */
  readonly offset?: number
  /** The lines that `add_note` put on the exception, in the order they were added. */
  readonly notes?: readonly string[]
  /** The exception given after `from`: Python's `__cause__`. */
  readonly cause?: PickleError
  /** The exception that was being handled when this one was raised: Python's `__context__`. */
  readonly context?: PickleError
}

/**
 * An exception as Python would raise it while pickling, unpickling or reading a pickle.
 *
 * `type` is the name of Python's class (`PicklingError`, `TypeError`, `RecursionError`, ...) and
 * `message` is what `str()` of the exception gives. The other fields are for programs.
 *
 * @clause ERR-01
 */
export class PickleError extends Error {
  readonly type: string
  readonly notes: string[]
  declare readonly offset?: number
  declare readonly context?: PickleError
  declare readonly cause?: PickleError

  constructor(type: string, message: string, details: PickleErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = `PickleError [${type}]`
    this.type = type
    this.notes = [...(details.notes ?? [])]
    // Declared fields: what is not known is not there at all.
    if (details.offset !== undefined) this.offset = details.offset
    if (details.context !== undefined) this.context = details.context
  }
}

/** What was thrown, if it is an exception of Python's; anything else is thrown again. */
export function asPickleError(thrown: unknown): PickleError {
  if (thrown instanceof PickleError) return thrown
  throw thrown
}

/** What is said by anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** Where in a text a {@link NotationError} was found. */
export interface NotationPlace {
  /** The index in the list of lines, counted from 0; absent where there is only one line. */
  readonly line?: number
  /** The index of the character in its line, counted from 0. */
  readonly column: number
}

/**
 * A text in one of our own notations (hex, assembly) that cannot be read.
 *
 * Not in the protocol: a mistake in what a person wrote, never an exception of Python's.
 */
export class NotationError extends Error {
  readonly column: number
  declare readonly line?: number

  constructor(message: string, place: NotationPlace) {
    const at = `column ${place.column + 1}`
    super(`${place.line === undefined ? at : `line ${place.line + 1}, ${at}`}: ${message}`)
    this.name = 'NotationError'
    this.column = place.column
    if (place.line !== undefined) this.line = place.line
  }
}
