import type { ToldMutant } from '../../conformance/index.ts'
import { casesTouching } from './cases-touching.ts'
import type { Mutant } from './find-mutants.ts'
import { emitted, firstTold, isOfProfiles, type Range } from './run-mutants.ts'
import type { Seat } from './seat.ts'
import type { Cites } from './sole.ts'

/** A mutant with the cases that touch it, by their places. */
type Touched = { readonly mutant: Mutant; readonly cases: readonly number[] }

/**
 * For each of the clauses a mutant that its cases tell, whichever others do, too: those that few cases
 * touch are asked about first, so that it is one of what the clause is about.
 *
 * @param preferred the names of mutants that were told before, by clause
 */
export async function findTold(
  range: Range,
  mutants: readonly Mutant[],
  wanted: { readonly clauses: readonly string[]; readonly cites: Cites },
  preferred: ReadonlyMap<string, string>,
  seats: readonly Seat[],
  signal: AbortSignal,
  onClause: (clause: string, told: ToldMutant | undefined) => void,
): Promise<void> {
  const { clauses, cites } = wanted
  const touched = mutants
    .flatMap((mutant): Touched[] => {
      const regions = isOfProfiles(mutant) ? undefined : range.readers.regionsFor(mutant)
      return regions === undefined
        ? []
        : [{ mutant, cases: casesTouching(range.coverage, regions) }]
    })
    .sort((a, b) => a.cases.length - b.cases.length)
  const queue = [...clauses]
  await Promise.all(
    seats.map(async (seat) => {
      for (let clause = queue.shift(); clause !== undefined; clause = queue.shift()) {
        if (signal.aborted) return
        const { caseIds } = range.coverage
        const own = new Set(caseIds.flatMap((id, at) => (cites(id).has(clause ?? '') ? [at] : [])))
        const before = preferred.get(clause)
        const candidates = touched.filter(({ cases }) => cases.some((at) => own.has(at)))
        const known = candidates.filter(({ mutant }) => mutant.id === before)
        const told = await firstOf(range, seat, clause, [...known, ...candidates], own, signal)
        if (!signal.aborted) onClause(clause, told)
      }
    }),
  )
}

async function firstOf(
  range: Range,
  seat: Seat,
  clause: string,
  candidates: readonly Touched[],
  own: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<ToldMutant | undefined> {
  const { caseIds, costs, profiles } = range.coverage
  for (const { cases, mutant } of candidates) {
    if (signal.aborted) return undefined
    const code = emitted(range, mutant)
    if (code === undefined) continue
    const places = cases.filter((at) => own.has(at))
    // As documented first, as the releases and engines then.
    const questions = profiles
      .flatMap((_, profile) => places.map((at) => at * profiles.length + profile))
      .filter((question) => costs.has(question))
    const changed = new Map([[mutant.file, code]])
    const { name } = await firstTold(range, seat, changed, questions, false)
    if (caseIds.includes(name)) return { clause, mutant: mutant.id, case: name }
  }
  return undefined
}
