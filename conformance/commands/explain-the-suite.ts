import { existsSync } from 'node:fs'
import { CouldNotRun, type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import {
  type ExplainedAnswers,
  pathFrom,
  readResultsFile,
  renderCaseExplanation,
  renderClauseExplanation,
  terminalView,
  type VerdictLine,
} from '../../reports/index.ts'
import { type Clause, clauses } from '../clauses/index.ts'
import { packageFile } from '../package-root.ts'
import { type Ledger, loadLedger } from '../releases/index.ts'
import { loadSuite, type Suite, SuiteError } from '../runner/suite.ts'
import { explainedCase, explainedClauses } from './explained.ts'
import { nameOfToday } from './names-of-today.ts'

/** Where runs leave their record unless told. */
const usualRecords = ['picklespec-out/record.jsonl', packageFile('reports', 'out', 'record.jsonl')]

/** Names offered when the one asked for is unknown. */
const offered = 5

/**
 * Reads the case files.
 *
 * @throws {CouldNotRun} for the first file that is wrong
 */
export function readSuite(root?: string): Suite {
  try {
    return loadSuite(root)
  } catch (error) {
    if (error instanceof SuiteError) throw new CouldNotRun(error.message, { cause: error })
    throw error
  }
}

function answersOf(
  io: Io,
  record: string | undefined,
  concerns: (line: VerdictLine) => boolean,
): ExplainedAnswers | undefined {
  const paths = (record === undefined ? usualRecords : [record]).map((one) => pathFrom(io.cwd, one))
  const path = record === undefined ? paths.find((one) => existsSync(one)) : paths[0]
  if (path === undefined) return undefined
  const found = readResultsFile(path)
  if (found.is === 'bench') throw new WrongUsage(`${path} is a bench record, wanted a run record`)
  const { header, verdicts, footer } = found.record
  const end = footer?.complete === true ? '' : ', which is incomplete'
  return {
    from: `the run of ${header.started}${end}`,
    lines: verdicts.filter(concerns),
  }
}

/** The share of two names that their common beginning and end make up, from 0 to 1. */
function likeness(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let start = 0
  while (start < most && a[start] === b[start]) start += 1
  let end = 0
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  return (2 * (start + end)) / Math.max(1, a.length + b.length)
}

function unknown(what: string, known: readonly string[]): WrongUsage {
  const wanted = what.toLowerCase()
  const near = known
    .map((id) => {
      const name = id.toLowerCase()
      return { id, score: likeness(name, wanted) + (name.includes(wanted) ? 1 : 0) }
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, offered)
  return new WrongUsage(
    `found no case, clause or boundary ${JSON.stringify(what)}; near to it: ${near.map(({ id }) => id).join(', ')}`,
  )
}

/** Where the suite and its rules are from, when not from this package. */
export type Explained = {
  readonly root?: string
  readonly clauses?: readonly Clause[]
  readonly ledger?: Ledger
}

/**
 * Explains a case, a clause, or the clause of a boundary; a case may be followed by its protocol,
 * as in reports (`@4`, `@p4`).
 *
 * @throws {WrongUsage} when there is no such thing, with those that are near
 * @throws {CouldNotRun} when the record or a case file cannot be read
 */
export function explain(
  io: Io,
  given: string,
  options: { readonly record: string | undefined; readonly json: boolean },
  from: Explained = {},
): ExitCode {
  const suite = readSuite(from.root)
  const known = explainedClauses(from.clauses ?? clauses, suite)
  const ledger = from.ledger ?? loadLedger()
  const [, named = given, at = ''] = /^(.*?)(@(?:p?[0-5]|own))?$/s.exec(given) ?? []
  const caseId = nameOfToday(io, ledger, named)
  const what = `${caseId}${at}`
  const titled = suite.cases.find((one) => one.case.id === caseId)
  const clauseId = titled?.case.clause ?? what.split('/')[0]
  const clause = known.find(
    ({ id, boundaries }) =>
      id === clauseId &&
      (titled !== undefined || id === what || boundaries.some((one) => one.id === what)),
  )
  if (clause === undefined) {
    const ids = known.flatMap(({ id, boundaries }) => [id, ...boundaries.map((one) => one.id)])
    const gone = ledger.withdrawn.find(({ id }) => id === caseId)
    if (gone !== undefined) {
      throw new WrongUsage(`${caseId} is withdrawn since ${gone.since}: ${gone.because}`)
    }
    throw unknown(what, [...suite.cases.map((one) => one.case.id), ...ids])
  }

  const answers = answersOf(io, options.record, (line) =>
    titled === undefined ? line.clause === clause.id : line.case === caseId,
  )
  const explained = titled === undefined ? clause : explainedCase(titled, clause)
  const view = terminalView(io)
  if (options.json) {
    const given = answers === undefined ? {} : { answers: answers.lines }
    io.stdout.write(`${JSON.stringify({ ...explained, ...given }, undefined, 2)}\n`)
  } else if ('clause' in explained) {
    io.stdout.write(renderCaseExplanation(explained, answers, view))
  } else {
    io.stdout.write(renderClauseExplanation(explained, answers, view))
  }
  return 0
}
