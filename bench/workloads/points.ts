import type { Value } from '../../conformance/index.ts'
import type { Random } from '../random.ts'

/** The class that the workloads of instances and hooks have many of. */
export const pointClass = 'Point'

/** What stands in a point, under `x`, `y` and `label`. */
export function coordinates(random: Random): readonly (readonly [string, Value])[] {
  return [
    ['x', random.int(-30_000, 30_000)],
    ['y', random.int(0, 200)],
    ['label', random.word(random.int(4, 12))],
  ]
}

/** So many instances of the class, in a list, each with content of its own. */
export function points(random: Random, count: number): Value {
  const list = Array.from({ length: count }, () => ({
    instance: pointClass,
    attributes: coordinates(random),
  }))
  return { list }
}

/** The reduction that a user would write: call the class, then take over the attributes. */
export const pointReduction: Value = {
  tuple: [{ class: pointClass }, { tuple: [] }, { self: '__dict__' }],
}

/** A hook that gives that reduction for whatever it is asked about. */
export const pointReducer = { rules: [{ returns: pointReduction }] }
