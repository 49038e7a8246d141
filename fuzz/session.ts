import {
  type Hello,
  observe,
  parseScenario,
  type Question,
  type Scenario,
  ScenarioError,
  type Started,
  type SubjectCommand,
} from '../conformance/index.ts'
import { Asker } from './asker.ts'
import { formatToken } from './case.ts'
import { DrawnCases } from './drawn-cases.ts'
import { followingEngines } from './engine.ts'
import { type Examined, examine, type Follows } from './examine.ts'
import { causeOf, type Finding, type Lead, shapeOf } from './finding.ts'
import type { JsonObject } from './json.ts'
import { observed, type Predict } from './judge.ts'
import { type Known, KnownDifferences } from './known-differences.ts'
import { minimize } from './minimize.ts'
import { type FuzzQuestion, questionsFor, type Range } from './questions.ts'
import { smaller } from './shrink.ts'

/** A subject that has said hello. */
export type Participant = { readonly subject: SubjectCommand; readonly started: Started }

export type SessionSettings = {
  readonly participants: readonly Participant[]
  readonly range: Range
  /** After so long no more scenarios are drawn. */
  readonly timeMs: number | undefined
  /** After so many checks no more scenarios are drawn. */
  readonly checks: number | undefined
  /** How long shrinking may go on behind that. */
  readonly shrinkMs: number
  /** What the reference does in the place of a subject that has said this. */
  readonly predict: (hello: Hello) => Predict
  readonly known: readonly Known[]
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  /** Told as soon as a difference is there in its least form, so that nothing is lost. */
  readonly onFinding: (finding: Finding) => void
}

export type Progress = {
  readonly scenarios: number
  readonly checks: number
  readonly findings: number
  readonly shrinking: number
  readonly seconds: number
}

export type SessionReport = {
  /** Different scenarios that were asked. */
  readonly scenarios: number
  /** Answers held against the reference, one for each engine and protocol. */
  readonly checks: number
  /** The same, by the profile that the engine follows. */
  readonly checksOf: ReadonlyMap<string, number>
  readonly seconds: number
  readonly findings: readonly Finding[]
  /** Scenarios that the parser refused, by token, with the reason. */
  readonly refused: readonly string[]
  /** Scenarios that some release cannot build. */
  readonly unbuildable: number
  /** Scenarios that recurse until a limit, which took an engine too long or too much memory. */
  readonly tooDeep: number
  /** How often each known difference was met. */
  readonly known: ReadonlyMap<Known, number>
  readonly isInterrupted: boolean
}

/** So many scenarios with one signature are shrunk: they may have more than one cause. */
const leadsPerCause = 3

/** The time one scenario may take to shrink, in milliseconds. */
const shrinkEachMs = 30_000

type Cause = { readonly leads: Lead[]; met: number; shrunk: number }

class Session {
  readonly #settings: SessionSettings
  readonly #known: KnownDifferences<Scenario, JsonObject>
  readonly #cases: DrawnCases
  readonly #predictions: ReadonlyMap<SubjectCommand, Predict>
  readonly #causes = new Map<string, Cause>()
  readonly #findings = new Map<string, Finding>()
  readonly #drawn = new Set<number>()
  readonly #refused = new Map<string, string>()
  readonly #began = performance.now()
  readonly #checksOf = new Map<string, number>()
  #checks = 0
  #unbuildable = 0
  #tooDeep = 0
  #wake: () => void = () => {}
  #isAsking = true

