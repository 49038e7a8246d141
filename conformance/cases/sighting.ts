import { bytesOfHex, disassembleToAssembly } from '../../reference/index.ts'
import { withoutAddresses } from '../oracles/same-error.ts'
import type { Observation } from '../protocol/message.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'
import { type CountedLines, foldLines } from './lines.ts'

const protoLine = /^PROTO (\d+)$/

/** The assembly of a pickle, with `PROTO n` for the protocol it was asked for. */
function assemblyOf(hex: string, protocol: number | null): readonly (string | CountedLines)[] {
  return foldLines(
    disassembleToAssembly(bytesOfHex(hex)).map((line) =>
      protoLine.exec(line)?.[1] === String(protocol) ? 'PROTO n' : line,
    ),
  )
}

/** What a proposal says of a refusal besides its class. */
export type ShownOfRefusals = { readonly message: boolean; readonly wrote: boolean }

const nothingMore: ShownOfRefusals = { message: false, wrote: false }

function stepOf(seen: Observation, protocol: number | null, shown: ShownOfRefusals): unknown {
  const rest = {
    ...(seen.buffers === undefined || seen.buffers.length === 0 ? {} : { buffers: seen.buffers }),
    ...(seen.trace === undefined || seen.trace.length === 0 ? {} : { trace: seen.trace }),
    ...(seen.memo === undefined ? {} : { memo: seen.memo }),
    ...(seen.writes === undefined ? {} : { writes: seen.writes }),
  }
  if (seen.refused !== undefined) {
    const { offset, bytes } = seen
    return {
      refused: seen.refused.class,
      ...(shown.message ? { message: withoutAddresses(seen.refused.message) } : {}),
      ...(offset === undefined ? {} : { offset }),
      ...(shown.wrote ? { wrote: bytes ? assemblyOf(bytes, protocol) : '' } : {}),
      ...rest,
    }
  }
  if (seen.graph !== undefined) return { graph: graphSeen(seen.graph), ...rest }
  if (seen.bytes === undefined) return rest
  const pickle = assemblyOf(seen.bytes, protocol)
  return Object.keys(rest).length === 0 ? pickle : { pickle, ...rest }
}

/** A graph as people write it, without an empty list of objects. */
function graphSeen({ value, objects }: LoadedGraph): object {
  return objects.length === 0 ? { value } : { value, objects }
}

/**
 * What a run was seen to do, as the expectation of a case file: a step alone where the scenario has
 * one action, else all of them; a refused construction by itself.
 */
export function expectationSeen(
  steps: readonly Observation[],
  protocol: number | null,
  shown: ShownOfRefusals = nothingMore,
): unknown {
  const [construction, ...actions] = steps
  if (construction?.refused !== undefined) {
    return { construction: stepOf(construction, protocol, { ...shown, wrote: false }) }
  }
  const seen = actions.map((step) => stepOf(step, protocol, shown))
  return seen.length === 1 ? seen[0] : { steps: seen }
}
