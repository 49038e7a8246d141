import type { ExplainedCase, ExplainedClause, ExplainedExpectation } from '../../reports/index.ts'
import type { Case, Deviation, Expected, ExpectedStep } from '../cases/index.ts'
import { codeCitations } from '../clauses/code-citations.ts'
import type { Clause } from '../clauses/index.ts'
import { isBinding, readSoleMutants, type SoleMutant } from '../clauses/sole-mutants.ts'
import { readToldMutants } from '../clauses/told-mutants.ts'
import { graphLines } from '../runner/graph-lines.ts'
import type { Suite, TitledCase } from '../runner/suite.ts'
import type { Scenario } from '../scenario/index.ts'

function releasesOf({ since, until }: Clause): string | undefined {
  if (since === undefined) return until === undefined ? undefined : `up to ${until}`
  return until === undefined ? `since ${since}` : `from ${since} to ${until}`
}

/** What shows that a clause is carried out, and that this is looked at. */
type Found = {
  readonly code: readonly string[]
  readonly sole: SoleMutant | undefined
  readonly toldMutant: string | undefined
}

function explainedClause(
  clause: Clause,
  cases: readonly Case[],
  { code, sole, toldMutant }: Found,
): ExplainedClause {
  const { id, chapter, title, level, says, source, oracle, latitude, excluded, restates } = clause
  const releases = releasesOf(clause)
  const casesAt = (boundary: string): string[] =>
    cases.filter((one) => one.boundaries.includes(boundary)).map((one) => one.id)
  return {
    ...{ id, chapter, title, level, says, source, oracle },
    ...(releases === undefined ? {} : { releases }),
    ...(latitude === undefined ? {} : { latitude }),
    ...(excluded === undefined ? {} : { excluded }),
    ...(restates === undefined ? {} : { restates }),
    boundaries: (clause.boundaries ?? []).map((boundary) => ({
      ...boundary,
      cases: casesAt(boundary.id),
    })),
    cases: cases.filter((one) => one.clause === id).map((one) => one.id),
    code,
    ...(sole === undefined ? {} : { mutant: sole.mutant, mutantBesides: sole.besides }),
    ...(toldMutant === undefined ? {} : { toldMutant }),
    isBinding: isBinding(clause),
  }
}

/** Clauses with what the suite has of each: cases that cite it, cases at each of its boundaries. */
export function explainedClauses(clauses: readonly Clause[], suite: Suite): ExplainedClause[] {
  const cases = suite.cases.map((one) => one.case)
  const byClause = new Map<string, Set<Case>>()
  for (const one of cases) {
    for (const id of [one.clause, ...one.boundaries.map((name) => name.split('/')[0] ?? name)]) {
      const found = byClause.get(id)
      if (found === undefined) byClause.set(id, new Set([one]))
      else found.add(one)
    }
  }
  const soles = new Map(readSoleMutants().map((sole) => [sole.clause, sole]))
  const toldMutants = new Map(readToldMutants().map(({ clause, mutant }) => [clause, mutant]))
  const places = codeCitations()
  return clauses.map((clause) =>
    explainedClause(clause, [...(byClause.get(clause.id) ?? [])], {
      code: places.get(clause.id) ?? [],
      sole: soles.get(clause.id),
      toldMutant: toldMutants.get(clause.id),
    }),
  )
}

function stepLines(step: ExpectedStep): string[] {
  const { pickle, graph, refused, message, offset, wrote, buffers, trace, traceMore } = step
  const { memo, writes } = step
  return [
    ...(pickle ?? []),
    ...(graph === undefined ? [] : graphLines(graph)),
    ...(refused === undefined
      ? []
      : [`refused with ${refused}${message === undefined ? '' : `: ${message}`}`]),
    ...(offset === undefined ? [] : [`at byte ${offset}`]),
    ...(wrote === undefined ? [] : ['wrote', ...wrote.map((line) => `  ${line}`)]),
    ...(buffers ?? []).map(
      ({ bytes, readonly }) => `buffer ${bytes}${readonly ? ', read-only' : ''}`,
    ),
    ...(trace ?? []).map(([hook, object, answer]) => `calls ${hook}(${object}) -> ${answer}`),
    ...(traceMore === undefined ? [] : [`calls ${traceMore} more`]),
    ...(memo === undefined ? [] : [`memo ${memo.join(', ')}`]),
    ...(writes ?? []).map(([type, length]) => `writes ${type} of ${length}`),
  ]
}

/** What is expected, as lines; several steps are told apart. */
function expectedLines(expected: Expected): string[] {
  if ('construction' in expected) {
    return ['the pickler cannot be built:', ...stepLines(expected.construction)]
  }
  const { steps } = expected
  if (steps.length === 1) return steps.flatMap(stepLines)
  return steps.flatMap((step, at) => {
    const lines = stepLines(step)
    return [`step ${at + 1}:`, ...(lines.length === 0 ? ['nothing is judged'] : lines)]
  })
}

const atProtocols = (protocols: string): string =>
  protocols === '*' ? 'at every protocol' : `at ${protocols}`

function deviationOf(deviation: Deviation): ExplainedExpectation {
  const { engines, versions, protocols, kind, because, link, expected } = deviation
  const who = engines.includes('*') ? 'CPython' : `CPython's ${engines.join(' and ')}`
  const releases = versions === '*' ? '' : ` ${versions}`
  return {
    title: `${who}${releases} ${atProtocols(protocols)} (${kind}): ${because}`,
    ...(link === undefined ? {} : { link }),
    lines: expectedLines(expected),
  }
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

const withoutEmpty = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => !isEmpty(one)))

/** The scenario less what every scenario has: JSON text for people. */
function essence(scenario: Scenario): string {
  const { scenario: _, module, copyreg, pickler, ...rest } = scenario
  const { init, subclass, instance } = pickler
  return JSON.stringify({
    ...(module === 'scenario' ? {} : { module }),
    ...withoutEmpty({
      ...rest,
      copyreg: withoutEmpty(copyreg),
      pickler: {
        ...withoutEmpty({ init, instance }),
        // An empty subclass is a subclass.
        ...(subclass === null ? {} : { subclass }),
      },
    }),
  })
}

/** A case with its clause, question and expectations, in words and lines. */
export function explainedCase(titled: TitledCase, clause: ExplainedClause): ExplainedCase {
  const { case: one, title } = titled
  return {
    id: one.id,
    title,
    why: one.why,
    clause,
    boundaries: one.boundaries,
    scenario: essence(one.scenario),
    expectations: one.expectations.map(({ protocols, expected }) => ({
      title: atProtocols(protocols),
      lines: expectedLines(expected),
    })),
    deviations: one.deviations.map(deviationOf),
    reproduce: `picklespec run --filter ${one.id}`,
  }
}
