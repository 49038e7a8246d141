import type { PyValue } from '../values/value.ts'

/**
 * The class of an unpickler: `Unpickler` itself, or a subclass with attributes of its own. Hooks in
 * it are functions of the arguments alone: `self` is not passed.
 */
export type UnpicklerClass = {
  readonly isSubclass: boolean
  readonly attributes: ReadonlyMap<string, PyValue>
}

/** `Unpickler` itself. */
export const plainUnpickler: UnpicklerClass = { isSubclass: false, attributes: new Map() }
