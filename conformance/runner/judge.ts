import type { Level, Verdict } from '../../reports/index.ts'
import {
  type Case,
  type Deviation,
  deviationFor,
  documentedExpectation,
  type Expected,
} from '../cases/index.ts'
import { clauseById } from '../clauses/index.ts'
import { type Held, meetsExpectation } from '../oracles/meets-expectation.ts'
import { sameObservation } from '../oracles/same-observation.ts'
import type { Observable, Observation, SetOrders } from '../protocol/message.ts'
import { matchesProtocol, type Scenario } from '../scenario/index.ts'
import { UnbuildableError } from '../scenario/unbuildable.ts'
import type { SeenResult } from './results.ts'

/** A scenario to be predicted for an engine that follows a profile. */
export type Prediction = {
  readonly scenario: Scenario
  readonly profile: string
  /** null for a scenario with a protocol of its own. */
  readonly protocol: number | null
  readonly observe: readonly Observable[]
  /** The set orders that the engine reported, taken as given. */
  readonly orders: SetOrders
  /** The bits of a word of the machine that the engine runs on. */
  readonly wordSize: number
}

/** What an engine that follows the profile does, step by step; throws where that is not known. */
export type Predict = (prediction: Prediction) => readonly Observation[]

export type Judges = {
  /** Undefined: there is nothing to predict with, and nobody is judged for parity. */
  readonly predict: Predict | undefined
}

/** An answer of one engine to a case at one protocol. */
export type JudgedAnswer = {
  readonly case: Case
  readonly result: SeenResult
  /** What was asked for besides what the case observes is not judged. */
  readonly follows: string | null
  /** As its hello has it. */
  readonly wordSize: number
}

export type Judged = {
  /** null where no document says what is right. */
  readonly conformance: Verdict | null
  /** null where the engine follows no profile. */
  readonly parity: Verdict | null
  /** Whether a refusal elsewhere may lean on this answer. */
  readonly isRight: boolean
  /** What the documentation wants, and what the profile was predicted to do. */
  readonly documented: Expected
  readonly predicted: readonly Observation[] | undefined
  /** The known deviation of this engine, when that is what was seen. */
  readonly known: Deviation | undefined
}

/** Which engine of CPython a profile is, for deviations: `cpython-3.13.0-c`, `pypy-3.9`. */
function releaseOf(
  follows: string | null,
): { readonly engine: 'c' | 'py'; readonly version: string } | undefined {
  const cpython = /^cpython-(\d+\.\d+(?:\.\d+(?:(?:a|b|rc)\d+)?)?)-(c|py)$/.exec(follows ?? '')
  if (cpython !== null) {
    const [, version = '', engine] = cpython
    return { engine: engine === 'py' ? 'py' : 'c', version: fullRelease(version) }
  }
  const [, version] = /^pypy-(\d+\.\d+(?:\.\d+)?)$/.exec(follows ?? '') ?? []
  return version === undefined ? undefined : { engine: 'py', version: fullRelease(version) }
}

/** `3.13` as a profile is the newest release of 3.13 that is known. */
const fullRelease = (version: string): string =>
  version.split('.').length === 2 ? `${version}.99` : version

/** Answers that are right although the documentation words another one. */
function latitudes({ deviations }: Case, protocol: number | null): readonly Deviation[] {
  return deviations.filter(
    ({ kind, protocols }) =>
      kind === 'latitude' && (protocol === null || matchesProtocol(protocols, protocol)),
  )
}

/** Whether one of these expectations quotes the message of a step. */
function quotes(expected: readonly Expected[], step: number): boolean {
  return expected.some((one) => {
    if ('construction' in one) return step === 0 && one.construction.message !== undefined
    return one.steps[step - 1]?.message !== undefined
  })
}

function judgeParity(
  answer: JudgedAnswer,
  predicted: readonly Observation[],
  held: Held,
  known: Deviation | undefined,
  documented: Expected,
): Verdict {
  const { result } = answer
  const told = known === undefined ? [documented] : [documented, known.expected]
  const same = sameObservation(predicted, result.steps, {
    observed: answer.case.observe,
    isMessageQuoted: (step) => quotes(told, step),
  })
  // What no profile can predict (addresses, the depth of the caller's stack) is latitude.
  const isFree =
    known?.kind === 'latitude' &&
    meetsExpectation(known.expected, result.steps, held).kind === 'passed'
  return isFree ? { kind: 'passed' } : same
}

/** Why a scenario cannot be asked of an engine at all, its release lacking something; else undefined. */
export function unbuildable(prediction: Prediction, predict: Predict): Verdict | undefined {
  try {
    predict(prediction)
    return undefined
  } catch (error) {
    if (!(error instanceof UnbuildableError)) return undefined
    const because = `it cannot be built for ${prediction.profile}: ${error.message}`
    return { kind: 'unsupported', because }
  }
}

/**
 * Judges an answer twice: against what the case documents, with its latitude, where the clause is
 * documented or the format's own; and against the profile that the engine follows.
 */
export function judge(answer: JudgedAnswer, judges: Judges): Judged {
  const { case: one, result, follows, wordSize } = answer
  const { protocol, steps } = result
  const clause = clauseById(one.clause)
  const held: Held = {
    oracle: one.oracle ?? clause?.oracle ?? 'bytes',
    protocol,
    observed: one.observe,
  }
  const documented = documentedExpectation(one, protocol)
  let conformance = meetsExpectation(documented, steps, held)
  if (conformance.kind !== 'passed') {
    const isFree = latitudes(one, protocol).some(
      ({ expected }) => meetsExpectation(expected, steps, held).kind === 'passed',
    )
    if (isFree) conformance = { kind: 'passed' }
  }
  const release = releaseOf(follows)
  const known = release === undefined ? undefined : deviationFor(one, { ...release, protocol })
  let parity: Verdict | null = null
  let predicted: readonly Observation[] | undefined
  if (follows !== null && judges.predict !== undefined) {
    try {
      const { scenario, observe } = one
      const orders = result.orders ?? []
      predicted = judges.predict({
        ...{ scenario, profile: follows, protocol, observe, orders, wordSize },
      })
      parity = judgeParity(answer, predicted, held, known, documented)
    } catch (error) {
      // It was answered, so the prediction is what is at fault.
      const message = error instanceof Error ? error.message : String(error)
      parity = { kind: 'harness-error', message: `no prediction for ${follows}: ${message}` }
    }
  }
  const meetsKnown =
    known !== undefined && meetsExpectation(known.expected, steps, held).kind === 'passed'
  return {
    conformance: levelOf(one) === 'implementation' ? null : conformance,
    parity,
    isRight: conformance.kind === 'passed' || parity?.kind === 'passed' || meetsKnown,
    documented,
    predicted,
    known: meetsKnown ? known : undefined,
  }
}

/** How firmly the clause of a case stands. */
export function levelOf({ clause }: Case): Level {
  return clauseById(clause)?.level ?? 'implementation'
}
