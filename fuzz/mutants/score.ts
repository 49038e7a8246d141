import type { Mutant } from './find-mutants.ts'
import type { Fate } from './run-mutants.ts'

/** What a run says of the suite. */
export type Score = {
  readonly total: number
  readonly equivalent: number
  readonly killed: number
  /** Of those that are not equivalent, in percent. */
  readonly score: number
  readonly killedBy: { readonly cases: number; readonly tests: number; readonly fuzz: number }
  readonly survivors: readonly Survivor[]
  /** Equivalents that were told all the same. */
  readonly told: readonly string[]
}

type Survivor = Pick<Mutant, 'id' | 'file' | 'line' | 'operator' | 'before' | 'after'> & {
  /** How many questions touch it. */
  readonly questions: number
}

const survivorOf = ({ mutant, questions }: Fate): Survivor => {
  const { id, file, line, operator, before, after } = mutant
  return { id, file, line, operator, before, after, questions }
}

/** Counts what became of mutants; those said to be equivalent count for neither side. */
export function scoreOf(
  fates: readonly Fate[],
  equivalents: ReadonlySet<string>,
  notAsked: number,
): Score {
  const isEquivalent = ({ mutant }: Fate): boolean => equivalents.has(mutant.id)
  const others = fates.filter((fate) => !isEquivalent(fate))
  const killed = others.filter(({ by }) => by !== 'nothing')
  const by = (who: Fate['by']): number => killed.filter((fate) => fate.by === who).length
  return {
    total: fates.length + notAsked,
    equivalent: fates.length - others.length + notAsked,
    killed: killed.length,
    score: others.length === 0 ? 100 : (100 * killed.length) / others.length,
    killedBy: { cases: by('case'), tests: by('test'), fuzz: by('fuzz') },
    survivors: others
      .filter(({ by }) => by === 'nothing')
      .map(survivorOf)
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    told: fates.flatMap((fate) =>
      isEquivalent(fate) && fate.by !== 'nothing'
        ? [`${fate.mutant.id} is told by ${fate.teller}: ${fate.why}`]
        : [],
    ),
  }
}
