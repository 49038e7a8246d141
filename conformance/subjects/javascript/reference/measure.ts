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
  if (request.operation === 'load') return measureLoad(request, clock, run.loader(), pickle)
  const samples: number[] = []
  for (let sample = 0; sample < request.samples; sample++) {
    const start = clock.now()
    let last = pickle
    for (let loop = 0; loop < request.loops; loop++) last = dump()
    samples.push((clock.now() - start) / request.loops)
    if (last.length !== pickle.length || !last.every((byte, at) => byte === pickle[at])) {
      throw new UnbuildableError('the workload gives another pickle when it is dumped again')
    }
  }
  return { samples, sha256: clock.sha256(pickle), bytes: pickle.length }
}

function measureLoad(
  request: BenchRequest,
  clock: Clock,
  load: (pickle: Uint8Array) => unknown,
  pickle: Uint8Array,
): BenchResult {
  const samples: number[] = []
  for (let sample = 0; sample < request.samples; sample++) {
    const start = clock.now()
    for (let loop = 0; loop < request.loops; loop++) load(pickle)
    samples.push((clock.now() - start) / request.loops)
  }
  return { samples, sha256: clock.sha256(pickle), bytes: pickle.length }
}
