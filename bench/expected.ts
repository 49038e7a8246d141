import { createHash } from 'node:crypto'
import {
  expectedRun,
  type LoadedGraph,
  type Scenario,
  UnbuildableError,
} from '../conformance/index.ts'
import type { BenchOperation } from '../reports/index.ts'

/** What is right: the pickle by its hash, hex, and its length in bytes; of a load the graph too. */
export type Expected = {
  readonly sha256: string
  readonly bytes: number
  /** As {@link graphText} writes it; null for a dump. */
  readonly graph: string | null
}

/** Nobody can say what is right. */
export type Unknown = { readonly because: string }

/** A graph as text that is the same for the same graph, whatever the order of its fields. */
export function graphText(graph: LoadedGraph): string {
  return JSON.stringify(graph, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/** What every engine has to write and to load, by the profile it follows. */
export class Expectations {
  readonly #found = new WeakMap<Scenario, Map<string, Expected | Unknown>>()

  /**
   * What the reference makes of a workload in a profile, by the way that the suite judges, and not by
   * the one that is timed.
   */
  of(
    scenario: Scenario,
    profile: string,
    protocol: number,
    operation: BenchOperation,
  ): Expected | Unknown {
    const key = JSON.stringify([profile, protocol, operation])
    const ofScenario = this.#found.get(scenario) ?? new Map<string, Expected | Unknown>()
    this.#found.set(scenario, ofScenario)
    const before = ofScenario.get(key)
    if (before !== undefined) return before
    const made = expected(scenario, profile, protocol, operation)
    ofScenario.set(key, made)
    return made
  }
}

function expected(
  scenario: Scenario,
  profile: string,
  protocol: number,
  operation: BenchOperation,
): Expected | Unknown {
  const load = { load: { step: 1 } }
  const steps = operation === 'load' ? [...scenario.steps, load] : scenario.steps
  try {
    const run = expectedRun({ ...scenario, steps }, profile, protocol, [])
    const [, dump, loaded] = 'steps' in run ? run.steps : []
    const refused = dump?.refused ?? loaded?.refused
    if (dump?.bytes === undefined || refused !== undefined) {
      return { because: `the reference refuses it: ${refused?.message ?? 'no bytes'}` }
    }
    const bytes = Buffer.from(dump.bytes, 'hex')
    return {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      graph: loaded?.graph === undefined ? null : graphText(loaded.graph),
    }
  } catch (error) {
    // A profile that is not known, or a release that the workload cannot be built in.
    if (!(error instanceof RangeError || error instanceof UnbuildableError)) throw error
    return { because: error.message }
  }
}
