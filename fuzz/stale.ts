import { type Hello, parseScenario, type SubjectCommand } from '../conformance/index.ts'
import { Asker } from './asker.ts'
import { canBeAsked, followingEngines } from './engine.ts'
import { examine } from './examine.ts'
import { observed, type Predict } from './judge.ts'
import { isOfEngine, type Known, KnownDifferences } from './known-differences.ts'
import type { Participant } from './session.ts'

/**
 * The known differences that engines of these participants should show, and none does any more when it
 * is asked their example. Of what no participant could show nothing is known.
 *
 * @throws {ScenarioError} for an example that is no scenario
 */
export async function staleAmong(
  known: readonly Known[],
  participants: readonly Participant[],
  predict: (hello: Hello) => Predict,
  signal: AbortSignal,
): Promise<readonly Known[]> {
  const askers = new Map<SubjectCommand, Asker>()
  const stale: Known[] = []
  for (const one of known) {
    let isAsked = false
    let isShown = false
    for (const { subject, started } of participants) {
      const engines = followingEngines(started.hello).filter(({ follows }) =>
        isOfEngine(follows, one),
      )
      if (engines.length === 0 || isShown || signal.aborted) continue
      const scenario = parseScenario(one.example)
      if (!canBeAsked(scenario, started.hello)) continue
      const asker = askers.get(subject) ?? new Asker(subject, signal)
      askers.set(subject, asker)
      const question = {
        scenario,
        engines: engines.map(({ id }) => id),
        protocols: started.hello.protocols,
        observe: observed,
      }
      const follows = new Map(engines.map((engine) => [engine.id, engine.follows]))
      const outcome = await asker.ask(question)
      // An engine that was stopped said nothing.
      if (signal.aborted) continue
      const examined = examine(
        question,
        outcome,
        (id) => follows.get(id) ?? '',
        predict(started.hello),
      )
      const differences = new KnownDifferences([one])
      isAsked = true
      isShown = examined.sightings.some((sighting) => differences.explains(sighting, scenario))
    }
    if (isAsked && !isShown) stale.push(one)
  }
  await Promise.all([...askers.values()].map((asker) => asker.close()))
  return stale
}
