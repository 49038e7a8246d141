import type {
  DumpResult,
  LoadResult,
  Observable,
  PickleToLoad,
  SetOrders,
} from '../protocol/message.ts'
import type { Action, Scenario, Value } from '../scenario/scenario.ts'
import { visitScenario } from '../scenario/walk.ts'
import { readResults, type SeenResult } from './results.ts'
import type { SubjectCommand } from './subject.ts'
import {
  type Outcome,
  type Questions,
  type Summary,
  type Supervision,
  supervise,
  type Traffic,
} from './supervise.ts'

/** A scenario to run, under some engines and protocols of the subject. */
export type Question = {
  readonly scenario: Scenario
  readonly engines: readonly string[]
  readonly protocols: readonly number[]
  readonly observe: readonly Observable[]
  /** Set orders to take as given, a list per result; for subjects whose sets have none of their own. */
  readonly orders?: readonly SetOrders[]
}

function dumps(action: Action): boolean {
  return (
    'dump' in action ||
    ('call' in action && action.call.on === 'pickler' && action.call.method === 'dump')
  )
}

/**
 * Whether a hook of the scenario dumps on the pickler that called it, which makes CPython's
 * accelerated one read freed memory: such a scenario runs alone in its process.
 *
 * @clause MEMO-09
 */
export function runsAlone(scenario: Scenario): boolean {
  let isAlone = false
  visitScenario(scenario, {
    action: (action, where) => {
      if (where === 'do' && dumps(action)) isAlone = true
    },
  })
  return isAlone
}

const running: Traffic<Question, readonly SeenResult[]> = {
  key: ({ engines, protocols, observe }) => JSON.stringify([engines, protocols, observe]),
  isAlone: ({ scenario }) => runsAlone(scenario),
  request: (id, questions) => {
    const [first] = questions
    const scenarios = questions.map(({ scenario }) => scenario)
    return {
      id,
      request: 'run',
      engines: first?.engines ?? [],
      protocols: first?.protocols ?? [],
      observe: first?.observe ?? [],
      scenarios,
      ...(questions.some(({ orders }) => orders !== undefined)
        ? { orders: questions.map(({ orders }) => orders ?? []) }
        : {}),
    }
  },
  read: (answer, question) =>
    'results' in answer
      ? readResults(answer.results, question)
      : { found: 'an answer to another kind of request' },
}

/** What became of one scenario. */
export type ScenarioOutcome = Outcome<readonly SeenResult[]>

/**
 * Asks a subject to run scenarios, telling the outcome of each once. Whatever the subject does, the
 * scenarios behind are still asked: see {@link supervise}.
 */
export function observe<Q extends Question>(
  subject: SubjectCommand,
  questions: Questions<Q>,
  options: Supervision<Q, readonly SeenResult[]>,
): Promise<Summary> {
  return supervise<Q, readonly SeenResult[]>(subject, questions, running, options)
}

/** A pickle to load, under some engines of the subject. */
export type LoadQuestion = PickleToLoad & {
  readonly engines: readonly string[]
  readonly world: 'symbols' | 'names'
}

const loading: Traffic<LoadQuestion, readonly LoadResult[]> = {
  key: ({ engines, world }) => JSON.stringify([engines, world]),
  isAlone: () => false,
  request: (id, questions) => ({
    id,
    request: 'load',
    engines: questions[0]?.engines ?? [],
    world: questions[0]?.world ?? 'symbols',
    pickles: questions.map(({ pickle, buffers }) =>
      buffers === undefined ? { pickle } : { pickle, buffers },
    ),
  }),
  read: (answer, { engines }) => {
    if (!('loads' in answer)) return { found: 'an answer to another kind of request' }
    const { loads } = answer
    const found = wrongResults('loads', loads.map(nameOfResult), engines)
    return found === undefined ? { results: loads } : { found }
  },
}

const nameOfResult = ({ engine }: { readonly engine: string }): string => engine

/** What is wrong with results of these names, when it is not one of each that was asked for. */
function wrongResults(
  what: string,
  seen: readonly string[],
  asked: readonly string[],
): string | undefined {
  const isRight = seen.length === asked.length && asked.every((name) => seen.includes(name))
  const list = seen.join(', ') || 'no engine'
  return isRight ? undefined : `${what} by ${list}, wanted ${asked.join(', ')}`
}

/** As {@link observe}, for pickles to be loaded. */
export function observeLoads<Q extends LoadQuestion>(
  subject: SubjectCommand,
  questions: Questions<Q>,
  options: Supervision<Q, readonly LoadResult[]>,
): Promise<Summary> {
  return supervise<Q, readonly LoadResult[]>(subject, questions, loading, options)
}

/** A value to dump, under some engines and protocols of the subject. */
export type DumpQuestion = {
  readonly engines: readonly string[]
  readonly protocols: readonly number[]
  readonly value: Value
}

const nameOfDump = (engine: string, protocol: number): string =>
  `${engine} under protocol ${protocol}`

const dumping: Traffic<DumpQuestion, readonly DumpResult[]> = {
  key: ({ engines, protocols }) => JSON.stringify([engines, protocols]),
  isAlone: () => false,
  request: (id, questions) => ({
    id,
    request: 'dump',
    engines: questions[0]?.engines ?? [],
    protocols: questions[0]?.protocols ?? [],
    values: questions.map(({ value }) => value),
  }),
  read: (answer, { engines, protocols }) => {
    if (!('dumps' in answer)) return { found: 'an answer to another kind of request' }
    const { dumps } = answer
    const found = wrongResults(
      'dumps',
      dumps.map(({ engine, protocol }) => nameOfDump(engine, protocol)),
      engines.flatMap((engine) => protocols.map((protocol) => nameOfDump(engine, protocol))),
    )
    return found === undefined ? { results: dumps } : { found }
  },
}

/** As {@link observe}, for values to be dumped. */
export function observeDumps<Q extends DumpQuestion>(
  subject: SubjectCommand,
  questions: Questions<Q>,
  options: Supervision<Q, readonly DumpResult[]>,
): Promise<Summary> {
  return supervise<Q, readonly DumpResult[]>(subject, questions, dumping, options)
}
