import { hexOfBytes } from '../../reference/index.ts'
import { Asker } from '../asker.ts'
import { DrawnCases } from '../drawn-cases.ts'
import { canBeAsked, followingEngines } from '../engine.ts'
import { isTooDeep } from '../judge.ts'
import { pickleAt } from '../loads/load-case.ts'
import type { Participant } from '../session.ts'
import { observedForCorpus, type Recorded, referenceDigest } from './corpus.ts'
import { digestOf, toldLoad, toldSteps } from './told.ts'

/** A longer question takes room and says little more. */
const longest = 3000

export type Recording = {
  readonly entries: readonly Recorded[]
  /** Answers that the reference does not give to the letter, such as a message it has otherwise. */
  readonly left: number
}

/**
 * Asks each engine in turn so many random questions, scenarios and pickles by turns, and keeps what it
 * answers where the reference answers the same to the letter: what it has otherwise is for a session.
 */
export async function recordAnswers(
  participants: readonly Participant[],
  seed: number,
  count: number,
  signal: AbortSignal,
): Promise<Recording> {
  const engines = participants.flatMap(({ started, subject }) => {
    const asker = new Asker(subject, signal)
    return followingEngines(started.hello).map((engine) => ({
      asker,
      engine,
      hello: started.hello,
    }))
  })
  const cases = new DrawnCases(seed)
  const entries: Recorded[] = []
  let left = 0
  for (let index = 0; index < count && !signal.aborted; index += 1) {
    const turn = Math.floor(index / 2)
    const asked = engines[turn % engines.length]
    if (asked === undefined) break
    const { asker, engine, hello } = asked
    let entry: Recorded | undefined
    if (index % 2 === 0) {
      const drawn = cases.at(turn)
      if (!('scenario' in drawn) || JSON.stringify(drawn.json).length > longest) continue
      if (!canBeAsked(drawn.scenario, hello)) continue
      const outcome = await asker.ask({
        ...{ scenario: drawn.scenario, engines: [engine.id], observe: observedForCorpus },
        protocols: [Math.floor(turn / engines.length) % 6],
      })
      const result = outcome.kind === 'answered' ? outcome.results[0] : undefined
      if (result === undefined || result.steps.some(isTooDeep)) continue
      const { orders, protocol, steps } = result
      entry = {
        ...{ scenario: drawn.json, profile: engine.follows, protocol },
        ...(orders !== undefined && orders.length > 0 && { orders }),
        digest: digestOf(toldSteps(steps)),
      }
    } else {
      const { pickle, buffers } = pickleAt({ seed, index: turn })
      const load = {
        pickle: hexOfBytes(pickle),
        ...(buffers && { buffers: buffers.map(hexOfBytes) }),
      }
      const world = turn % 2 === 0 ? 'symbols' : 'names'
      if (load.pickle.length > longest || !hello.capabilities.includes(`world:${world}`)) continue
      const outcome = await asker.load({ ...load, engines: [engine.id], world })
      const result = outcome.kind === 'answered' ? outcome.results[0] : undefined
      if (result === undefined) continue
      entry = {
        ...{ load, profile: engine.follows, world },
        ...(hello.wordSize === 32 && ({ wordSize: 32 } as const)),
        digest: digestOf(toldLoad(result)),
      }
    }
    if (sayOf(entry) === entry.digest) entries.push(entry)
    else left += 1
  }
  await Promise.all([...new Set(engines.map(({ asker }) => asker))].map((asker) => asker.close()))
  return { entries, left }
}

/** What the reference says, nothing when it makes no such object. */
function sayOf(entry: Recorded): string {
  try {
    return referenceDigest(entry)
  } catch {
    return ''
  }
}
