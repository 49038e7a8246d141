import type { Observation, RunResult, SetOrders } from '../protocol/message.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** What one engine did under one protocol, nothing left to look up. */
export type SeenResult = {
  readonly engine: string
  /** null for a scenario that sets its own. */
  readonly protocol: number | null
  readonly steps: readonly Observation[]
  readonly orders?: SetOrders
}

/** The protocols under which a scenario runs when asked for these: its own alone, if it has one. */
export function protocolsOf(
  scenario: Scenario,
  protocols: readonly number[],
): readonly (number | null)[] {
  return scenario.pickler.init.protocol === undefined ? protocols : [null]
}

const nameOf = (engine: string, protocol: number | null): string =>
  protocol === null ? engine : `${engine} under protocol ${protocol}`

/**
 * Holds the results against what was asked: each engine under each protocol exactly once, every
 * `same` naming an earlier result, an observation for each step. Gives back what is wrong as `found`.
 */
export function readResults(
  results: readonly RunResult[],
  asked: {
    readonly scenario: Scenario
    readonly engines: readonly string[]
    readonly protocols: readonly number[]
  },
): { readonly results: readonly SeenResult[] } | { readonly found: string } {
  const { scenario } = asked
  const owed = new Set<string>()
  for (const engine of asked.engines) {
    for (const protocol of protocolsOf(scenario, asked.protocols)) {
      owed.add(nameOf(engine, protocol))
    }
  }
  const seen: SeenResult[] = []
  for (const [at, result] of results.entries()) {
    const { engine, protocol } = result
    const name = nameOf(engine, protocol)
    if (!owed.delete(name)) return { found: `a result for ${name}, asked once or not at all` }
    if ('same' in result) {
      const earlier = seen[result.same]
      if (earlier === undefined) {
        return {
          found: `result ${at} is said to be the same as ${result.same}, which is not before it`,
        }
      }
      seen.push({ ...earlier, engine, protocol })
      continue
    }
    const { steps } = result
    const isCutShort = steps.length === 1 && steps[0]?.refused !== undefined
    if (steps.length !== scenario.steps.length + 1 && !isCutShort) {
      return {
        found: `${steps.length} observations for ${name}, wanted one for each of ${scenario.steps.length + 1} steps`,
      }
    }
    seen.push(result)
  }
  const [missing] = owed
  return missing === undefined ? { results: seen } : { found: `no result for ${missing}` }
}
