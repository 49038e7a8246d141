import { PickleError } from '../errors.ts'
import { repr } from '../values/repr.ts'
import { typeName } from '../values/type-of.ts'
import type { PyValue } from '../values/value.ts'
import type { Pickling } from './pickling.ts'

/**
 * Adds to an exception that passes through what was being serialized, and gives it back.
 *
 * `what` follows the name of the type: `item 3`, `state`, `object`.
 *
 * @clause ERR-03
 */
export function noted(p: Pickling, error: unknown, value: PyValue, what: string): unknown {
  if (p.addsNotes && error instanceof PickleError) {
    error.notes.push(`when serializing ${typeName(p.world.typeOf(value))} ${what}`)
  }
  return error
}

/** As {@link noted}, for the value of a key. */
export function notedItem(p: Pickling, error: unknown, value: PyValue, key: PyValue): unknown {
  return p.addsNotes ? noted(p, error, value, `item ${repr(p.world, key)}`) : error
}
