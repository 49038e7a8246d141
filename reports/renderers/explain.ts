import { ruleOf } from '../describe.ts'
import { casesWith, type Standing, standingOf, standings } from '../failures.ts'
import { layOutJson } from '../layout-json.ts'
import type { RecordClause, VerdictLine } from '../record.ts'
import { visible } from '../visible.ts'
import { answerLines, indented, whoAt } from './failing-case.ts'
import { cutTo, displayWidth, inks, padEnd, type TerminalView } from './terminal.ts'

/** An edge of a clause with the cases that stand on it. */
export type ExplainedBoundary = {
  readonly id: string
  readonly says: string
  readonly cases: readonly string[]
  /** Why no case stands on it. */
  readonly excluded?: string
}

/** A clause with everything the suite has of it. */
export type ExplainedClause = RecordClause & {
  readonly oracle: string
  /** The releases of Python it holds for, where not all. */
  readonly releases?: string
  readonly latitude?: string
  readonly excluded?: string
  /** The clauses that say it in detail. */
  readonly restates?: readonly string[]
  readonly boundaries: readonly ExplainedBoundary[]
  /** Every case that cites it. */
  readonly cases: readonly string[]
  /** Where the reference names it, as paths with lines. */
  readonly code: readonly string[]
  /** A fault of the reference that these cases tell, and none that does not exercise the clause. */
  readonly mutant?: string
  /** How many cases of other clauses tell it, too, which exercise this one; none unless given. */
  readonly mutantBesides?: number
  /** A fault that they tell, and others perhaps. */
  readonly toldMutant?: string
  /** Whether there has to be such a mutant. */
  readonly isBinding: boolean
}

/** What some engines or all are expected to do, as lines. */
export type ExplainedExpectation = {
  /** `protocols 0-1`, `cpython 3.8-3.12 py at protocols 2-5 (bug): because …`. */
  readonly title: string
  readonly link?: string
  readonly lines: readonly string[]
}

/** A case with everything the suite has of it. */
export type ExplainedCase = {
  readonly id: string
  readonly title: string
  readonly why: string
  readonly clause: ExplainedClause
  readonly boundaries: readonly string[]
  /** JSON text. */
  readonly scenario: string
  readonly expectations: readonly ExplainedExpectation[]
  readonly deviations: readonly ExplainedExpectation[]
  readonly reproduce: string
}

/** The answers of a record that concern what is explained. */
export type ExplainedAnswers = {
  /** Where they are from, in a few words. */
  readonly from: string
  readonly lines: readonly VerdictLine[]
}

const standingTitles = {
  failing: 'fails',
  'unexpected-pass': 'passes, though expected to fail',
  expected: 'fails as expected',
  lossy: 'lossy',
  unsupported: 'unsupported',
  passed: 'passes',
} as const satisfies Record<Standing, string>

const standingInks = {
  failing: 'red',
  'unexpected-pass': 'red',
  expected: 'yellow',
  lossy: 'yellow',
  unsupported: 'dim',
  passed: 'green',
} as const satisfies Record<Standing, string>

function ruleLines(clause: ExplainedClause, view: TerminalView): string[] {
  const ink = inks(view.colour)
  const facts = [
    clause.level,
    `judged by its ${clause.oracle}`,
    ...(clause.releases === undefined ? [] : [clause.releases]),
  ]
  return [
    ...indented(`${clause.id}  ${clause.title}`, view, 0).map(ink.bold),
    ...indented(facts.join(', '), view),
    ...indented(ruleOf(clause), view),
    ...(clause.latitude === undefined ? [] : indented(`Latitude: ${clause.latitude}`, view)),
    ...(clause.restates === undefined
      ? []
      : indented(`In detail: ${clause.restates.join(', ')}`, view)),
    ...indented(`Source: ${clause.source}`, view).map(ink.dim),
    ...(clause.excluded === undefined
      ? []
      : indented(`No case: ${clause.excluded}`, view).map(ink.yellow)),
  ]
}

function expectationLines(expectation: ExplainedExpectation, view: TerminalView): string[] {
  const { title, link, lines } = expectation
  return [
    ...indented(link === undefined ? title : `${title} (${link})`, view),
    ...lines.map((line) => `    ${cutTo(visible(line), view.columns - 4)}`),
  ]
}

function titled(title: string, lines: readonly string[], view: TerminalView): string[] {
  return lines.length === 0 ? [] : ['', inks(view.colour).bold(title), ...lines]
}

