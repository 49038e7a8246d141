import { PickleError } from '../errors.ts'
import type { Pickling } from './pickling.ts'

/**
 * Counts a save that others may be nested in. Who enters leaves by `p.depth--`, but for a refusal:
 * that ends the dump, which begins again at its own depth.
 *
 * Latitude: how deep one may go. Each build has its own limit; here it is `recursionLimit` nested
 * saves of containers, reductions and persistent ids.
 *
 * @clause LIMIT-01 LIMIT-02
 * @throws {PickleError} RecursionError
 */
export function enter(p: Pickling): void {
  if (++p.depth > p.recursionLimit) throw tooDeep(p.profile.engine)
}

/** The refusal of what is nested too deeply. */
export function tooDeep(engine: 'c' | 'py'): PickleError {
  const text = 'maximum recursion depth exceeded'
  return new PickleError(
    'RecursionError',
    engine === 'c' ? `${text} while pickling an object` : text,
  )
}
