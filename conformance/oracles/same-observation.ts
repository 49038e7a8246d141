import { bytesOfHex } from '../../reference/index.ts'
import type { Verdict } from '../../reports/index.ts'
import type { Observable, Observation } from '../protocol/message.ts'
import { exactBytes } from './compare-pickles.ts'
import { otherOutcome } from './other-outcome.ts'
import { sameBuffers } from './same-buffers.ts'
import { isLimitOfDepth, sameError } from './same-error.ts'
import { sameGraph } from './same-graph.ts'
import { sameList } from './same-list.ts'
import { sameOffset } from './same-offset.ts'
import { sameTrace } from './same-trace.ts'

/** What is compared besides bytes, buffers and refusals. */
export type Comparison = {
  /** What the subject was asked to observe; what it leaves out of a step was empty there. */
  readonly observed: readonly Observable[]
  /** Whether a clause quotes the message that a step is refused with. */
  readonly isMessageQuoted: (step: number) => boolean
}

/** What a step came to, in a few words. */
function describe({ refused, bytes, graph }: Observation): string {
  if (refused !== undefined)
    return `refused with ${refused.class}: ${refused.message.slice(0, 200)}`
  if (graph !== undefined) return 'a graph'
  return bytes === undefined ? 'nothing written' : `a pickle of ${bytes.length / 2} bytes`
}

function* judgements(
  expected: Observation,
  seen: Observation,
  step: number,
  { observed, isMessageQuoted }: Comparison,
): Generator<Verdict> {
  if ((expected.refused === undefined) !== (seen.refused === undefined)) {
    yield otherOutcome(step, 'refused', describe(expected), describe(seen))
  }
  if (expected.refused !== undefined && seen.refused !== undefined) {
    yield sameError(expected.refused, seen.refused, step, isMessageQuoted(step))
    if (isLimitOfDepth(expected.refused, seen.refused)) return
  }
  if ((expected.bytes === undefined) !== (seen.bytes === undefined)) {
    yield otherOutcome(step, 'bytes', describe(expected), describe(seen))
  }
  if (expected.bytes !== seen.bytes) {
    yield exactBytes(bytesOfHex(expected.bytes ?? ''), bytesOfHex(seen.bytes ?? ''), step)
  }
  if (expected.graph !== undefined || seen.graph !== undefined) {
    yield sameGraph(expected.graph, seen.graph, step)
  }
  if (expected.offset !== undefined && seen.offset !== undefined) {
    yield sameOffset(expected.offset, seen.offset, step)
  }
  yield sameBuffers(expected.buffers ?? [], seen.buffers ?? [], step)
  if (observed.includes('trace')) {
    yield sameTrace(
      { entries: expected.trace ?? [], more: expected.traceMore ?? 0 },
      { entries: seen.trace ?? [], more: seen.traceMore ?? 0 },
      step,
    )
  }
  if (observed.includes('memo')) {
    yield sameList(expected.memo ?? [], seen.memo ?? [], 'memo', step)
  }
  if (observed.includes('writes')) {
    const show = ([type, length]: readonly [string, number]): string => `${length} bytes of ${type}`
    const texts = ({ writes = [] }: Observation): string[] => writes.map(show)
    yield sameList(texts(expected), texts(seen), 'writes', step)
  }
}

/**
 * Passes when the same was seen at each step: bytes, buffers, refusals, and of trace, memo and
 * writes what was asked for. The first step that differs is the one told.
 */
export function sameObservation(
  expected: readonly Observation[],
  seen: readonly Observation[],
  comparison: Comparison,
): Verdict {
  const steps = Math.max(expected.length, seen.length)
  for (let step = 0; step < steps; step += 1) {
    const wanted = expected[step]
    const found = seen[step]
    if (wanted === undefined || found === undefined) {
      const show = (observation: Observation | undefined): string =>
        observation === undefined ? 'no more steps' : describe(observation)
      return otherOutcome(step, 'steps', show(wanted), show(found))
    }
    for (const verdict of judgements(wanted, found, step, comparison)) {
      if (verdict.kind !== 'passed') return verdict
    }
  }
  return { kind: 'passed' }
}
