import { bytesOfHex } from '../../reference/index.ts'
import type { Details, Verdict } from '../../reports/index.ts'
import { instructionTexts } from '../oracles/compare-pickles.ts'
import { sameObservation } from '../oracles/same-observation.ts'
import type {
  DumpResult,
  Engine,
  Hello,
  LoadResult,
  Observation,
  Role,
} from '../protocol/message.ts'
import { unmetNeeds } from '../scenario/index.ts'
import {
  judgeLoaded,
  judgeLoadedParity,
  type NotAsked,
  type ToLoad,
  whatToLoad,
} from './decoding.ts'
import { around } from './details.ts'
import { judgeDumped, loadedAgain, type ToDump, whatToDump } from './encoding.ts'
import { graphLines } from './graph-lines.ts'
import type { Judges } from './judge.ts'
import type { DumpQuestion, LoadQuestion } from './observe.ts'
import type { PlannedCase } from './plan.ts'

type Asked = {
  readonly planned: PlannedCase
  readonly protocol: number | null
  readonly engine: Engine
}

/** A case at one protocol for one engine that has no objects of Python: to load, or to dump. */
export type LoadTask = Asked & LoadQuestion & { readonly load: ToLoad }
export type DumpTask = Asked & DumpQuestion & { readonly dump: ToDump }

export type RoleTask = LoadTask | DumpTask

/** Whether an engine does this, as far as the suite may ask it. */
export function hasRole({ roles }: Hello, engine: Engine, role: Role): boolean {
  return roles.includes(role) && (engine.roles ?? roles).includes(role)
}

const unsupported = (lacking: readonly string[]): NotAsked => ({
  because: `it lacks ${lacking.join(', ')}`,
})

/**
 * What an engine that is no pickler is asked of a case: to dump what can be dumped, else to load; or
 * why neither.
 */
export function roleTask(
  planned: PlannedCase,
  protocol: number | null,
  engine: Engine,
  hello: Hello,
): RoleTask | NotAsked {
  const isEncoder = hasRole(hello, engine, 'dump')
  const isDecoder = hasRole(hello, engine, 'load')
  if (!isEncoder && !isDecoder) return { because: 'it is no pickler' }
  if (protocol !== null && !hello.protocols.includes(protocol)) {
    return { because: 'it does not know this protocol' }
  }
  const asked = { planned, protocol, engine, engines: [engine.id] }
  const dump = isEncoder ? whatToDump(planned.case, protocol) : undefined
  if (dump !== undefined && 'value' in dump) {
    const lacking = unmetNeeds(dump.needs, hello.capabilities)
    const { value } = dump
    if (lacking.length > 0) return unsupported(lacking)
    return { ...asked, dump, value, protocols: [dump.protocol] }
  }
  const load = isDecoder ? whatToLoad(planned.case, protocol) : undefined
  if (load !== undefined && 'pickle' in load) {
    const lacking = unmetNeeds(load.needs, hello.capabilities)
    if (lacking.length > 0) return unsupported(lacking)
    return { ...asked, load, ...load.pickle, world: 'symbols' }
  }
  const because = dump?.because ?? load?.because ?? ''
  return { because: `only a pickler can be asked: ${because}` }
}

export type RoleVerdict = {
  readonly conformance: Verdict
  /** null where the engine follows no profile. */
  readonly parity: Verdict | null
}

/** Judges what a decoder loaded: against the documentation, and against the profile it follows. */
export function judgeLoadTask(
  { load, engine }: LoadTask,
  result: LoadResult,
  hello: Hello,
  { predict }: Judges,
): RoleVerdict {
  const { follows } = engine
  const isFollowing = follows !== null && predict !== undefined
  return {
    conformance: judgeLoaded(load, result, engine.distinguishes ?? hello.distinguishes),
    parity: isFollowing ? judgeLoadedParity(load, result, follows, hello.wordSize) : null,
  }
}

/** Judges what an encoder wrote, by what it says; by each byte where it follows a profile. */
export function judgeDumpTask(
  { planned, dump, engine }: DumpTask,
  result: DumpResult,
  hello: Hello,
  { predict }: Judges,
): RoleVerdict {
  const conformance = judgeDumped(dump, result, engine.distinguishes ?? hello.distinguishes)
  const { follows } = engine
  if (follows === null || predict === undefined) return { conformance, parity: null }
  const { scenario } = planned.case
  const { protocol } = dump
  const { wordSize } = hello
  const predicted = predict({
    ...{ scenario, profile: follows, protocol, observe: [], orders: [], wordSize },
  })
  const { engine: _, protocol: __, ...seen } = result
  const how = { observed: [], isMessageQuoted: () => false }
  return { conformance, parity: sameObservation(predicted, [{}, seen], how) }
}

/** Whether nothing but a refusal is right. */
export function isRefused(task: RoleTask): boolean {
  return 'load' in task && task.load.expected.refused !== undefined
}

const pickleLines = (pickle: string): string[] => instructionTexts(bytesOfHex(pickle))

function outcomeLines({ graph, refused }: Observation): string[] {
  if (refused !== undefined) return [`refused with ${refused.class}: ${refused.message}`]
  return graph === undefined ? [] : graphLines(graph)
}

/** Beside a verdict that did not pass: both sides, and what was asked in place of the scenario. */
export function taskDetails(
  question: Details,
  task: RoleTask,
  result: LoadResult | DumpResult | undefined,
): Details {
  if ('load' in task) {
    const { pickle, expected } = task.load
    const asked = { ...question, scenario: JSON.stringify({ load: pickle }) }
    const given = pickleLines(pickle.pickle)
    const seen =
      result !== undefined && !('bytes' in result) ? [...given, ...outcomeLines(result)] : []
    return { ...asked, ...around([...given, ...outcomeLines(expected)], seen) }
  }
  const { value, pickle, graph } = task.dump
  const asked = { ...question, scenario: JSON.stringify({ dump: value }) }
  const wanted = [...pickleLines(pickle), ...graphLines(graph)]
  return { ...asked, ...around(wanted, result === undefined ? [] : dumpedLines(result)) }
}

function dumpedLines(result: LoadResult | DumpResult): string[] {
  if (!('bytes' in result)) return outcomeLines(result)
  const again = loadedAgain(result.bytes)
  return [
    ...pickleLines(result.bytes),
    ...('graph' in again ? graphLines(again.graph) : [`cannot be loaded: ${again.because}`]),
  ]
}
