import { PickleError } from '../errors.ts'
import type { World } from './world.ts'

/** The TypeError of `dict(…)` for an item that cannot be iterated; `at` counts items from 0. */
export function noPair(world: World, at: number): PickleError {
  const why = `annot convert dictionary update sequence element #${at} to a sequence`
  return world.release[1] < 14
    ? new PickleError('TypeError', `c${why}`)
    : new PickleError('TypeError', 'object is not iterable', { notes: [`C${why}`] })
}