  constructor(settings: SessionSettings) {
    this.#settings = settings
    this.#known = new KnownDifferences(settings.known)
    this.#cases = new DrawnCases(settings.range.seed)
    this.#predictions = new Map(
      settings.participants.map(({ subject, started }) => [
        subject,
        settings.predict(started.hello),
      ]),
    )
  }

  async run(): Promise<SessionReport> {
    const { participants, signal } = this.#settings
    const shrinking = this.#shrinkAll()
    await Promise.all(participants.map((participant) => this.#ask(participant)))
    this.#isAsking = false
    this.#wake()
    await shrinking
    return {
      scenarios: this.#drawn.size,
      checks: this.#checks,
      checksOf: this.#checksOf,
      seconds: this.#seconds(),
      findings: [...this.#findings.values()],
      refused: [...this.#refused].map(([token, why]) => `${token}: ${why}`),
      unbuildable: this.#unbuildable,
      tooDeep: this.#tooDeep,
      known: this.#known.met,
      isInterrupted: signal.aborted,
    }
  }

  #seconds(): number {
    return (performance.now() - this.#began) / 1000
  }

  async #ask({ subject, started }: Participant): Promise<void> {
    const { checks, range, timeMs, signal } = this.#settings
    const most = checks ?? Number.POSITIVE_INFINITY
    const until = timeMs === undefined ? Number.POSITIVE_INFINITY : this.#began + timeMs
    const follows = followsOf(started)
    await observe(
      subject,
      questionsFor(started.hello, range, this.#cases, {
        goesOn: () => !signal.aborted && performance.now() < until && this.#checks < most,
        onDrawn: ({ index }) => this.#drawn.add(index),
        onRefused: (key, { message }) => this.#refused.set(formatToken(key), message),
        onUnmet: () => {},
      }),
      {
        started,
        signal,
        onOutcome: (question, outcome) => {
          if (signal.aborted) return
          this.#take(subject, question, this.#examine(subject, question, outcome, follows))
        },
      },
    )
  }

  #examine(
    subject: SubjectCommand,
    question: Question,
    outcome: Parameters<typeof examine>[1],
    follows: Follows,
  ): Examined {
    const predict = this.#predictions.get(subject)
    if (predict === undefined) throw new RangeError(`${subject.id} does not take part`)
    return examine(question, outcome, follows, predict)
  }

  #take(subject: SubjectCommand, question: FuzzQuestion, examined: Examined): void {
    const { checked, sightings, isTooDeep, isUnbuildable } = examined
    this.#checks += checked.length
    for (const profile of checked) {
      this.#checksOf.set(profile, (this.#checksOf.get(profile) ?? 0) + 1)
    }
    if (isUnbuildable) this.#unbuildable += 1
    if (isTooDeep) this.#tooDeep += 1
    const seen = new Set<string>()
    for (const sighting of sightings) {
      const lead: Lead = { subject, sighting, key: question.key, json: question.json }
      const cause = causeOf(lead)
      if (seen.has(cause) || this.#known.meets(sighting, question.scenario)) continue
      seen.add(cause)
      this.#lead(cause, lead)
    }
    this.#tell()
  }

  #lead(name: string, lead: Lead): void {
    const cause = this.#causes.get(name) ?? { leads: [], met: 0, shrunk: 0 }
    cause.met += 1
    if (cause.shrunk + cause.leads.length < leadsPerCause) cause.leads.push(lead)
    this.#causes.set(name, cause)
    this.#wake()
  }

  #tell(): void {
    const shrinking = [...this.#causes.values()].reduce((sum, { leads }) => sum + leads.length, 0)
    this.#settings.onProgress({
      scenarios: this.#drawn.size,
      checks: this.#checks,
      findings: this.#findings.size,
      shrinking,
      seconds: this.#seconds(),
    })
  }

  /** Works through the leads while scenarios are asked, and for a while behind that. */
  async #shrinkAll(): Promise<void> {
    const askers = new Map<SubjectCommand, Asker>()
    let until = Number.POSITIVE_INFINITY
    for (;;) {
      if (!this.#isAsking && until === Number.POSITIVE_INFINITY) {
        until = performance.now() + this.#settings.shrinkMs
      }
      const next = [...this.#causes.values()].find(({ leads }) => leads.length > 0)
      const lead = next?.leads.shift()
      if (next !== undefined && lead !== undefined) {
        next.shrunk += 1
        const asker = askers.get(lead.subject) ?? new Asker(lead.subject, this.#settings.signal)
        askers.set(lead.subject, asker)
        const finding = await this.#shrink(lead, asker, until)
        this.#keep(finding, next.met)
      } else if (this.#isAsking) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      } else break
    }
    await Promise.all([...askers.values()].map((asker) => asker.close()))
  }

  #keep(finding: Omit<Finding, 'met'>, met: number): void {
    const shape = shapeOf(finding)
    if (this.#findings.has(shape)) return
    const kept = { ...finding, met }
    this.#findings.set(shape, kept)
    this.#settings.onFinding(kept)
  }

  async #shrink(lead: Lead, asker: Asker, until: number): Promise<Omit<Finding, 'met'>> {
    const { signal } = this.#settings
    const left = Math.min(shrinkEachMs, until - performance.now())
    const whole = { ...lead, minimal: lead.json, path: '' }
    if (signal.aborted || left <= 0) return { ...whole, unshrunk: 'the time was up' }
    const follows = (): string => lead.sighting.follows
    const last = { sighting: lead.sighting }
    const fails = async (json: JsonObject): Promise<boolean> => {
      if (signal.aborted) return false
      const question = questionFor(json, lead)
      if (question === undefined) return false
      const outcome = await asker.ask(question)
      const { sightings } = this.#examine(lead.subject, question, outcome, follows)
      const same = sightings.find(
        (sighting) =>
          sighting.signature === lead.sighting.signature &&
          !this.#known.explains(sighting, question.scenario),
      )
      if (same !== undefined) last.sighting = same
      return same !== undefined
    }
    const minimal = await minimize(lead.json, smaller, fails, left)
    if (minimal === undefined)
      return { ...whole, unshrunk: 'it was not seen again when asked alone' }
    // What was seen last is not always what was seen of the least one.
    await fails(minimal.least)
    return {
      ...lead,
      sighting: last.sighting,
      minimal: minimal.least,
      path: minimal.path,
      ...(minimal.isCutShort && {
        unshrunk: 'the time was up before it was as small as it could be',
      }),
    }
  }
}

function followsOf({ hello }: Started): Follows {
  const engines = new Map(followingEngines(hello).map(({ id, follows }) => [id, follows]))
  return (engine) => engines.get(engine) ?? ''
}

/** The question that showed the difference, about another scenario; undefined when that is none. */
function questionFor(json: JsonObject, { sighting }: Lead): Question | undefined {
  try {
    return {
      scenario: parseScenario(json),
      engines: [sighting.engine],
      protocols: [sighting.protocol ?? 0],
      observe: observed,
    }
  } catch (error) {
    if (error instanceof ScenarioError) return undefined
    throw error
  }
}

/**
 * Asks each participant random scenarios and holds the answers against the reference, which follows
 * the profile of each engine. Differences that are not known are shrunk while it goes on. Rejects only
 * for a mistake of ours.
 */
export function fuzz(settings: SessionSettings): Promise<SessionReport> {
  return new Session(settings).run()
}
