import { hexOfBytes } from '../../reference/index.ts'
import { DrawnCases } from '../drawn-cases.ts'
import { pickleAt } from '../loads/load-case.ts'
import type { Check } from './checks.ts'

/**
 * Random questions without end, from an index on: scenarios and pickles by turns, the profile and the
 * protocol going round.
 */
export function* drawnChecks(
  seed: number,
  from: number,
  profiles: readonly string[],
): Generator<Check & { readonly index: number }> {
  const cases = new DrawnCases(seed)
  for (let index = from; ; index += 1) {
    const turn = Math.floor(index / 2)
    const profile = profiles[turn % profiles.length] ?? 'documented'
    const protocol = Math.floor(turn / profiles.length) % 6
    if (index % 2 === 0) {
      const drawn = cases.at(turn)
      if ('scenario' in drawn) yield { index, scenario: drawn.scenario, profile, protocol }
      continue
    }
    const { pickle, buffers } = pickleAt({ seed, index: turn })
    yield {
      ...{ index, pickle: hexOfBytes(pickle), profile, protocol },
      buffers: buffers?.map((one) => hexOfBytes(one)),
    }
  }
}
