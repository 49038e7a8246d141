import type { PyValue } from '../values/value.ts'

/**
 * The class of a pickler: `Pickler` itself, or a subclass with attributes of its own, which may be
 * set and deleted while it is used.
 *
 * Hooks in it are functions of the object alone: `self` is not passed. A property is asked with None
 * as its object.
 */
export type PicklerClass = {
  readonly isSubclass: boolean
  /** `Pickler` unless given. */
  readonly name?: string
  /** Its `__module__`; some messages have it. */
  readonly module?: string
  readonly attributes: Map<string, PyValue>
}
