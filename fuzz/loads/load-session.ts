import { observeLoads, type Started, type SubjectCommand } from '../../conformance/index.ts'
import { Asker } from '../asker.ts'
import { KnownDifferences } from '../known-differences.ts'
import { minimize } from '../minimize.ts'
import type { Range } from '../questions.ts'
import type { Participant } from '../session.ts'
import { answersOf, type ExaminedLoad, examineLoad, type PredictLoad } from './examine-load.ts'
import type { KnownLoad, LoadAsked } from './known-load-differences.ts'
import { causeOfLead, type LoadFinding, type LoadLead, shapeOfFinding } from './load-finding.ts'
import { type DrawnLoad, loadingEngines, loadQuestionsFor } from './load-question.ts'
import { smallerPickles } from './smaller-pickle.ts'

export type LoadSessionSettings = {
  readonly participants: readonly Participant[]
  readonly range: Pick<Range, 'seed' | 'shard' | 'cases'>
  /** After so long no more pickles are drawn. */
  readonly timeMs: number | undefined
  /** After so many checks no more pickles are drawn. */
  readonly checks: number | undefined
  /** How long shrinking may go on behind that. */
  readonly shrinkMs: number
  readonly predict: (started: Started) => PredictLoad
  readonly known: readonly KnownLoad[]
  readonly signal: AbortSignal
  readonly onProgress: (progress: LoadProgress) => void
  /** Told as soon as a difference is there in its least form. */
  readonly onFinding: (finding: LoadFinding) => void
}

export type LoadProgress = {
  readonly pickles: number
  readonly checks: number
  readonly leads: number
  readonly seconds: number
}

export type LoadReport = {
  /** Different pickles that were asked. */
  readonly pickles: number
  /** Answers held against the reference, one for each engine and world. */
  readonly checks: number
  /** How many of the answers were values. */
  readonly accepted: number
  /** The checks of each profile. */
  readonly perProfile: ReadonlyMap<string, number>
  readonly seconds: number
  readonly findings: readonly LoadFinding[]
  /** How often each known difference was met. */
  readonly known: ReadonlyMap<KnownLoad, number>
  readonly isInterrupted: boolean
}

/** So many pickles with one signature are shrunk: they may have more than one cause. */
const leadsPerCause = 3

/** The time one pickle may take to shrink, in milliseconds. */
const shrinkEachMs = 20_000

type Cause = { readonly leads: LoadLead[]; met: number }

class LoadSession {
  readonly #settings: LoadSessionSettings
  readonly #known: KnownDifferences<LoadAsked, LoadAsked>
  readonly #causes = new Map<string, Cause>()
  readonly #findings = new Map<string, LoadFinding>()
  readonly #drawn = new Set<number>()
  readonly #perProfile = new Map<string, number>()
  readonly #began = performance.now()
  #checks = 0
  #accepted = 0
  #leads = 0

  constructor(settings: LoadSessionSettings) {
    this.#settings = settings
    this.#known = new KnownDifferences(settings.known)
  }

