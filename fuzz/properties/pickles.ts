import type { Observation } from '../../conformance/index.ts'

/**
 * The whole pickles among the steps, in hex: those that stand for themselves. The first dump of a pickler
 * does; later ones may fetch from the memo what earlier ones put there.
 */
export function picklesOf(steps: readonly Observation[]): readonly string[] {
  const [first] = steps.filter(({ bytes, refused }) => bytes !== undefined || refused !== undefined)
  return first?.bytes === undefined || first.refused !== undefined ? [] : [first.bytes]
}
