import { createHash } from 'node:crypto'
import { expectedRun, type Scenario, UnbuildableError } from '../conformance/index.ts'

/** The right pickle, by its hash, hex, and its length in bytes. */
export type ExpectedPickle = { readonly sha256: string; readonly bytes: number }

/** Nobody can say which pickle is right. */
export type NoPickle = { readonly because: string }

/** What every engine has to write, by the profile it follows. */
export class ExpectedPickles {
  readonly #found = new WeakMap<Scenario, Map<string, ExpectedPickle | NoPickle>>()

  /**
   * The pickle that the reference makes of a workload in a profile, by the way that the suite judges,
   * and not by the one that is timed.
   */
  of(scenario: Scenario, profile: string, protocol: number): ExpectedPickle | NoPickle {
    const key = JSON.stringify([profile, protocol])
    const ofScenario = this.#found.get(scenario) ?? new Map<string, ExpectedPickle | NoPickle>()
    this.#found.set(scenario, ofScenario)
    const before = ofScenario.get(key)
    if (before !== undefined) return before
    const made = expectedPickle(scenario, profile, protocol)
    ofScenario.set(key, made)
    return made
  }
}

function expectedPickle(
  scenario: Scenario,
  profile: string,
  protocol: number,
): ExpectedPickle | NoPickle {
  try {
    const run = expectedRun(scenario, profile, protocol, [])
    const dump = 'steps' in run ? run.steps[1] : undefined
    if (dump?.bytes === undefined || dump.refused !== undefined) {
      return { because: `the reference refuses it: ${dump?.refused?.message ?? 'no bytes'}` }
    }
    const bytes = Buffer.from(dump.bytes, 'hex')
    return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
  } catch (error) {
    // A profile that is not known, or a release that the workload cannot be built in.
    if (!(error instanceof RangeError || error instanceof UnbuildableError)) throw error
    return { because: error.message }
  }
}
