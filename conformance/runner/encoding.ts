import { hexOfBytes, UnknownCallError } from '../../reference/index.ts'
import type { Verdict } from '../../reports/index.ts'
import { type Case, documentedExpectation } from '../cases/index.ts'
import { assembled } from '../oracles/meets-expectation.ts'
import { otherOutcome } from '../oracles/other-outcome.ts'
import { sameValue } from '../oracles/same-value.ts'
import type { DumpResult } from '../protocol/message.ts'
import { expectedLoad } from '../scenario/expected-load.ts'
import { type Capability, needsOf, type Value } from '../scenario/index.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'
import type { NotAsked } from './decoding.ts'

/** What an encoder is asked of a case at one protocol. */
export type ToDump = {
  readonly value: Value
  readonly protocol: number
  /** Beyond what every encoder has. */
  readonly needs: readonly Capability[]
  /** The expected pickle, hex. */
  readonly pickle: string
  /** What it loads to in the world of names. */
  readonly graph: LoadedGraph
  /** The same at the last protocol, which keeps names as they are: no worse an answer. */
  readonly best: LoadedGraph
}

/** What an encoder is asked of a case at a protocol: to dump a value that needs no pickler; or why nothing. */
export function whatToDump(one: Case, protocol: number | null): ToDump | NotAsked {
  const { steps } = one.scenario
  const [action] = steps
  if (action === undefined || !('dump' in action)) return { because: 'it dumps nothing' }
  if (steps.length > 1) return { because: 'it takes several steps' }
  if (protocol === null) return { because: 'its protocol is set in a way of its own' }
  const needs = needsOf(one.scenario)
  const others = needs.filter((need) => !need.startsWith('values:'))
  if (others.length > 0) return { because: `it needs ${others.join(', ')}` }
  const pickle = expectedPickle(one, protocol)
  if (pickle === undefined) return { because: 'no pickle is expected' }
  const loaded = loadedAgain(pickle)
  if ('because' in loaded) return { because: 'its value is none of a built-in type' }
  const { graph } = loaded
  const last = expectedPickle(one, one.protocols?.at(-1) ?? protocol)
  const again = last === undefined ? loaded : loadedAgain(last)
  const best = 'graph' in again ? again.graph : graph
  return { value: action.dump, protocol, needs, pickle, graph, best }
}

function expectedPickle(one: Case, protocol: number): string | undefined {
  const expected = documentedExpectation(one, protocol)
  const lines = 'steps' in expected ? expected.steps[0]?.pickle : undefined
  return lines === undefined ? undefined : hexOfBytes(assembled(lines, protocol))
}

/** What the reference makes of a pickle in the world of names, or why it makes nothing of it. */
export function loadedAgain(
  pickle: string,
): { readonly graph: LoadedGraph } | { readonly because: string } {
  try {
    const loaded = expectedLoad({ pickle }, 'documented', 'names')
    if ('graph' in loaded) return loaded
    return { because: `${loaded.refused.class}: ${loaded.refused.message}` }
  } catch (error) {
    if (error instanceof UnknownCallError) return { because: error.message }
    throw error
  }
}

/** Whether what an encoder wrote says what the expected pickle says. */
export function judgeDumped(
  { graph, best }: ToDump,
  result: DumpResult,
  distinguishes: readonly string[],
): Verdict {
  if ('refused' in result) {
    const { class: name, message } = result.refused
    return otherOutcome(1, 'refused', 'no refusal', `${name}: ${message}`)
  }
  const loaded = loadedAgain(result.bytes)
  if ('graph' in loaded) {
    const verdict = sameValue(graph, loaded.graph, distinguishes)
    if (verdict.kind !== 'failed') return verdict
    const better = sameValue(best, loaded.graph, distinguishes)
    return better.kind === 'failed' ? verdict : better
  }
  return otherOutcome(1, 'graph', 'a pickle that loads', loaded.because)
}
