import type { Hello, Question, ScenarioError } from '../conformance/index.ts'
import type { CaseKey } from './case.ts'
import type { DrawnCase, DrawnCases } from './drawn-cases.ts'
import { canBeAsked, followingEngines } from './engine.ts'
import type { JsonObject } from './json.ts'
import { observed } from './judge.ts'

/** A question of the session, with where its scenario comes from. */
export type FuzzQuestion = Question & { readonly key: CaseKey; readonly json: JsonObject }

/** Which cases of a seed are asked. */
export type Range = {
  readonly seed: number
  /** Of so many shards, which one: the cases whose index leaves this remainder. */
  readonly shard: { readonly index: number; readonly of: number }
  /** Undefined: until the time is up. */
  readonly cases: number | undefined
  /** Every engine at every protocol; otherwise engines in pure Python at one in turn. */
  readonly isThorough: boolean
}

export type Asking = {
  /** False when no more cases are to be drawn. */
  readonly goesOn: () => boolean
  readonly onDrawn: (key: CaseKey) => void
  /** The generator made something that is no scenario. */
  readonly onRefused: (key: CaseKey, error: ScenarioError) => void
  /** The subject lacks what the scenario needs. */
  readonly onUnmet: (key: CaseKey) => void
}

/** Scenarios asked under the same engines and protocols share requests, so they come in blocks. */
const blockSize = 64

/** All questions for a subject, made while they are asked for. */
export function* questionsFor(
  hello: Hello,
  range: Range,
  cases: DrawnCases,
  asking: Asking,
): Generator<FuzzQuestion> {
  const engines = followingEngines(hello)
  const quick = engines.filter(({ follows }) => range.isThorough || follows.endsWith('-c'))
  const slow = engines.filter((engine) => !quick.includes(engine))
  let block: FuzzQuestion[] = []
  let blocks = 0
  function* asked(): Generator<FuzzQuestion> {
    const { protocols } = hello
    const turn = protocols[blocks % Math.max(1, protocols.length)]
    if (quick.length > 0) yield* block
    if (slow.length > 0 && turn !== undefined) {
      const ids = slow.map(({ id }) => id)
      for (const question of block) yield { ...question, engines: ids, protocols: [turn] }
    }
    block = []
    blocks += 1
  }
  const { shard, cases: count } = range
  for (let index = shard.index; count === undefined || index < count; index += shard.of) {
    if (!asking.goesOn()) break
    const drawn = cases.at(index)
    const question = questionOf(drawn, hello, asking)
    asking.onDrawn(drawn.key)
    if (question === undefined) continue
    block.push({ ...question, engines: quick.map(({ id }) => id) })
    if (block.length === blockSize) yield* asked()
  }
  if (asking.goesOn()) yield* asked()
}

function questionOf(
  drawn: DrawnCase,
  hello: Hello,
  { onRefused, onUnmet }: Asking,
): FuzzQuestion | undefined {
  const { key, json } = drawn
  if ('refused' in drawn) onRefused(key, drawn.refused)
  else if (canBeAsked(drawn.scenario, hello)) {
    const { scenario } = drawn
    return { key, json, scenario, engines: [], protocols: hello.protocols, observe: observed }
  } else onUnmet(key)
  return undefined
}
