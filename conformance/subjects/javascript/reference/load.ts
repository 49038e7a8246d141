import {
  BytesReader,
  build,
  bytesOfHex,
  createWorld,
  namesOfWorld,
  PickleError,
  type Profile,
  PyBytes,
  symbolNames,
  Unpickler,
} from '../../../../reference/index.ts'
import type { LoadResult, PickleToLoad } from '../../../protocol/message.ts'
import { describeGraph } from '../../../scenario/describe-graph.ts'
import { refusalOf } from '../../../scenario/materialize-observe.ts'

type Outcome = LoadResult extends infer R ? Omit<R & { readonly engine: string }, 'engine'> : never

/** What a profile makes of a pickle in a world: a graph or a refusal. */
export function loadPickle(
  profile: Profile,
  worldOfLoad: 'symbols' | 'names',
  { pickle, buffers }: PickleToLoad,
  wordSize: 32 | 64 = 64,
): Outcome {
  const world = createWorld(profile.release, { implementation: profile.implementation })
  const given = buffers?.map((hex) => new PyBytes(bytesOfHex(hex)))
  try {
    const unpickler = new Unpickler(
      world,
      profile,
      { isSubclass: true, attributes: new Map() },
      {
        wordSize,
        names: worldOfLoad === 'symbols' ? symbolNames(world) : namesOfWorld(world),
        ...(given !== undefined && { buffers: build.list(...given) }),
      },
      new BytesReader(bytesOfHex(pickle)),
    )
    const graph = describeGraph(world, unpickler.load(), new Map())
    return { graph } as unknown as Outcome
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return { refused: refusalOf(error) } as unknown as Outcome
  }
}
