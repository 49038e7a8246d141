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
  type WordSize,
} from '../../reference/index.ts'
import type { LoadResult, PickleToLoad } from '../protocol/message.ts'
import { refusalOf } from './materialize-observe.ts'

/**
 * What an unpickler of this profile makes of a pickle in a world, as the reference has it: a graph or a
 * refusal.
 *
 * @param wordSize the bits of a word of the machine that the engine runs on
 * @throws {RangeError} a profile that is not known
 */
export function expectedLoad(
  { pickle, buffers }: PickleToLoad,
  profileName: string,
  worldOfLoad: 'symbols' | 'names',
  wordSize: WordSize = 64,
): LoadResult {
  const followed = profile(profileName)
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
    return { engine: profileName, graph: describeGraph(world, unpickler.load(), new Map()) }
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return { engine: profileName, refused: refusalOf(error) }
  }
}
