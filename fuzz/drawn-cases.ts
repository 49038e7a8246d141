import { parseScenario, type Scenario, ScenarioError } from '../conformance/index.ts'
import { type CaseKey, caseAt, scenarioOf } from './case.ts'
import type { JsonObject } from './json.ts'

/** A case of a session: its scenario as it was made and as the parser has it, or the parser's refusal. */
export type DrawnCase = { readonly key: CaseKey; readonly json: JsonObject } & (
  | { readonly scenario: Scenario }
  | { readonly refused: ScenarioError }
)

/** So many cases are kept for the slowest participant, who makes those before again. */
const mostKept = 4096

/** The cases of a seed, made once for all participants of a session. */
export class DrawnCases {
  readonly #seed: number
  readonly #kept = new Map<number, DrawnCase>()

  constructor(seed: number) {
    this.#seed = seed
  }

  at(index: number): DrawnCase {
    const known = this.#kept.get(index)
    if (known !== undefined) return known
    const made = drawn(caseAt(this.#seed, index))
    this.#kept.set(index, made)
    if (this.#kept.size > mostKept) {
      const [first = index] = this.#kept.keys()
      this.#kept.delete(first)
    }
    return made
  }
}

function drawn(key: CaseKey): DrawnCase {
  const json = scenarioOf(key)
  try {
    return { key, json, scenario: parseScenario(json) }
  } catch (error) {
    if (error instanceof ScenarioError) return { key, json, refused: error }
    throw error
  }
}
