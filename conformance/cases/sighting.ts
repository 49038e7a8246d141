import { bytesOfHex, disassembleToAssembly } from '../../reference/index.ts'
import type { Observation } from '../protocol/message.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'

const protoLine = /^PROTO (\d+)$/

/** The assembly of a pickle, with `PROTO n` for the protocol it was asked for. */
function assemblyOf(hex: string, protocol: number | null): string[] {
  return disassembleToAssembly(bytesOfHex(hex)).map((line) =>
    protoLine.exec(line)?.[1] === String(protocol) ? 'PROTO n' : line,
  )
}

function stepOf(seen: Observation, protocol: number | null): unknown {
  const rest = {
    ...(seen.buffers === undefined || seen.buffers.length === 0 ? {} : { buffers: seen.buffers }),
    ...(seen.trace === undefined || seen.trace.length === 0 ? {} : { trace: seen.trace }),
  }
  if (seen.refused !== undefined) {
    const { offset } = seen
    return { refused: seen.refused.class, ...(offset === undefined ? {} : { offset }), ...rest }
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
export function expectationSeen(steps: readonly Observation[], protocol: number | null): unknown {
  const [construction, ...actions] = steps
  if (construction?.refused !== undefined) return { construction: stepOf(construction, protocol) }
  const seen = actions.map((step) => stepOf(step, protocol))
  return seen.length === 1 ? seen[0] : { steps: seen }
}
