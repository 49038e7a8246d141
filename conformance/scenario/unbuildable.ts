/** A scenario that cannot be built here, though it may be well formed: no answer of a pickler. */
export class UnbuildableError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnbuildableError'
  }
}
