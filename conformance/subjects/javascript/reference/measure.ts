import { profile } from '../../../../reference/index.ts'
import type { BenchResult, Request } from '../../../protocol/message.ts'
import { materialize } from '../../../scenario/materialize.ts'
import { UnbuildableError } from '../../../scenario/unbuildable.ts'

type BenchRequest = Extract<Request, { readonly request: 'bench' }>

export type Clock = {
  sha256(bytes: Uint8Array): string
  now(): number
}

/**
 * Times a workload: what is dumped is built before the clock starts, a pickler and a file are made
 * for each call within it, or an unpickler for the pickle, and nothing is observed.
 *
 * @throws {UnbuildableError} a scenario that is no workload, or one that is refused
 */
export function measure(request: BenchRequest, clock: Clock): BenchResult {
  const run = materialize(request.scenario, {
    profile: profile(request.engine),
    protocol: request.protocol,
    observe: [],
  })
  const dump = run.workload()
  const pickle = dump()
  const what = { sha256: clock.sha256(pickle), bytes: pickle.length }
  if (request.operation === 'load') {
    const load = run.loader()
    const { samples, last } = time(request, clock, () => load(pickle))
    return { samples, ...what, ...(request.graph && { graph: run.describe(last) }) }
  }
  const { samples, last } = time(request, clock, dump)
  if (last.length !== pickle.length || !last.every((byte, at) => byte === pickle[at])) {
    throw new UnbuildableError('the workload gives another pickle when it is dumped again')
  }
  return { samples, ...what }
}

/** Nanoseconds per call, one for each sample, and what the last call gave. */
function time<T>({ loops, samples: count }: BenchRequest, clock: Clock, call: () => T) {
  const samples: number[] = []
  let last = call()
  while (samples.length < count) {
    const start = clock.now()
    for (let loop = 0; loop < loops; loop++) last = call()
    samples.push((clock.now() - start) / loops)
  }
  return { samples, last }
}
