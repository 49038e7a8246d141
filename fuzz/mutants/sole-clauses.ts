import {
  clauses,
  isBinding,
  loadSuite,
  type SoleMutant,
  soleMutantsPath,
  type ToldMutant,
  toldMutantsPath,
} from '../../conformance/index.ts'
import { writeAtomically } from '../../reports/index.ts'
import { factsOf } from './case-facts.ts'
import { exercised } from './exercised.ts'
import type { Cites } from './sole.ts'

/** Clauses that an implementation has to keep: what Python's documentation or the format says. */
export function bindingClauses(): string[] {
  return clauses
    .filter((clause) => isBinding(clause) && clause.excluded === undefined)
    .map(({ id }) => id)
}

/**
 * The clauses that the cases stand on, and those of their boundaries; with a clause those that it
 * restates and those that restate it.
 */
export function citations(): Cites {
  const kin = new Map(clauses.map(({ id }) => [id, new Set([id])]))
  for (const { id, restates = [] } of clauses) {
    for (const other of restates) {
      kin.get(id)?.add(other)
      kin.get(other)?.add(id)
    }
  }
  const none = new Set<string>()
  const byCase = new Map(
    loadSuite().cases.map(({ case: { boundaries, clause, id } }) => {
      const cited = [clause, ...boundaries.map((boundary) => boundary.split('/')[0] ?? boundary)]
      return [id, new Set(cited.flatMap((one) => [...(kin.get(one) ?? none)]))] as const
    }),
  )
  return (caseId) => byCase.get(caseId) ?? none
}

/** What cases exercise: the clauses that they stand on, and those that their facts bring into play. */
export function exercises(cites: Cites): Cites {
  const byCase = new Map(
    loadSuite().cases.map(
      ({ case: one }) => [one.id, new Set([...cites(one.id), ...exercised(factsOf(one))])] as const,
    ),
  )
  const none = new Set<string>()
  return (caseId) => byCase.get(caseId) ?? none
}

/** Every clause that a case stands on. */
export function clausesWithCases(cites: Cites): string[] {
  const stoodOn = new Set(loadSuite().cases.flatMap(({ case: { id } }) => [...cites(id)]))
  return clauses.map(({ id }) => id).filter((id) => stoodOn.has(id))
}

/** Writes down what was found, in the order of the clauses; a later one takes the place of an earlier. */
export function saveSoleMutants(found: readonly SoleMutant[]): void {
  writeInOrder(soleMutantsPath, found)
}

/** The same of mutants that cases of others tell, too. */
export function saveToldMutants(found: readonly ToldMutant[]): void {
  writeInOrder(toldMutantsPath, found)
}

function writeInOrder(path: string, found: readonly { readonly clause: string }[]): void {
  const byClause = new Map(found.map((one) => [one.clause, one]))
  const entries = clauses.flatMap(({ id }) => byClause.get(id) ?? [])
  writeAtomically(path, `${JSON.stringify(entries, undefined, 2)}\n`)
}
