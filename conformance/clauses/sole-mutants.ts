import { readFileSync } from 'node:fs'
import { packageFile } from '../package-root.ts'
import type { Clause } from './clause.ts'

/** Whether implementations have to keep it: Python's documentation or the format says so. */
export const isBinding = ({ level }: Clause): boolean => level !== 'implementation'

/** A fault of the reference that cases of the clause tell, and no case that does not exercise it. */
export type SoleMutant = {
  readonly clause: string
  /** The name of the mutant, as `picklespec mutants` has it. */
  readonly mutant: string
  /** The cases of the clause that tell it, by their ids. */
  readonly cases: readonly string[]
  /** How many cases tell it, too, that are about another clause and exercise this one. */
  readonly besides: number
}

export const soleMutantsPath: string = packageFile('conformance', 'clauses', 'sole-mutants.json')

/** What `picklespec mutants --sole --save` has found, in the order of the clauses. */
export function readSoleMutants(): readonly SoleMutant[] {
  return JSON.parse(readFileSync(soleMutantsPath, 'utf8'))
}
