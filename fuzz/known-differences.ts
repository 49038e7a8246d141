import { matchesVersion, type Scenario } from '../conformance/index.ts'
import { familyOf, releaseOf } from './engine.ts'
import type { Sighting } from './examine.ts'
import type { JsonObject } from './json.ts'

/** A difference between the reference and an engine that is explained, and stays. */
export type Known = {
  /** The clause that leaves it open, or that the engine breaks. */
  readonly clause: string
  readonly kind: 'bug' | 'latitude'
  readonly engine: 'c' | 'py'
  /** The releases that show it. */
  readonly versions: string
  /** The signature that the difference has. */
  readonly signature: RegExp
  /** Whether a scenario has what it takes. */
  readonly needs: (scenario: Scenario) => boolean
  readonly because: string
  readonly link?: string
  /** A scenario that shows it: when no engine in the range does any more, the entry is stale. */
  readonly example: JsonObject
}

export const knownDifferences: readonly Known[] = []

/** Tells known differences from new ones, and counts them. */
export class KnownDifferences {
  readonly #known: readonly Known[]
  readonly met = new Map<Known, number>()

  constructor(known: readonly Known[]) {
    this.#known = known
  }

  /** The entry that explains a difference, undefined for a new one. */
  explains({ follows, signature }: Sighting, scenario: Scenario): Known | undefined {
    return this.#known.find(
      (one) =>
        one.engine === familyOf(follows) &&
        matchesVersion(one.versions, releaseOf(follows)) &&
        one.signature.test(signature) &&
        one.needs(scenario),
    )
  }

  /** As `explains`, and counts it. */
  meets(sighting: Sighting, scenario: Scenario): boolean {
    const known = this.explains(sighting, scenario)
    if (known !== undefined) this.met.set(known, (this.met.get(known) ?? 0) + 1)
    return known !== undefined
  }
}