/** Who gave which answers, with the first failing one in full. */
function answersOf(answers: ExplainedAnswers, view: TerminalView): string[] {
  const ink = inks(view.colour)
  const who = standings.flatMap((standing) => {
    const lines = answers.lines.filter((line) => standingOf(line) === standing)
    return lines.length === 0
      ? []
      : indented(`${standingTitles[standing]}: ${whoAt(lines)}`, view).map(
          ink[standingInks[standing]],
        )
  })
  const [shown] = [
    ...casesWith('failing', answers.lines),
    ...casesWith('expected', answers.lines),
  ].map((one) => one.shown)
  return [
    ...indented(`From ${answers.from}`, view).map(ink.dim),
    ...(who.length === 0 ? ['  Nobody was asked.'] : who),
    ...(shown === undefined
      ? []
      : ['', ...indented(`${whoAt([shown])}:`, view), ...answerLines(shown, view)]),
  ]
}

/**
 * A case in full: its clause, the question, what is expected, and, with answers, who gives them and
 * how the first that fails differs.
 */
export function renderCaseExplanation(
  one: ExplainedCase,
  answers: ExplainedAnswers | undefined,
  view: TerminalView,
): string {
  const ink = inks(view.colour)
  const lines = [
    ...indented(one.id, view, 0).map(ink.bold),
    ...indented(`${one.title}: ${one.why}`, view),
    '',
    ...ruleLines(one.clause, view),
    ...one.clause.boundaries
      .filter(({ id }) => one.boundaries.includes(id))
      .flatMap(({ id, says }) => indented(`${id}: ${says}`, view)),
    ...titled(
      'Scenario',
      layOutJson(one.scenario, view.columns - 2).map(
        (line) => `  ${cutTo(visible(line), view.columns - 2)}`,
      ),
      view,
    ),
    ...titled(
      'Expected',
      one.expectations.flatMap((expectation) => expectationLines(expectation, view)),
      view,
    ),
    ...titled(
      'Known to do otherwise',
      one.deviations.flatMap((deviation) => expectationLines(deviation, view)),
      view,
    ),
    ...(answers === undefined ? [] : titled('Answers', answersOf(answers, view), view)),
    '',
    // Never wrapped: it is there to be copied.
    `${ink.dim('reproduce:')} ${ink.cyan(visible(one.reproduce))}`,
  ]
  return `${lines.join('\n')}\n`
}

function boundaryLines(boundary: ExplainedBoundary, view: TerminalView): string[] {
  const { id, says, cases, excluded } = boundary
  const ink = inks(view.colour)
  const paint = cases.length > 0 ? ink.green : excluded === undefined ? ink.red : ink.yellow
  return [
    ...indented(`${id}: ${says}`, view).map(paint),
    ...cases.flatMap((name) => indented(name, view, 4)),
    ...(excluded === undefined ? [] : indented(`No case: ${excluded}`, view, 4)),
    ...(cases.length === 0 && excluded === undefined ? ['    No case.'] : []),
  ]
}

/** A clause in full: its rule, its edges with their cases, and, with answers, who fails them. */
export function renderClauseExplanation(
  clause: ExplainedClause,
  answers: ExplainedAnswers | undefined,
  view: TerminalView,
): string {
  const atBoundaries = new Set(clause.boundaries.flatMap(({ cases }) => cases))
  const others = clause.cases.filter((name) => !atBoundaries.has(name))
  const ink = inks(view.colour)
  const failing = casesWith('failing', answers?.lines ?? [])
  const lines = [
    ...ruleLines(clause, view),
    ...titled(
      `Boundaries: ${clause.boundaries.length}`,
      clause.boundaries.flatMap((boundary) => boundaryLines(boundary, view)),
      view,
    ),
    ...titled(
      clause.boundaries.length === 0 ? `Cases: ${others.length}` : `Other cases: ${others.length}`,
      others.flatMap((name) => indented(name, view)),
      view,
    ),
    ...titled(
      clause.mutantBesides
        ? `A mutant that these cases tell, and ${clause.mutantBesides} more that exercise the clause`
        : 'A mutant that no other case tells',
      clause.mutant === undefined ? [] : indented(clause.mutant, view),
      view,
    ),
    ...titled(
      'A mutant that these cases tell',
      clause.mutant !== undefined || clause.toldMutant === undefined
        ? []
        : indented(clause.toldMutant, view),
      view,
    ),
    ...titled(
      'Carried out by',
      clause.code.flatMap((place) => indented(place, view)),
      view,
    ),
    ...(answers === undefined ? [] : titled('Answers', answersOf(answers, view), view)),
    ...titled(
      'Failing cases',
      failing.flatMap((one) => indented(`${one.case}: ${whoAt(one.lines)}`, view)).map(ink.red),
      view,
    ),
  ]
  return `${lines.join('\n')}\n`
}

type Coverage = { readonly with: number; readonly excluded: number; readonly missing: number }

function coverage(
  all: readonly { readonly cases: readonly string[]; readonly excluded?: string }[],
): Coverage {
  const bare = all.filter(({ cases }) => cases.length === 0)
  const excluded = bare.filter((one) => one.excluded !== undefined).length
  return { with: all.length - bare.length, excluded, missing: bare.length - excluded }
}

