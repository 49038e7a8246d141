import type { Clause } from './clause.ts'
import { copyregClauses } from './copyreg.ts'
import { dispatchTableClauses } from './dispatch-table.ts'
import { documentationClauses } from './documentation.ts'
import { fastClauses } from './fast.ts'
import { persistentIdClauses } from './persistent-id.ts'
import { reducerOverrideClauses } from './reducer-override.ts'
import { saveClauses } from './save.ts'

export type { Boundary, Clause, Level, Oracle } from './clause.ts'

/** Every rule of the protocol, chapter by chapter. */
export const clauses: readonly Clause[] = [
  ...documentationClauses,
  ...saveClauses,
  ...persistentIdClauses,
  ...reducerOverrideClauses,
  ...dispatchTableClauses,
  ...copyregClauses,
  ...fastClauses,
]

const byId: ReadonlyMap<string, Clause> = new Map(clauses.map((clause) => [clause.id, clause]))

/** The clause with this id (`SAVE-03`), or undefined when there is none. */
export function clauseById(id: string): Clause | undefined {
  return byId.get(id)
}
