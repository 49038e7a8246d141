import {
  BytesReader,
  bytesOfHex,
  createWorld,
  describeGraph,
  PickleError,
  profile,
  UnknownCallError,
  Unpickler,
} from '../../reference/index.ts'
import type { Observation } from '../protocol/message.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'

/**
 * The graph of a step: what a load gave, or what the reference loads from the pickle of a dump in
 * the world of symbols. Undefined where there is neither, or no pickle that can be loaded.
 */
export function graphOf({ graph, bytes }: Observation): LoadedGraph | undefined {
  if (graph !== undefined || bytes === undefined) return graph
  const followed = profile('documented')
  const world = createWorld(followed.release, { implementation: followed.implementation })
  const cls = { isSubclass: true, attributes: new Map() }
  try {
    const file = new BytesReader(bytesOfHex(bytes))
    const unpickler = new Unpickler(world, followed, cls, {}, file)
    return describeGraph(world, unpickler.load(), new Map())
  } catch (error) {
    if (error instanceof PickleError || error instanceof UnknownCallError) return undefined
    throw error
  }
}
