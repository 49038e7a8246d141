import { assemble, bytesOfHex, hexOfBytes } from '../../reference/index.ts'
import type { Verdict } from '../../reports/index.ts'
import type { Assembly, CaseOracle, Expected, ExpectedStep } from '../cases/case-file.ts'
import type { Observable, Observation } from '../protocol/message.ts'
import { exactBytes, sameInstructions } from './compare-pickles.ts'
import { graphOf } from './graph-of.ts'
import { otherOutcome } from './other-outcome.ts'
import { sameBuffers } from './same-buffers.ts'
import { refusedAs } from './same-error.ts'
import { sameGraph } from './same-graph.ts'
import { sameList } from './same-list.ts'
import { sameOffset } from './same-offset.ts'
import { sameTrace } from './same-trace.ts'

/** How an answer is held against the expectation of a case. */
export type Held = {
  readonly oracle: CaseOracle
  /** null for a case whose scenario has a protocol of its own. */
  readonly protocol: number | null
  /** What the subject was asked to observe. */
  readonly observed: readonly Observable[]
}

function wrote({ bytes, graph }: Observation): string {
  if (graph !== undefined) return 'a graph'
  return bytes === undefined ? 'nothing' : `a pickle of ${bytes.length / 2} bytes`
}

const refusedWith = ({ refused }: Observation): string =>
  refused === undefined ? 'no refusal' : `${refused.class}: ${refused.message.slice(0, 200)}`

/** What was assembled before: every engine of every subject is held against the same lines. */
const pickles = new WeakMap<Assembly, Map<number | null, Uint8Array>>()

/** The bytes that expected assembly stands for. */
export function assembled(lines: Assembly, protocol: number | null): Uint8Array {
  let byProtocol = pickles.get(lines)
  if (byProtocol === undefined) {
    byProtocol = new Map()
    pickles.set(lines, byProtocol)
  }
  let bytes = byProtocol.get(protocol)
  if (bytes === undefined) {
    bytes = assemble(lines, protocol === null ? {} : { protocol })
    byProtocol.set(protocol, bytes)
  }
  return bytes
}

/** The same in hex, as answers have it. */
const hexes = new WeakMap<Uint8Array, string>()

function hexOf(pickle: Uint8Array): string {
  let hex = hexes.get(pickle)
  if (hex === undefined) {
    hex = hexOfBytes(pickle)
    hexes.set(pickle, hex)
  }
  return hex
}

function samePickle(lines: Assembly, seen: Observation, step: number, held: Held): Verdict {
  const expected = assembled(lines, held.protocol)
  if (seen.bytes === hexOf(expected)) return { kind: 'passed' }
  const bytes = bytesOfHex(seen.bytes ?? '')
  const exact = exactBytes(expected, bytes, step)
  return exact.kind === 'passed' || held.oracle === 'bytes'
    ? exact
    : sameInstructions(expected, bytes, step)
}

function* judgements(
  expected: ExpectedStep,
  seen: Observation,
  step: number,
  held: Held,
): Generator<Verdict> {
  const { pickle, graph, refused, message } = expected
  if (refused === undefined && seen.refused !== undefined) {
    yield otherOutcome(step, 'refused', 'no refusal', refusedWith(seen))
  }
  if (refused !== undefined) {
    yield seen.refused === undefined
      ? otherOutcome(step, 'refused', `a refusal with ${refused}`, wrote(seen))
      : refusedAs({ class: refused, ...(message !== undefined && { message }) }, seen.refused, step)
  }
  if (expected.wrote !== undefined) yield samePickle(expected.wrote, seen, step, held)
  if (pickle !== undefined) {
    yield seen.bytes === undefined
      ? otherOutcome(step, 'bytes', 'a pickle', 'nothing')
      : samePickle(pickle, seen, step, held)
  }
  if (graph !== undefined && seen.refused === undefined) {
    yield sameGraph(graph, graphOf(seen), step)
  }
  if (expected.offset !== undefined && seen.offset !== undefined) {
    yield sameOffset(expected.offset, seen.offset, step)
  }
  if (refused === undefined) yield sameBuffers(expected.buffers ?? [], seen.buffers ?? [], step)
  if (expected.trace !== undefined && held.observed.includes('trace')) {
    yield sameTrace(
      { entries: expected.trace, more: expected.traceMore ?? 0 },
      { entries: seen.trace ?? [], more: seen.traceMore ?? 0 },
      step,
    )
  }
  if (expected.memo !== undefined) yield sameList(expected.memo, seen.memo ?? [], 'memo', step)
  if (expected.writes !== undefined) {
    yield sameList(
      expected.writes.map(showWrite),
      (seen.writes ?? []).map(showWrite),
      'writes',
      step,
    )
  }
}

const showWrite = ([type, length]: readonly [string, number]): string =>
  `${length} bytes of ${type}`

function firstFailure(verdicts: Iterable<Verdict>): Verdict {
  for (const verdict of verdicts) if (verdict.kind !== 'passed') return verdict
  return { kind: 'passed' }
}

/**
 * Passes when every step did what the case expects of it: the pickle by the clause's oracle, the
 * class of a refusal with those it derives from, and of its message, of buffers, trace, memo and
 * writes what the case mentions. `seen` has the construction of the pickler as its first step.
 */
export function meetsExpectation(
  expected: Expected,
  seen: readonly Observation[],
  held: Held,
): Verdict {
  const [construction = {}, ...actions] = seen
  if ('construction' in expected) {
    return firstFailure(judgements(expected.construction, construction, 0, held))
  }
  if (construction.refused !== undefined) {
    return otherOutcome(0, 'refused', 'a pickler', refusedWith(construction))
  }
  for (const [at, step] of expected.steps.entries()) {
    const verdict = firstFailure(judgements(step, actions[at] ?? {}, at + 1, held))
    if (verdict.kind !== 'passed') return verdict
  }
  return { kind: 'passed' }
}
