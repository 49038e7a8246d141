import { createHash } from 'node:crypto'
import { integer, list, object, oneOf, type Reader, text } from '../../reports/index.ts'
import type { Case } from '../cases/index.ts'
import type { Scenario } from '../scenario/index.ts'
import { compareSuiteReleases, type Ledger, readJson, releaseName, renamedTo } from './ledger.ts'

/** What a release of the suite requires of a case. */
export type Requirement = {
  readonly id: string
  /** Those it is asked for; null where the scenario has its own. */
  readonly protocols: readonly number[] | null
  /** Of the question and what is documented as its answer. */
  readonly digest: string
}

/** What a release of the suite requires: no case that came later can un-conform anybody. */
export type Requirements = {
  readonly release: string
  readonly clauses: readonly string[]
  readonly cases: readonly Requirement[]
}

/** The version of the format, the value of the field `requirements`. */
const requirementsVersion = 1 as const

const protocols: Reader<readonly number[] | null> = (value, place) =>
  value === null ? null : list(integer(0, 5))(value, place)

const requirementsFile = object(
  {
    requirements: oneOf([requirementsVersion]),
    release: releaseName,
    clauses: list(text),
    cases: list<Requirement>(object({ id: text, protocols, digest: text })),
  },
  { $schema: text },
)

/**
 * Reads the requirements of a release from their text.
 *
 * @throws {ReleaseError} with the place of what is wrong
 */
export function parseRequirements(source: string): Requirements {
  const { release, clauses, cases } = readJson(source, requirementsFile)
  return { release, clauses, cases }
}

/** The fields of a scenario that say something, so that a new field with a default changes no digest. */
function essence(scenario: Scenario): object {
  const isSaid = (value: unknown): boolean =>
    typeof value !== 'object' || value === null || Object.keys(value).length > 0
  return Object.fromEntries(Object.entries(scenario).filter(([, value]) => isSaid(value)))
}

/** 16 hex digits over all that a subject is asked and judged by. */
export function digestOf(one: Case): string {
  const { clause, oracle, scenario, observe, expectations } = one
  const judged = [clause, oracle ?? null, essence(scenario), observe, expectations]
  return createHash('sha256').update(JSON.stringify(judged)).digest('hex').slice(0, 16)
}

/** What the cases at hand require. */
export function requirementsOf(
  release: string,
  clauses: readonly string[],
  cases: readonly Case[],
): Requirements {
  return {
    release,
    clauses,
    cases: cases.map((one) => ({
      id: one.id,
      protocols: one.protocols,
      digest: digestOf(one),
    })),
  }
}

/** The text of a file of requirements, a case a line. */
export function formatRequirements({ release, clauses, cases }: Requirements): string {
  const lines = (items: readonly unknown[]): string =>
    items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')
  return `{
  "requirements": ${requirementsVersion},
  "release": ${JSON.stringify(release)},
  "clauses": [
${lines(clauses)}
  ],
  "cases": [
${lines(cases)}
  ]
}
`
}

/** The cases that a release requires, by today's names, at the protocols that it requires. */
export function requiredCases(
  requirements: Requirements,
  ledger: Ledger,
  cases: readonly Case[],
): readonly Case[] {
  const byId = new Map(cases.map((one) => [one.id, one]))
  return requirements.cases.flatMap(({ id, protocols: required }) => {
    const one = byId.get(renamedTo(ledger, id)?.to ?? id)
    return one === undefined ? [] : [required === null ? one : { ...one, protocols: required }]
  })
}

/**
 * What would un-conform somebody after the fact, a sentence each: ids that were published and are gone
 * without an entry in the ledger, protocols no longer asked, answers that are others than they were; and
 * entries of the ledger that are not true.
 */
export function brokenPromises(
  releases: readonly Requirements[],
  ledger: Ledger,
  suite: { readonly cases: readonly Case[]; readonly clauses: readonly string[] },
): string[] {
  const cases = new Map(suite.cases.map((one) => [one.id, one]))
  const ids = new Set([...cases.keys(), ...suite.clauses])
  const isAfter = (release: string, { since }: { readonly since: string }): boolean =>
    compareSuiteReleases(since, release) > 0
  const isWithdrawn = (id: string, release: string): boolean =>
    ledger.withdrawn.some((one) => one.id === id && isAfter(release, one))
  const published = new Set(
    releases.flatMap((one) => [...one.clauses, ...one.cases.map(({ id }) => id)]),
  )

  function* broken({ release, clauses, cases: required }: Requirements): Generator<string> {
    for (const id of [...clauses, ...required.map((one) => one.id)]) {
      const now = renamedTo(ledger, id)?.to ?? id
      if (ids.has(now) || isWithdrawn(id, release) || isWithdrawn(now, release)) continue
      yield `${release} has ${id}, which is gone: enter in the ledger what it is called now, or why it is withdrawn`
    }
    for (const { id, protocols: asked, digest } of required) {
      const now = renamedTo(ledger, id)?.to ?? id
      const one = cases.get(now)
      if (one === undefined) continue
      const lost = asked?.filter((protocol) => one.protocols?.includes(protocol) !== true) ?? []
      if (lost.length > 0)
        yield `${release} asks ${id} at protocol ${lost.join(', ')}, it is no more`
      const isCorrected = ledger.corrected.some(
        (entry) => (entry.id === id || entry.id === now) && isAfter(release, entry),
      )
      if (digestOf(one) === digest || isCorrected) continue
      yield `${release} asks or expects something else in ${id}: enter in the ledger why that was wrong`
    }
  }

  function* untrue(): Generator<string> {
    const seen = new Set<string>()
    for (const { from } of ledger.renamed) {
      if (!published.has(from)) yield `the ledger renames ${from}, which no release has`
      if (ids.has(from))
        yield `the ledger renames ${from}, which is there: a name is never used twice`
      if (seen.has(from)) yield `the ledger renames ${from} twice`
      seen.add(from)
      const now = renamedTo(ledger, from)?.to ?? from
      const isGone = ledger.withdrawn.some(({ id }) => id === now)
      if (!ids.has(now) && !isGone) yield `the ledger renames ${from} to ${now}, which is not there`
    }
    for (const { id } of ledger.withdrawn) {
      if (ids.has(id)) yield `the ledger says that ${id} is withdrawn, which is there`
    }
    for (const { id } of ledger.corrected) {
      if (!cases.has(renamedTo(ledger, id)?.to ?? id)) {
        yield `the ledger says that ${id} was corrected, which is no case`
      }
    }
  }

  return [...releases.flatMap((one) => [...broken(one)]), ...untrue()]
}
