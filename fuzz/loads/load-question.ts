import type { Hello, LoadQuestion } from '../../conformance/index.ts'
import { hexOfBytes } from '../../reference/index.ts'
import { type FollowingEngine, followingEngines } from '../engine.ts'
import type { Range } from '../questions.ts'
import { type LoadKey, pickleAt } from './load-case.ts'

/** A question of the session, with where its pickle comes from. */
export type DrawnLoad = LoadQuestion & { readonly key: LoadKey }

export const worlds = ['symbols', 'names'] as const

/** The engines of a subject that loads can be compared of. */
export function loadingEngines(hello: Hello): readonly FollowingEngine[] {
  return hello.roles.includes('load') ? followingEngines(hello) : []
}

/** Pickles asked in the same world share requests, so they come in blocks. */
const blockSize = 64

/**
 * All questions for a subject: every pickle in each world, by each engine apart, so that a subject that
 * dies is known to have died of one of them.
 */
export function* loadQuestionsFor(
  hello: Hello,
  { seed, shard, cases }: Pick<Range, 'seed' | 'shard' | 'cases'>,
  asking: { readonly goesOn: () => boolean; readonly onDrawn: (key: LoadKey) => void },
): Generator<DrawnLoad> {
  const engines = loadingEngines(hello).map(({ id }) => id)
  let block: Omit<DrawnLoad, 'world' | 'engines'>[] = []
  function* asked(): Generator<DrawnLoad> {
    for (const world of worlds) {
      for (const engine of engines) {
        for (const drawn of block) yield { ...drawn, engines: [engine], world }
      }
    }
    block = []
  }
  for (let index = shard.index; cases === undefined || index < cases; index += shard.of) {
    if (!asking.goesOn()) break
    const key = { seed, index }
    asking.onDrawn(key)
    block.push({ key, ...drawnAt(key) })
    if (block.length === blockSize) yield* asked()
  }
  yield* asked()
}

function drawnAt(key: LoadKey): Pick<LoadQuestion, 'pickle' | 'buffers'> {
  const { pickle, buffers } = pickleAt(key)
  return {
    pickle: hexOfBytes(pickle),
    ...(buffers !== undefined && { buffers: buffers.map(hexOfBytes) }),
  }
}
