import { createHash } from 'node:crypto'
import { type LoadResult, type Observation, withoutAddresses } from '../../conformance/index.ts'

/** What an engine says of a refusal, addresses left out. */
function toldRefusal(refused: NonNullable<Observation['refused']>): unknown {
  const { cause, class: type, message, notes } = refused
  return [type, withoutAddresses(message), notes.map(withoutAddresses), cause]
}

/** Everything that was seen of a run, to the letter; what is absent is as good as empty. */
export function toldSteps(steps: readonly Observation[]): unknown {
  return steps.map((step) => ({
    bytes: step.bytes ?? '',
    buffers: step.buffers ?? [],
    graph: step.graph ?? null,
    memo: step.memo ?? [],
    refused: step.refused === undefined ? null : toldRefusal(step.refused),
    trace: step.trace ?? [],
    traceMore: step.traceMore ?? 0,
    writes: step.writes ?? [],
  }))
}

/** Everything that was seen of a load. */
export function toldLoad(result: LoadResult): unknown {
  return 'graph' in result ? { graph: result.graph } : { refused: toldRefusal(result.refused) }
}

/** A short text that stands for what was told: another for anything else. */
export function digestOf(told: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(told)))
    .digest('hex')
    .slice(0, 16)
}

/** The same with the keys of all objects in order. */
function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted)
  if (typeof json !== 'object' || json === null) return json
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, value]) => [key, sorted(value)]))
}
