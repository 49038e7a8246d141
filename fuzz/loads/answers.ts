import type { LoadResult, Outcome, PickleToLoad } from '../../conformance/index.ts'
import { Asker } from '../asker.ts'
import type { Participant } from '../session.ts'
import { loadingEngines, worlds } from './load-question.ts'

/** What one engine made of a pickle in a world. */
export type Answered = {
  readonly profile: string
  readonly world: 'symbols' | 'names'
  readonly wordSize: number
  readonly result: LoadResult
}

/** What became of a pickle that a participant was asked in a world. */
export type Reaction<Loaded extends PickleToLoad> = {
  readonly loaded: Loaded
  readonly participant: Participant
  readonly engines: readonly string[]
  readonly world: 'symbols' | 'names'
  readonly outcome: Outcome<readonly LoadResult[]>
}

/** Asks each participant some pickles in both worlds. */
export async function* reactionsTo<Loaded extends PickleToLoad>(
  given: readonly Loaded[],
  participants: readonly Participant[],
  signal: AbortSignal,
): AsyncGenerator<Reaction<Loaded>> {
  for (const participant of participants) {
    const { started, subject } = participant
    const engines = loadingEngines(started.hello).map(({ id }) => id)
    if (engines.length === 0) continue
    const asker = new Asker(subject, signal)
    for (const loaded of given) {
      for (const world of worlds) {
        if (signal.aborted) break
        const outcome = await asker.load({ ...loaded, engines, world })
        yield { loaded, participant, engines, world, outcome }
      }
    }
    await asker.close()
  }
}

/** The answers among the reactions, engine by engine. */
export function answeredIn({ outcome, participant, world }: Reaction<PickleToLoad>): Answered[] {
  if (outcome.kind !== 'answered') return []
  const { hello } = participant.started
  return outcome.results.flatMap((result) => {
    const profile = loadingEngines(hello).find(({ id }) => id === result.engine)?.follows
    return profile === undefined ? [] : [{ profile, world, wordSize: hello.wordSize, result }]
  })
}
