import { parseScenario, ScenarioError } from '../conformance/index.ts'
import type { JsonObject } from './json.ts'

/** Whether the parser takes it: of what shrinking gives, not all is a scenario. */
export function isScenario(json: JsonObject): boolean {
  try {
    parseScenario(json)
    return true
  } catch (error) {
    if (error instanceof ScenarioError) return false
    throw error
  }
}
