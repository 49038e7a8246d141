import { profile } from '../../reference/index.ts'
import type { Observable, RunResult } from '../protocol/message.ts'
import { type MaterializeOptions, materialize } from './materialize.ts'
import type { Scenario } from './scenario.ts'

/**
 * What a pickler of this profile does with a canonical scenario, as the reference has it: the result
 * that an engine following the profile is held against.
 *
 * @param protocol null for a scenario with its own `init.protocol`
 * @param more.orders the order of each set with two or more members, as the subject reported it;
 *   without it sets keep the order of the text
 * @param more.recursionLimit how deeply saves may be nested; the reference's own limit unless given
 * @param more.wordSize the bits of a word of the machine that the engine runs on; 64 unless given
 * @throws {RangeError} a profile that is not known
 * @throws {UnbuildableError} a scenario that cannot be built in the release of the profile
 */
export function expectedRun(
  scenario: Scenario,
  profileName: string,
  protocol: number | null,
  observe: readonly Observable[],
  more: Pick<MaterializeOptions, 'orders' | 'recursionLimit' | 'wordSize'> = {},
): RunResult {
  const run = materialize(scenario, {
    profile: profile(profileName),
    protocol,
    observe,
    ...more,
  })
  const { steps, orders: seen } = run.observeAll()
  return { engine: profileName, protocol, steps, ...(seen !== undefined && { orders: seen }) }
}
