import { readFileSync, writeFileSync } from 'node:fs'
import { packageFile } from '../../conformance/index.ts'
import type { Mutant } from './find-mutants.ts'

/** A mutant that does what the reference does. */
export type Equivalent = {
  readonly id: string
  /** Why nobody can tell it. */
  readonly because: string
}

/** Equivalents, and what they withstood. */
export type Equivalents = {
  /**
   * In so many checks drawn with the seed, a build with all of them in it answered what the sound one
   * answers: `picklespec mutants --by fuzz --equivalent`.
   */
  readonly survived: { readonly seed: number; readonly checks: number; readonly mutants: number }
  readonly mutants: readonly Equivalent[]
  /** What has a reason and was not asked about yet: it counts as any other mutant until it was. */
  readonly candidates: readonly Equivalent[]
}

const equivalentsPath = (): string => packageFile('fuzz', 'mutants', 'equivalents.json')

export function readEquivalents(): Equivalents {
  return JSON.parse(readFileSync(equivalentsPath(), 'utf8'))
}

type Checks = Pick<Equivalents['survived'], 'seed' | 'checks'>

/** What was not told is equivalent from now on, candidates too; what was told is a candidate. */
export function withSurvived(
  { candidates, mutants: known }: Equivalents,
  { seed, checks }: Checks,
  told: readonly string[],
): Equivalents {
  const all = [...known, ...candidates]
  const mutants = all.filter(({ id }) => !told.includes(id))
  return {
    survived: { seed, checks, mutants: mutants.length },
    mutants,
    candidates: all.filter(({ id }) => told.includes(id)),
  }
}

/** Writes down which of the equivalents withstood so many checks. */
export function saveSurvived(checks: Checks, told: readonly string[]): void {
  const text = JSON.stringify(withSurvived(readEquivalents(), checks, told), undefined, 2)
  writeFileSync(equivalentsPath(), `${text}\n`)
}

/** Entries that are of no mutant any more, of one twice, or that give no reason. */
export function staleEquivalents(
  { candidates, mutants: known }: Equivalents,
  mutants: readonly Mutant[],
): string[] {
  const ids = new Set(mutants.map(({ id }) => id))
  const met = new Set<string>()
  return [...known, ...candidates].flatMap(({ id, because }) => {
    const isTwice = met.has(id)
    met.add(id)
    if (isTwice) return [`${id} stands there twice`]
    if (because.trim() === '') return [`${id} has no reason`]
    return ids.has(id) ? [] : [`${id} is no mutant of these sources`]
  })
}
