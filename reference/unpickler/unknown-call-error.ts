/**
 * A pickle that was given the name of something that is harmless and still not known here: never an
 * exception of Python's. The worlds of symbols and of names lead to none.
 */
export class UnknownCallError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnknownCallError'
  }
}
