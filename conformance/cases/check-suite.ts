import { ScenarioError } from '../scenario/index.ts'
import type { Case } from './case-file.ts'
import { isNegative } from './questions.ts'

/** What a suite of cases is held against. */
export type KnownIds = {
  readonly clauses: ReadonlySet<string>
  readonly boundaries: ReadonlySet<string>
}

/**
 * Makes sure that the cases of all files go together: each id once, every clause and boundary known,
 * every twin there and valid.
 *
 * @throws {ScenarioError} whose place is the id of a case
 */
export function checkSuite(cases: readonly Case[], known: KnownIds): void {
  const byId = new Map<string, Case>()
  for (const one of cases) {
    if (byId.has(one.id)) throw new ScenarioError(one.id, 'found the id again, wanted each id once')
    byId.set(one.id, one)
  }
  for (const one of cases) {
    if (!known.clauses.has(one.clause)) {
      throw new ScenarioError(one.id, `found the clause ${one.clause}, wanted one that is known`)
    }
    for (const boundary of one.boundaries) {
      if (!known.boundaries.has(boundary)) {
        throw new ScenarioError(one.id, `found the boundary ${boundary}, wanted one that is known`)
      }
    }
    if (one.twin !== undefined) checkTwin(one, byId.get(one.twin))
  }
}

function checkTwin(one: Case, twin: Case | undefined): void {
  if (twin === undefined) {
    throw new ScenarioError(one.id, `found the twin ${one.twin}, wanted the id of a case`)
  }
  if ((twin.protocols ?? [null]).every((protocol) => isNegative(twin, protocol))) {
    throw new ScenarioError(
      one.id,
      `found the twin ${twin.id}, which is refused, wanted a valid case`,
    )
  }
}