  async run(): Promise<LoadReport> {
    const { participants, signal } = this.#settings
    const { stackTraceLimit } = Error
    // Most pickles are refused, and nobody looks where.
    Error.stackTraceLimit = 0
    try {
      await Promise.all(participants.map((participant) => this.#ask(participant)))
    } finally {
      Error.stackTraceLimit = stackTraceLimit
    }
    const seconds = this.#seconds()
    await this.#shrinkAll()
    return {
      pickles: this.#drawn.size,
      checks: this.#checks,
      accepted: this.#accepted,
      perProfile: this.#perProfile,
      seconds,
      findings: [...this.#findings.values()],
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
    const predict = this.#settings.predict(started)
    const questions = loadQuestionsFor(started.hello, range, {
      goesOn: () => !signal.aborted && performance.now() < until && this.#checks < most,
      onDrawn: ({ index }) => this.#drawn.add(index),
    })
    await observeLoads<DrawnLoad>(subject, questions, {
      started,
      signal,
      onOutcome: (question, outcome) => {
        if (signal.aborted) return
        for (const result of answersOf(outcome)) {
          this.#count(follows(result.engine), 'graph' in result)
        }
        this.#take(subject, question, examineLoad(question, outcome, follows, predict))
      },
    })
  }

  #count(profile: string, isAccepted: boolean): void {
    this.#checks += 1
    if (isAccepted) this.#accepted += 1
    this.#perProfile.set(profile, (this.#perProfile.get(profile) ?? 0) + 1)
  }

  #take(subject: SubjectCommand, question: DrawnLoad, { sightings }: ExaminedLoad): void {
    for (const sighting of sightings) {
      if (this.#known.meets(sighting, question)) continue
      const lead: LoadLead = { subject, sighting, key: question.key, question }
      const name = causeOfLead(lead)
      const cause = this.#causes.get(name) ?? { leads: [], met: 0 }
      cause.met += 1
      this.#leads += 1
      keepShortest(cause.leads, lead)
      this.#causes.set(name, cause)
    }
    this.#settings.onProgress({
      pickles: this.#drawn.size,
      checks: this.#checks,
      leads: this.#leads,
      seconds: this.#seconds(),
    })
  }

  async #shrinkAll(): Promise<void> {
    const { participants, shrinkMs } = this.#settings
    const askers = new Map<SubjectCommand, Asker>()
    const until = performance.now() + shrinkMs
    for (const { leads, met } of this.#causes.values()) {
      for (const lead of leads) {
        const participant = participants.find(({ subject }) => subject === lead.subject)
        if (participant === undefined) continue
        const asker = askers.get(lead.subject) ?? new Asker(lead.subject, this.#settings.signal)
        askers.set(lead.subject, asker)
        const finding = await this.#shrink(lead, participant.started, asker, until)
        this.#keep({ ...finding, met })
      }
    }
    await Promise.all([...askers.values()].map((asker) => asker.close()))
  }

  #keep(finding: LoadFinding): void {
    const shape = shapeOfFinding(finding)
    if (this.#findings.has(shape)) return
    this.#findings.set(shape, finding)
    this.#settings.onFinding(finding)
  }

  async #shrink(
    lead: LoadLead,
    started: Started,
    asker: Asker,
    until: number,
  ): Promise<Omit<LoadFinding, 'met'>> {
    const { signal } = this.#settings
    const left = Math.min(shrinkEachMs, until - performance.now())
    const whole = { ...lead, minimal: lead.question.pickle, path: '' }
    if (signal.aborted || left <= 0) return { ...whole, unshrunk: 'the time was up' }
    const predict = this.#settings.predict(started)
    const last = { sighting: lead.sighting }
    const fails = async (pickle: string): Promise<boolean> => {
      if (signal.aborted) return false
      const question = { ...lead.question, pickle, engines: [lead.sighting.engine] }
      const outcome = await asker.load(question)
      const { sightings } = examineLoad(question, outcome, () => lead.sighting.follows, predict)
      const same = sightings.find(
        (sighting) =>
          sighting.signature === lead.sighting.signature &&
          this.#known.explains(sighting, question) === undefined,
      )
      if (same !== undefined) last.sighting = same
      return same !== undefined
    }
    const minimal = await minimize(lead.question.pickle, smallerPickles, fails, left)
    if (minimal === undefined)
      return { ...whole, unshrunk: 'it was not seen again when asked alone' }
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

/** Keeps the shortest pickles of a cause, which are the quickest to shrink. */
function keepShortest(leads: LoadLead[], lead: LoadLead): void {
  leads.push(lead)
  leads.sort((one, other) => one.question.pickle.length - other.question.pickle.length)
  leads.length = Math.min(leads.length, leadsPerCause)
}

/** The profile that each engine of a subject follows. */
export function followsOf({ hello }: Pick<Started, 'hello'>): (engine: string) => string {
  const engines = new Map(loadingEngines(hello).map(({ id, follows }) => [id, follows]))
  return (engine) => engines.get(engine) ?? ''
}

/**
 * Asks each participant to load random pickles, most of them damaged, and holds the answers against the
 * reference, which follows the profile of each engine. Differences that are not known are shrunk
 * afterwards. Rejects only for a mistake of ours.
 */
export function fuzzLoads(settings: LoadSessionSettings): Promise<LoadReport> {
  return new LoadSession(settings).run()
}
