import { Asker } from '../asker.ts'
import { isOfEngine, KnownDifferences } from '../known-differences.ts'
import type { Participant } from '../session.ts'
import { examineLoad, type PredictLoad } from './examine-load.ts'
import type { KnownLoad } from './known-load-differences.ts'
import { loadingEngines } from './load-question.ts'

/**
 * The known differences that engines of these participants should show, and none does any more when it
 * is asked their example. Of what no participant could show nothing is known.
 */
export async function staleLoadsAmong(
  known: readonly KnownLoad[],
  participants: readonly Participant[],
  predict: (started: Participant['started']) => PredictLoad,
  signal: AbortSignal,
): Promise<readonly KnownLoad[]> {
  const pending = new Set(known)
  const asked = new Set<KnownLoad>()
  for (const { subject, started } of participants) {
    const asker = new Asker(subject, signal)
    for (const one of pending) {
      const engines = loadingEngines(started.hello).filter(({ follows }) =>
        isOfEngine(follows, one),
      )
      if (engines.length === 0 || signal.aborted) continue
      const question = { ...one.example, engines: engines.map(({ id }) => id) }
      const follows = new Map(engines.map((engine) => [engine.id, engine.follows]))
      const outcome = await asker.load(question)
      // An engine that was stopped said nothing.
      if (signal.aborted) continue
      asked.add(one)
      const { sightings } = examineLoad(
        question,
        outcome,
        (id) => follows.get(id) ?? '',
        predict(started),
      )
      const differences = new KnownDifferences([one])
      if (sightings.some((sighting) => differences.explains(sighting, question) !== undefined)) {
        pending.delete(one)
      }
    }
    await asker.close()
  }
  return [...pending].filter((one) => asked.has(one))
}
