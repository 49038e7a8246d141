import { rmSync } from 'node:fs'
import type { SoleMutant } from '../../conformance/index.ts'
import { casesTouching } from './cases-touching.ts'
import type { Mutant } from './find-mutants.ts'
import { plant } from './ground.ts'
import { emitted, isOfProfiles, patienceOf, type Range } from './run-mutants.ts'
import type { Seat, Task } from './seat.ts'

/** Which clauses a case stands on, or which it exercises, by its name. */
export type Cites = (caseId: string) => ReadonlySet<string>

/** A mutant with the questions that touch it, each case as all profiles. */
type Candidate = {
  readonly mutant: Mutant
  /** Places of cases. */
  readonly cases: readonly number[]
  readonly clauses: ReadonlySet<string>
}

/**
 * For each of the clauses a mutant that one of its cases tells and no case that does not exercise the
 * clause, as far as there is one: mutants that few cases touch are asked about first, those that are
 * preferred before them.
 *
 * @param preferred names of mutants that were such before
 */
export async function findSoles(
  range: Range,
  mutants: readonly Mutant[],
  { cites, exercises, preferred, wanted }: Wanted,
  seats: readonly Seat[],
  signal: AbortSignal,
  told: {
    readonly onFound: (sole: SoleMutant) => void
    readonly onProgress: (done: number, of: number) => void
  },
): Promise<void> {
  const left = new Set(wanted)
  const queue = candidates(range, mutants, { cites, exercises, preferred, wanted })
  const total = queue.length
  await Promise.all(
    seats.map(async (seat) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (signal.aborted || left.size === 0) return
        const clauses = [...next.clauses].filter((clause) => left.has(clause))
        if (clauses.length > 0) {
          for (const sole of await solesOf(range, seat, next, { cites, exercises }, clauses)) {
            if (left.delete(sole.clause)) told.onFound(sole)
          }
        }
        told.onProgress(total - queue.length, total)
      }
    }),
  )
}

type Stands = {
  /** The clauses that a case is about. */
  readonly cites: Cites
  /** Those and all others that it exercises. */
  readonly exercises: Cites
}

type Wanted = Stands & {
  readonly preferred: ReadonlySet<string>
  readonly wanted: readonly string[]
}

function candidates(
  { coverage, readers }: Range,
  mutants: readonly Mutant[],
  { cites, preferred, wanted }: Wanted,
): Candidate[] {
  const found = mutants.flatMap((mutant): Candidate[] => {
    const regions = isOfProfiles(mutant) ? undefined : readers.regionsFor(mutant)
    if (regions === undefined) return []
    const cases = casesTouching(coverage, regions)
    const named = new Set(cases.flatMap((at) => [...cites(coverage.caseIds[at] ?? '')]))
    const clauses = new Set(wanted.filter((clause) => named.has(clause)))
    return clauses.size === 0 ? [] : [{ mutant, cases, clauses }]
  })
  const rank = ({ cases, mutant }: Candidate): number =>
    preferred.has(mutant.id) ? 0 : cases.length
  return found.sort((a, b) => rank(a) - rank(b))
}

async function solesOf(
  range: Range,
  seat: Seat,
  { cases, mutant }: Candidate,
  { cites, exercises }: Stands,
  clauses: readonly string[],
): Promise<SoleMutant[]> {
  const code = emitted(range, mutant)
  if (code === undefined) return []
  const { coverage, ground, root } = range
  const { caseIds, profiles, costs } = coverage
  const isOwn = (at: number): boolean => {
    const named = cites(caseIds[at] ?? '')
    return clauses.some((clause) => named.has(clause))
  }
  const questionsOf = (some: readonly number[], first: number, end: number): number[] =>
    Array.from({ length: end - first }, (_, at) => first + at)
      .flatMap((profile) => some.map((at) => at * profiles.length + profile))
      .filter((question) => costs.has(question))
  const own = cases.filter(isOwn)
  const others = cases.filter((at) => !isOwn(at))
  // As documented first: most mutants are told by other cases, too, which ends it.
  const asDocumented = questionsOf(own, 0, 1)
  const questions = Uint32Array.from([
    ...asDocumented,
    ...questionsOf(others, 0, 1),
    ...questionsOf([...own, ...others], 1, profiles.length),
  ])
  const build = plant(ground, root, new Map([[mutant.file, code]]))
  const citing = cases.map((at) => [at, [...exercises(caseIds[at] ?? '')]] as const)
  const task: Task = { do: 'sole', build, questions, own: asDocumented.length, citing, clauses }
  const done = await seat.carryOut(task, patienceOf(coverage, questions))
  rmSync(build, { recursive: true })
  if (done.did !== 'sole') return []
  return done.clauses.flatMap((clause) => {
    const about = done.tellers.filter((id) => cites(id).has(clause))
    const besides = done.tellers.length - about.length
    return about.length === 0 ? [] : [{ clause, mutant: mutant.id, cases: about, besides }]
  })
}
