import type { Place } from './place.ts'
import { showPlace } from './place.ts'

/** What is wrong with a scenario or a case file, and where. */
export class ScenarioError extends Error {
  /** A JSON path, `$.steps[0].dump.list[3].int`; for malformed JSON `line 3, column 7`. */
  readonly place: string
  /** What was found and what was wanted, without the place. */
  readonly problem: string

  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`)
    this.name = 'ScenarioError'
    this.place = place
    this.problem = problem
  }
}

/** Refuses what stands at a place. */
export function refuse(place: Place, problem: string): never {
  throw new ScenarioError(showPlace(place), problem)
}
