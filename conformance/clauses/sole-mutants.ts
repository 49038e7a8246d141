import { readFileSync } from 'node:fs'
import { packageFile } from '../package-root.ts'
import type { Clause } from './clause.ts'

/** Whether implementations have to keep it: Python's documentation or the format says so. */
export const isBinding = ({ level }: Clause): boolean => level !== 'implementation'

/** A fault of the reference that no case tells but those of the clause. */
export type SoleMutant = {
  readonly clause: string
  /** The name of the mutant, as `picklespec mutants` has it. */
  readonly mutant: string
  /** The cases that tell it, by their ids. */
  readonly cases: readonly string[]
}

export const soleMutantsPath: string = packageFile('conformance', 'clauses', 'sole-mutants.json')

/** What `picklespec mutants --sole --save` has found, in the order of the clauses. */
export function readSoleMutants(): readonly SoleMutant[] {
  return JSON.parse(readFileSync(soleMutantsPath, 'utf8'))
}
