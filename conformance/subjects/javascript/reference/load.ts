import {
  BytesReader,
  build,
  bytesOfHex,
  createWorld,
  describeGraph,
  namesOfWorld,
  PickleError,
  PyBytes,
  profile,
  symbolNames,
  Unpickler,
} from '../../../../reference/index.ts'
import type { LoadResult, PickleToLoad } from '../../../protocol/message.ts'
import { refusalOf } from '../../../scenario/materialize-observe.ts'

/** What the profile of an engine makes of a pickle in a world: a graph or a refusal. */
export function loadPickle(
  engine: string,
  worldOfLoad: 'symbols' | 'names',
  { pickle, buffers }: PickleToLoad,
  wordSize: 32 | 64 = 64,
): LoadResult {
  const followed = profile(engine)
  const world = createWorld(followed.release, { implementation: followed.implementation })
  const given = buffers?.map((hex) => new PyBytes(bytesOfHex(hex)))
  try {
    const unpickler = new Unpickler(
      world,
      followed,
      { isSubclass: true, attributes: new Map() },
      {
        wordSize,
        names: worldOfLoad === 'symbols' ? symbolNames(world) : namesOfWorld(world),
        ...(given !== undefined && { buffers: build.list(...given) }),
      },
      new BytesReader(bytesOfHex(pickle)),
    )
    return { engine, graph: describeGraph(world, unpickler.load(), new Map()) }
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return { engine, refused: refusalOf(error) }
  }
}
