import { readFileSync } from 'node:fs'
import { packageFile } from '../package-root.ts'

/** A fault of the reference that a case of the clause tells; cases of others may tell it, too. */
export type ToldMutant = {
  readonly clause: string
  /** The name of the mutant, as `picklespec mutants` has it. */
  readonly mutant: string
  /** The case that told it first, by its id. */
  readonly case: string
}

export const toldMutantsPath: string = packageFile('conformance', 'clauses', 'told-mutants.json')

/** What `picklespec mutants --told --save` has found, in the order of the clauses. */
export function readToldMutants(): readonly ToldMutant[] {
  return JSON.parse(readFileSync(toldMutantsPath, 'utf8'))
}
