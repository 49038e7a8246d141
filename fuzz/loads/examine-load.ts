import type { LoadQuestion, LoadResult, Outcome, PickleToLoad } from '../../conformance/index.ts'
import { howItFell } from '../fall.ts'
import { type LoadParting, loadPartingOf } from './judge-load.ts'

/** What an engine that follows the profile makes of a pickle in a world. */
export type PredictLoad = (
  pickle: PickleToLoad,
  profile: string,
  world: 'symbols' | 'names',
) => LoadResult

/** An engine in a world, and how it parts from the reference there. */
export type LoadSighting = LoadParting & {
  readonly engine: string
  readonly follows: string
  readonly world: 'symbols' | 'names'
  /** Undefined where the reference gave no answer. */
  readonly expected: LoadResult | undefined
  /** Undefined where the engine gave no answer. */
  readonly seen: LoadResult | undefined
}

/** What holding the outcome of one question against the reference came to. */
export type ExaminedLoad = { readonly checks: number; readonly sightings: readonly LoadSighting[] }

/** Holds what became of a pickle against the reference, engine by engine. */
export function examineLoad(
  question: LoadQuestion,
  outcome: Outcome<readonly LoadResult[]>,
  follows: (engine: string) => string,
  predict: PredictLoad,
): ExaminedLoad {
  const { world } = question
  const answers = answersOf(outcome)
  if (outcome.kind !== 'answered' && answers.length === 0) {
    const [engine = ''] = question.engines
    const where = { engine, follows: follows(engine), world, expected: undefined, seen: undefined }
    if (outcome.kind === 'harness-error') {
      const because = `it was not carried out: ${outcome.message}`
      return { checks: 0, sightings: [{ ...where, because, signature: outlined(because) }] }
    }
    const company = outcome.inCompanyOnly ? ', in company only' : ''
    const because = `it ${outcome.kind}${company}${howItFell(outcome)}`
    return { checks: 0, sightings: [{ ...where, because, signature: `${outcome.kind}${company}` }] }
  }
  const sightings = answers.flatMap((seen): LoadSighting[] => {
    const where = { engine: seen.engine, follows: follows(seen.engine), world, seen }
    const expected = predicting(() => predict(question, where.follows, world))
    if (typeof expected === 'string') {
      const because = `the reference gave no answer: ${expected}`
      return [{ ...where, expected: undefined, because, signature: outlined(because) }]
    }
    const parting = loadPartingOf(expected, seen)
    return parting === undefined ? [] : [{ ...where, expected, ...parting }]
  })
  return { checks: answers.length, sightings }
}

/**
 * What the subject answered: also alone and afresh, where the machine or the length of the session had
 * left it too little time or memory.
 */
export function answersOf(outcome: Outcome<readonly LoadResult[]>): readonly LoadResult[] {
  if (outcome.kind === 'answered') return outcome.results
  const isShort = outcome.kind === 'timed-out' || outcome.kind === 'out-of-memory'
  return isShort ? (outcome.alone ?? []) : []
}

/** The prediction, or what the reference failed with: anything but a refusal is a finding. */
function predicting(predict: () => LoadResult): LoadResult | string {
  try {
    return predict()
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}

const outlined = (text: string): string => text.replace(/\d+/g, 'n').slice(0, 160)
