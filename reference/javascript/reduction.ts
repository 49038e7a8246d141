import { PickleError } from '../errors.ts'
import type { Global, Tuple } from './values.ts'

type Pairs = Iterable<readonly [unknown, unknown]>

/** The tuple of a reduction, as an array: a callable, its arguments, and what the object gets then. */
export type ReductionParts = readonly [
  callable: Global,
  args: Tuple | readonly unknown[],
  state?: unknown,
  listItems?: Iterable<unknown> | null,
  dictItems?: Pairs | null,
  stateSetter?: Global | null,
]

/** What a reducer answers: the name of a global, or how the object is made again. */
export type Reduction = string | ReductionParts

/** A reduction function, as `copyreg.pickle` and dispatch tables take it. */
export type Reducer<T = never> = (object: T) => Reduction

/** The constructor of the objects a reducer is for. */
export type Constructor = abstract new (...args: never[]) => unknown

/** As much of a `Map` as a dispatch table needs. */
export type DispatchTable = ReadonlyMap<Constructor, Reducer>

/** Says what is wrong with an answer that is no reduction. */
export function wrongReduction(found: unknown): PickleError {
  const what = Array.isArray(found) ? `an array of ${found.length}` : typeof found
  return new PickleError(
    'PicklingError',
    `a reduction is a string or an array of 2 to 6 items, not ${what}`,
  )
}
