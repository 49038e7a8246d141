import {
  type Hello,
  parseScenario,
  type SubjectCommand,
  startSubject,
} from '../conformance/index.ts'
import { Asker } from './asker.ts'
import { canBeAsked, followingEngines } from './engine.ts'
import { type Examined, examine } from './examine.ts'
import type { JsonObject } from './json.ts'
import { observed, type Predict } from './judge.ts'

/** What one subject made of the scenario. */
export type Replayed = { readonly subject: SubjectCommand; readonly examined: Examined }

/**
 * Asks each subject one scenario again, every engine at every protocol, if it is to be asked at all.
 *
 * @throws {ScenarioError} when it is none
 */
export async function* replay(
  subjects: readonly SubjectCommand[],
  json: JsonObject,
  predict: (hello: Hello) => Predict,
  signal: AbortSignal,
  isAsked: (subject: SubjectCommand, hello: Hello) => boolean,
): AsyncGenerator<Replayed> {
  const scenario = parseScenario(json)
  for (const subject of subjects) {
    const started = await startSubject(subject, signal)
    if (!('hello' in started)) continue
    await started.seat.conversation.stop()
    const { hello } = started
    const engines = followingEngines(hello)
    if (engines.length === 0 || !canBeAsked(scenario, hello)) continue
    if (!isAsked(subject, hello)) continue
    const asker = new Asker(subject, signal)
    const question = {
      scenario,
      engines: engines.map(({ id }) => id),
      protocols: hello.protocols,
      observe: observed,
    }
    const profiles = new Map(engines.map(({ id, follows }) => [id, follows]))
    const outcome = await asker.ask(question)
    await asker.close()
    const follows = (id: string): string => profiles.get(id) ?? ''
    yield { subject, examined: examine(question, outcome, follows, predict(hello)) }
  }
}
