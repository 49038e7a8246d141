import type { RecordClause } from '../../reports/index.ts'
import { type Case, isNegative, questionId, twinQuestions } from '../cases/index.ts'
import { clauses } from '../clauses/index.ts'
import type { Hello } from '../protocol/message.ts'
import { type Capability, needsOf, unmetNeeds } from '../scenario/needs.ts'
import type { Choice } from './choose.ts'
import type { Suite, TitledCase } from './suite.ts'

/** A case at the protocols it is asked for, and at those whose answers make lines. */
export type PlannedCase = TitledCase & {
  readonly needs: readonly Capability[]
  readonly asked: readonly (number | null)[]
  readonly told: ReadonlySet<number | null>
}

export type Plan = {
  readonly cases: readonly PlannedCase[]
  readonly byId: ReadonlyMap<string, Case>
}

/** Chosen cases at the chosen protocols, and beside them the twins that refusals lean on. */
export function plan(
  suite: Suite,
  choice: Choice,
  /** None: all of each case. */
  protocols: readonly number[],
): Plan {
  const byId = new Map(suite.cases.map(({ case: one }) => [one.id, one]))
  const told = new Map<string, Set<number | null>>()
  const asked = new Map<string, Set<number | null>>()
  const add = (to: Map<string, Set<number | null>>, id: string, protocol: number | null): void => {
    const at = to.get(id)
    if (at === undefined) to.set(id, new Set([protocol]))
    else at.add(protocol)
  }
  for (const { case: one } of suite.cases) {
    if (!choice(one)) continue
    for (const protocol of one.protocols ?? [null]) {
      const isChosen = protocol === null || protocols.length === 0 || protocols.includes(protocol)
      if (!isChosen) continue
      add(told, one.id, protocol)
      add(asked, one.id, protocol)
      if (!isNegative(one, protocol)) continue
      const twin = byId.get(one.twin ?? one.id) ?? one
      const leaned = new Set(twinQuestions(one, protocol, twin))
      for (const at of twin.protocols ?? [null]) {
        if (leaned.has(questionId(twin.id, at))) add(asked, twin.id, at)
      }
    }
  }
  const none: ReadonlySet<number | null> = new Set()
  const cases = suite.cases.flatMap((titled): PlannedCase[] => {
    const { id, scenario } = titled.case
    const at = asked.get(id)
    if (at === undefined) return []
    const ordered = [...at].sort((a, b) => (a ?? 0) - (b ?? 0))
    return [{ ...titled, needs: needsOf(scenario), asked: ordered, told: told.get(id) ?? none }]
  })
  return { cases, byId }
}

/** The clauses that the cases of a plan ask about, in the order of the specification. */
export function citedClauses({ cases }: Plan): RecordClause[] {
  const cited = new Set(cases.map((planned) => planned.case.clause))
  return clauses
    .filter(({ id }) => cited.has(id))
    .map(({ id, chapter, title, level, says, source }) => ({
      id,
      chapter,
      title,
      level,
      says,
      source,
    }))
}

/** Why a pickler is not asked a case at all; undefined when it is. */
export function obstacle({ needs }: PlannedCase, hello: Hello): string | undefined {
  const unmet = unmetNeeds(needs, hello.capabilities)
  return unmet.length === 0 ? undefined : `it lacks ${unmet.join(', ')}`
}
