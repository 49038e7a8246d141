import { Bench } from 'tinybench'
import { materialize } from '../conformance/index.ts'
import { profile } from '../reference/index.ts'
import type { Question } from './questions.ts'

/** What the reference takes in this process: the median of so many single calls, in ns. */
export type Here = { readonly ns: number; readonly calls: number }

/**
 * Times the reference in this process with tinybench. Another instrument than the one that adapters
 * carry, so that the two can be held against each other.
 *
 * @throws {UnbuildableError} a scenario that is no workload, or one that is refused
 */
export function measureHere(
  { scenario, protocol, operation }: Question,
  effort: { readonly warmUpMs: number; readonly ms: number },
): Here {
  const run = materialize(scenario, { profile: profile('documented'), protocol, observe: [] })
  const dump = run.workload()
  const pickle = dump()
  const load = run.loader()
  const bench = new Bench({
    time: effort.ms,
    warmupTime: effort.warmUpMs,
    iterations: 3,
    warmupIterations: 3,
    throws: true,
  })
  bench.add(operation, operation === 'dump' ? dump : () => load(pickle), { async: false })
  const [task] = bench.runSync()
  if (task?.result.state !== 'completed') {
    throw new Error(`tinybench ended as ${task?.result.state ?? 'nothing'}`)
  }
  const { latency } = task.result
  return { ns: latency.p50 * 1e6, calls: latency.samplesCount }
}
