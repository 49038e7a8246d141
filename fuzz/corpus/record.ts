import { type Hello, type PickleToLoad, parseScenario } from '../../conformance/index.ts'
import { hexOfBytes } from '../../reference/index.ts'
import { Asker } from '../asker.ts'
import { DrawnCases } from '../drawn-cases.ts'
import { canBeAsked, followingEngines } from '../engine.ts'
import type { JsonObject } from '../json.ts'
import { isTooDeep } from '../judge.ts'
import { pickleAt } from '../loads/load-case.ts'
import type { Participant } from '../session.ts'
import { observedForCorpus, type Recorded, referenceDigest } from './corpus.ts'
import type { PickedQuestion } from './picked.ts'
import { digestOf, toldLoad, toldSteps } from './told.ts'

/** A longer question takes room and says little more. */
const longest = 3000

export type Recording = {
  readonly entries: readonly Recorded[]
  /** Answers that the reference does not give to the letter, such as a message it has otherwise. */
  readonly left: number
}

type Engine = {
  readonly asker: Asker
  readonly engine: ReturnType<typeof followingEngines>[number]
  readonly hello: Hello
}

/** Asks with the engines of all participants, and closes what asked. */
async function withEngines(
  participants: readonly Participant[],
  signal: AbortSignal,
  act: (engines: readonly Engine[]) => Promise<Recording>,
): Promise<Recording> {
  const engines = participants.flatMap(({ started: { hello }, subject }): Engine[] => {
    const asker = new Asker(subject, signal)
    return followingEngines(hello).map((engine) => ({ asker, engine, hello }))
  })
  try {
    return await act(engines)
  } finally {
    await Promise.all([...new Set(engines.map(({ asker }) => asker))].map((one) => one.close()))
  }
}

/**
 * Asks each engine in turn so many random questions, scenarios and pickles by turns, and keeps what it
 * answers where the reference answers the same to the letter: what it has otherwise is for a session.
 */
export function recordAnswers(
  participants: readonly Participant[],
  seed: number,
  count: number,
  signal: AbortSignal,
): Promise<Recording> {
  return withEngines(participants, signal, async (engines) => {
    const cases = new DrawnCases(seed)
    const entries: Recorded[] = []
    let left = 0
    for (let index = 0; index < count && !signal.aborted; index += 1) {
      const turn = Math.floor(index / 2)
      const engine = engines[turn % engines.length]
      if (engine === undefined) break
      let entry: Recorded | undefined
      if (index % 2 === 0) {
        const drawn = cases.at(turn)
        if (!('scenario' in drawn) || JSON.stringify(drawn.json).length > longest) continue
        entry = await askScenario(engine, drawn.json, Math.floor(turn / engines.length) % 6)
      } else {
        const { pickle, buffers } = pickleAt({ seed, index: turn })
        const load = {
          pickle: hexOfBytes(pickle),
          ...(buffers && { buffers: buffers.map(hexOfBytes) }),
        }
        if (load.pickle.length > longest) continue
        entry = await askLoad(engine, load, turn % 2 === 0 ? 'symbols' : 'names')
      }
      if (entry === undefined) continue
      if (sayOf(entry) === entry.digest) entries.push(entry)
      else left += 1
    }
    return { entries, left }
  })
}

/**
 * Asks every engine each of the questions, and keeps one answer of those that are the same: that of
 * the first to give it.
 */
export function recordQuestions(
  participants: readonly Participant[],
  questions: readonly PickedQuestion[],
  signal: AbortSignal,
): Promise<Recording> {
  return withEngines(participants, signal, async (engines) => {
    const entries: Recorded[] = []
    let left = 0
    for (const question of questions) {
      const met = new Set<string>()
      for (const engine of engines) {
        for (const entry of await answersTo(engine, question)) {
          const said = `${entry.digest} ${'load' in entry ? entry.world : ''}`
          if (met.has(said)) continue
          met.add(said)
          if (sayOf(entry) === entry.digest) entries.push({ why: question.why, ...entry })
          else left += 1
        }
      }
    }
    return { entries, left }
  })
}

async function answersTo(engine: Engine, question: PickedQuestion): Promise<Recorded[]> {
  const entries: (Recorded | undefined)[] = []
  if ('load' in question) {
    for (const world of ['symbols', 'names'] as const) {
      entries.push(await askLoad(engine, question.load, world))
    }
  } else {
    for (const protocol of question.protocols ?? [0, 2, 4]) {
      entries.push(await askScenario(engine, question.scenario, protocol))
    }
  }
  return entries.filter((one) => one !== undefined)
}

async function askScenario(
  { asker, engine, hello }: Engine,
  json: JsonObject,
  protocol: number,
): Promise<Recorded | undefined> {
  const scenario = parseScenario(json)
  if (!canBeAsked(scenario, hello)) return undefined
  const outcome = await asker.ask({
    ...{ scenario, engines: [engine.id], observe: observedForCorpus, protocols: [protocol] },
  })
  const result = outcome.kind === 'answered' ? outcome.results[0] : undefined
  if (result === undefined || result.steps.some(isTooDeep)) return undefined
  const { orders, steps } = result
  return {
    ...{ scenario: json, profile: engine.follows, protocol: result.protocol },
    ...(orders !== undefined && orders.length > 0 && { orders }),
    digest: digestOf(toldSteps(steps)),
  }
}

async function askLoad(
  { asker, engine, hello }: Engine,
  load: PickleToLoad,
  world: 'symbols' | 'names',
): Promise<Recorded | undefined> {
  if (!hello.capabilities.includes(`world:${world}`)) return undefined
  const outcome = await asker.load({ ...load, engines: [engine.id], world })
  const result = outcome.kind === 'answered' ? outcome.results[0] : undefined
  if (result === undefined) return undefined
  return {
    ...{ load, profile: engine.follows, world },
    ...(hello.wordSize === 32 && ({ wordSize: 32 } as const)),
    digest: digestOf(toldLoad(result)),
  }
}

/** What the reference says, nothing when it makes no such object. */
function sayOf(entry: Recorded): string {
  try {
    return referenceDigest(entry)
  } catch {
    return ''
  }
}