function coverageLine(
  what: readonly [one: string, many: string],
  all: Parameters<typeof coverage>[0],
): string {
  const found = coverage(all)
  return `${all.length} ${what[all.length === 1 ? 0 : 1]}: ${found.with} with cases, ${found.excluded} without for a reason, ${found.missing} without`
}

/** How many clauses have a mutant that their cases tell, how many one that nothing else does. */
function mutantLines(clauses: readonly ExplainedClause[], view: TerminalView): string[] {
  const lineOf = (
    what: string,
    some: readonly ExplainedClause[],
    has: (one: ExplainedClause) => boolean,
  ): string[] => {
    if (some.length === 0) return []
    const without = some.filter((one) => !has(one)).map(({ id }) => id)
    const which = without.length === 0 ? '' : `; none for ${without.join(', ')}`
    return indented(
      `${some.length} ${what.replace('#', `${some.length - without.length}`)}${which}`,
      view,
      0,
    )
  }
  const judged = clauses.filter(({ cases }) => cases.length > 0)
  const binding = clauses.filter(({ excluded, isBinding }) => isBinding && excluded === undefined)
  return [
    ...lineOf(
      'with cases: # with a mutant that these tell',
      judged,
      ({ mutant, toldMutant }) => (mutant ?? toldMutant) !== undefined,
    ),
    ...lineOf(
      'documented or of the format: # with a mutant that no case tells but those that exercise them',
      binding,
      ({ mutant }) => mutant !== undefined,
    ),
  ]
}

/** Which fault is told, and where the clause is carried out. */
function evidence({ code, mutant, mutantBesides, toldMutant }: ExplainedClause): string[] {
  const told = mutant ?? toldMutant
  const alone = mutantBesides
    ? `told by ${mutantBesides} more that exercise the clause`
    : 'told by no other case'
  const others = mutant === undefined ? 'told by these cases' : alone
  return [
    ...(told === undefined ? [] : [`mutant: ${told}, ${others}`]),
    ...(code.length === 0
      ? []
      : [`code: ${code[0]}${code.length > 1 ? ` and ${code.length - 1} more` : ''}`]),
  ]
}

/** Columns a title needs to stand in the table. */
const leastTitle = 12

/** Clauses as a table: level, oracle, cases, and under each its boundaries with theirs. */
export function renderClauseTable(clauses: readonly ExplainedClause[], view: TerminalView): string {
  const ink = inks(view.colour)
  const width = Math.max(0, ...clauses.map(({ id }) => displayWidth(id)))
  const lines = clauses.flatMap((clause) => {
    const { id, level, oracle, cases, excluded, title } = clause
    const paint = cases.length > 0 ? ink.green : excluded === undefined ? ink.red : ink.yellow
    const head = `${padEnd(id, width)}  ${level.padEnd(14)}  ${oracle.padEnd(12)}  ${String(cases.length).padStart(4)}`
    const room = view.columns - displayWidth(head) - 2
    return [
      ...(room < leastTitle
        ? indented(`${id}, ${level}, ${oracle}, ${cases.length} cases: ${title}`, view, 0).map(
            paint,
          )
        : [`${paint(head)}  ${cutTo(visible(title), room)}`]),
      ...(excluded === undefined ? [] : indented(`no case: ${excluded}`, view, width + 2)),
      ...clause.boundaries.flatMap((boundary) => {
        const state =
          boundary.cases.length > 0
            ? `${boundary.cases[0]}${boundary.cases.length > 1 ? ` and ${boundary.cases.length - 1} more` : ''}`
            : boundary.excluded === undefined
              ? 'no case'
              : `no case: ${boundary.excluded}`
        const paintBoundary =
          boundary.cases.length > 0
            ? ink.dim
            : boundary.excluded === undefined
              ? ink.red
              : ink.yellow
        return indented(`${boundary.id}: ${state}`, view, width + 2).map(paintBoundary)
      }),
      ...evidence(clause).flatMap((text) => indented(text, view, width + 2).map(ink.dim)),
    ]
  })
  return `${[
    ink.dim(
      cutTo(
        `${padEnd('clause', width)}  ${'level'.padEnd(14)}  ${'oracle'.padEnd(12)}  cases  title`,
        view.columns,
      ),
    ),
    ...lines,
    '',
    ...indented(coverageLine(['clause', 'clauses'], clauses), view, 0),
    ...indented(
      coverageLine(
        ['boundary', 'boundaries'],
        clauses.flatMap(({ boundaries }) => boundaries),
      ),
      view,
      0,
    ),
    ...mutantLines(clauses, view),
  ].join('\n')}\n`
}
