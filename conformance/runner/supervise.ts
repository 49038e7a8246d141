import { type Answer, adapterProtocol, type Hello, type Request } from '../protocol/message.ts'
import { type Death, encode, type Owed, type Reply } from './conversation.ts'
import { Queue } from './queue.ts'
import { type Seat, type Started, startSubject } from './seat.ts'
import type { SubjectCommand } from './subject.ts'

/** How questions of one kind travel, and what answers to them say. */
export type Traffic<Q, R> = {
  /** Questions with equal keys may share a request. */
  readonly key: (question: Q) => string
  /** It may harm what runs beside it: asked in a process of its own. */
  readonly isAlone: (question: Q) => boolean
  readonly request: (id: number, questions: readonly Q[]) => Request
  /** What the answer says, or how it breaks the contract. */
  readonly read: (
    answer: Answer,
    question: Q,
  ) => { readonly results: R } | { readonly found: string }
}

type InCompany<R> = {
  /** It did not happen again when the question was asked alone. */
  readonly inCompanyOnly: boolean
  /** What was answered then. */
  readonly alone?: R
}

/** What became of one question. */
export type Outcome<R> =
  | { readonly kind: 'answered'; readonly results: R; readonly ms: number }
  | (Exclude<Death, { readonly kind: 'harness-error' }> & InCompany<R>)
  | {
      readonly kind: 'harness-error'
      readonly message: string
      readonly by?: 'adapter' | 'environment'
    }

/** All questions, or what makes them of what the subject says of itself. */
export type Questions<Q> = Iterable<Q> | ((hello: Hello) => Iterable<Q>)

export type Supervision<Q, R> = {
  /** Told once for every question, in no fixed order. */
  readonly onOutcome: (question: Q, outcome: Outcome<R>) => void
  readonly signal?: AbortSignal
  /** The first process, when it is there already. */
  readonly started?: Started
  /** Questions in one request. */
  readonly batch?: number
  /** Requests on their way at once. */
  readonly inFlight?: number
  /** Bytes of requests on their way at once; a longer one travels by itself. */
  readonly bytesInFlight?: number
  /** After so many deaths in a row without an answer between them the rest is not asked. */
  readonly patience?: number
}

export type Summary = {
  /** Undefined when the subject never said it; `refused` says why. */
  readonly hello: Hello | undefined
  readonly refused: Death | undefined
  /** Processes started after the first. */
  readonly restarts: number
  readonly isAborted: boolean
}

const interrupted: Death = {
  kind: 'harness-error',
  message: 'the run was interrupted',
  by: 'environment',
}

const atOnce = { batch: 64, inFlight: 3, bytesInFlight: 4 * 1024 * 1024, patience: 20 }

type Held<Q, R> = { readonly question: Q; readonly outcome: Outcome<R> }

/** What a stream of questions through one process came to. */
type StreamEnd<Q, R> = {
  /** Undefined when every question was answered and the process still answers. */
  readonly death: Death | undefined
  /** The question that it died of, if it was asked any, and those behind it; the rest was told. */
  readonly suspect: Q | undefined
  readonly unanswered: readonly Q[]
  /** The answer given last, when it is not told yet. */
  readonly held: Held<Q, R> | undefined
}

class Supervisor<Q, R> {
  readonly #subject: SubjectCommand
  readonly #traffic: Traffic<Q, R>
  readonly #options: Required<Omit<Supervision<Q, R>, 'signal' | 'started'>> & {
    signal: AbortSignal | undefined
  }
  readonly #questions: Questions<Q>
  #queue: Queue<Q>
  readonly #apart: Q[] = []
  #seat: Seat | undefined
  #hello: Hello | undefined
  #refused: Death | undefined
  #starts = 0
  #deathsInARow = 0
  #nextId = 1

  constructor(
    subject: SubjectCommand,
    questions: Questions<Q>,
    traffic: Traffic<Q, R>,
    options: Supervision<Q, R>,
  ) {
    this.#subject = subject
    this.#traffic = traffic
    this.#options = { signal: undefined, ...atOnce, ...options }
    this.#questions = questions
    if (options.started !== undefined) {
      this.#starts = 1
      this.#take(options.started)
    }
    this.#queue = new Queue(typeof questions === 'function' ? [] : questions, traffic.key)
  }

  get #isAborted(): boolean {
    return this.#options.signal?.aborted === true
  }

  async run(): Promise<Summary> {
    const abort = (): void => {
      this.#seat?.end({ death: interrupted, guilty: undefined })
    }
    this.#options.signal?.addEventListener('abort', abort, { once: true })
    try {
      await this.#meet()
      await this.#together()
      await this.#eachApart()
      if (this.#isAborted) await this.#seat?.conversation.abandon()
      else await this.#seat?.conversation.stop()
    } finally {
      this.#options.signal?.removeEventListener('abort', abort)
    }
    return {
      hello: this.#hello,
      refused: this.#refused,
      restarts: Math.max(0, this.#starts - 1),
      isAborted: this.#isAborted,
    }
  }

  /** Hears the hello that the questions depend on; without one there are none. */
  async #meet(): Promise<void> {
    if (typeof this.#questions !== 'function') return
    await this.#sit()
    if (this.#hello === undefined) return
    this.#queue = new Queue(this.#questions(this.#hello), this.#traffic.key)
  }

  /** All questions that may share a process, with a new one after each death. */
  async #together(): Promise<void> {
    while (!this.#isAborted) {
      if (this.#deathsInARow >= this.#options.patience) return this.#notAsked()
      const first = this.#nextTogether()
      if (first === undefined) return
      this.#queue.putBack([first])
      const seat = await this.#sit()
      if (this.#isAborted) return
      if (seat === undefined) return this.#refuseAll()
      const end = await this.#stream(seat, () => this.#batch())
      if (this.#isAborted) return
      this.#queue.putBack(end.unanswered)
      if (end.death === undefined) {
        if (end.held !== undefined) this.#tell(end.held.question, end.held.outcome)
        continue
      }
      if (end.suspect !== undefined) await this.#again(end.suspect, end.death, end.held)
      else this.#deathsInARow += 1
    }
  }

  #nextTogether(): Q | undefined {
    for (;;) {
      const question = this.#queue.next()
      if (question === undefined || !this.#traffic.isAlone(question)) return question
      this.#apart.push(question)
    }
  }

  #batch(): Q[] {
    const batch = this.#queue.batch(this.#options.batch)
    const together = batch.filter((question) => !this.#traffic.isAlone(question))
    this.#apart.push(...batch.filter((question) => this.#traffic.isAlone(question)))
    // An empty batch means the end, unless all of this one is to be asked apart.
    return batch.length > 0 && together.length === 0 ? this.#batch() : together
  }

  async #eachApart(): Promise<void> {
    for (
      let question = this.#apart.shift();
      question !== undefined;
      question = this.#apart.shift()
    ) {
      if (this.#isAborted) return
      if (this.#deathsInARow >= this.#options.patience) {
        this.#apart.unshift(question)
        return this.#notAsked()
      }
      const outcome = await this.#askApart(question)
      if (this.#isAborted) return
      if (outcome === undefined) {
        this.#apart.unshift(question)
        return this.#refuseAll()
      }
      this.#tell(question, outcome)
    }
  }

  /**
   * The process died of this question, in company; now it is asked alone in a fresh one. When that
   * goes well, so is the one before: what it did may have shown late.
   */
  async #again(question: Q, death: Death, before: Held<Q, R> | undefined): Promise<void> {
    const outcome = await this.#askAlone(question)
    if (outcome?.kind !== 'answered') {
      if (before !== undefined) this.#tell(before.question, before.outcome)
      // When it cannot be started again, what was seen is what is told.
      this.#tell(question, outcome ?? fallen(death, false))
      return
    }
    const second = before === undefined ? undefined : await this.#askApart(before.question)
    this.#deathsInARow = 0
    const isBefore = isDeath(second) && before?.outcome.kind === 'answered'
    if (before !== undefined) this.#tell(before.question, isBefore ? second : before.outcome)
    this.#tell(question, isBefore ? outcome : fallen(death, true, outcome.results))
  }

  /** As {@link #askAlone}, in a process that was asked nothing else. */
  async #askApart(question: Q): Promise<Outcome<R> | undefined> {
    await this.#leave()
    return this.#askAlone(question)
  }

  /** Undefined when the subject cannot be started. */
  async #askAlone(question: Q): Promise<Outcome<R> | undefined> {
    const seat = await this.#sit()
    if (seat === undefined) return undefined
    let isAsked = false
    const end = await this.#stream(seat, () => {
      if (isAsked) return []
      isAsked = true
      return [question]
    })
    if (end.death === undefined) return end.held?.outcome
    this.#deathsInARow += 1
    return fallen(end.death, false)
  }

  /** The process at hand, else a new one; undefined when it cannot be started. */
  async #sit(): Promise<Seat | undefined> {
    if (this.#seat !== undefined) return this.#seat
    // A restart may fail once, for want of some resource; the first start may not.
    for (let tries = this.#hello === undefined ? 1 : 2; tries > 0; tries -= 1) {
      if (this.#isAborted) return undefined
      this.#starts += 1
      const started = await startSubject(this.#subject, this.#options.signal)
      if ('seat' in started) return this.#take(started)
      this.#refused = started
    }
    return undefined
  }

  #take({ hello, seat }: Started): Seat {
    this.#hello ??= hello
    this.#seat = seat
    return seat
  }

  async #leave(): Promise<void> {
    await this.#seat?.conversation.stop()
    this.#seat = undefined
  }

  /**
   * Sends batches until there are none or the process dies. An answer is told when the next line
   * has come, so that a second answer to the same question is blamed on the right one; a hello
   * after the last question makes sure of that one.
   */
  async #stream(seat: Seat, nextBatch: () => readonly Q[]): Promise<StreamEnd<Q, R>> {
    const { inFlight, bytesInFlight } = this.#options
    const owing = new Map<Owed, Q>()
    let held: (Held<Q, R> & { readonly owed: Owed }) | undefined
    let requests = 0
    let bytes = 0
    let isHeard = false

    const confirm = (): void => {
      if (held !== undefined) this.#tell(held.question, held.outcome)
      held = undefined
    }
    const send = (questions: readonly Q[]): Promise<void> => {
      const id = this.#nextId
      this.#nextId += 1
      const request = encode(this.#traffic.request(id, questions))
      const size = request.length
      requests += 1
      bytes += size
      let left = questions.length
      const lines = questions.map((question, index): Owed => {
        const owed: Owed = {
          id,
          index,
          onReply: (reply) => {
            owing.delete(owed)
            confirm()
            held = { question, outcome: this.#outcome(reply, question), owed }
            left -= 1
            if (left === 0) {
              requests -= 1
              bytes -= size
            }
            seat.progress()
          },
        }
        owing.set(owed, question)
        return owed
      })
      return seat.conversation.ask(request, lines)
    }
    const sound = (): void => {
      const id = this.#nextId
      this.#nextId += 1
      const onReply = (): void => {
        isHeard = true
        seat.progress()
      }
      const request = encode({ id, request: 'hello', protocol: adapterProtocol })
      void seat.conversation.ask(request, [{ id, onReply }])
    }

    for (;;) {
      while (seat.ending === undefined && requests < inFlight && bytes < bytesInFlight) {
        const batch = nextBatch()
        if (batch.length === 0) break
        await Promise.race([send(batch), seat.change()])
      }
      if (seat.ending !== undefined || requests === 0) break
      await seat.change()
    }
    if (seat.ending === undefined && held !== undefined) {
      sound()
      while (seat.ending === undefined && !isHeard) await seat.change()
    }
    const { ending } = seat
    if (ending === undefined) {
      return { death: undefined, suspect: undefined, unanswered: [], held }
    }
    if (!this.#isAborted) this.#seat = undefined
    const { guilty, death } = ending
    const [first, ...others] = owing.values()
    // Unless it owed a line, the question answered last is to blame: it answered that one twice,
    // or did not live to be asked the next.
    if (held !== undefined && (guilty === undefined || !owing.has(guilty))) {
      const unanswered = first === undefined ? [] : [first, ...others]
      return { death, suspect: held.question, unanswered, held: undefined }
    }
    return { death, suspect: first, unanswered: others, held }
  }

  #outcome(reply: Reply, question: Q): Outcome<R> {
    if (reply.kind === 'spoiled') {
      return { kind: 'babbled', found: reply.found, inCompanyOnly: false }
    }
    const { answer, ms } = reply
    if ('error' in answer) {
      const { message, place } = answer.error
      return {
        kind: 'harness-error',
        message: place === undefined ? message : `${message} at ${place}`,
        by: 'adapter',
      }
    }
    const read = this.#traffic.read(answer, question)
    return 'found' in read
      ? { kind: 'babbled', found: read.found, inCompanyOnly: false }
      : { kind: 'answered', results: read.results, ms }
  }

  #tell(question: Q, outcome: Outcome<R>): void {
    if (this.#isAborted) return
    if (outcome.kind === 'answered') this.#deathsInARow = 0
    this.#options.onOutcome(question, outcome)
  }

  *#rest(): Generator<Q> {
    for (let question = this.#queue.next(); question !== undefined; question = this.#queue.next()) {
      yield question
    }
    yield* this.#apart.splice(0)
  }

  #refuseAll(): void {
    const refused = this.#refused ?? { kind: 'harness-error', message: 'it could not be started' }
    for (const question of this.#rest()) this.#options.onOutcome(question, fallen(refused, false))
  }

  #notAsked(): void {
    const message = `not asked: the subject died of each of the ${this.#options.patience} questions before`
    for (const question of this.#rest()) {
      this.#options.onOutcome(question, { kind: 'harness-error', message, by: 'adapter' })
    }
  }
}

function isDeath<R>(outcome: Outcome<R> | undefined): outcome is Outcome<never> {
  return outcome !== undefined && outcome.kind !== 'answered' && outcome.kind !== 'harness-error'
}

function fallen<R>(death: Death, inCompanyOnly: boolean, alone?: R): Outcome<R> {
  return death.kind === 'harness-error'
    ? death
    : { ...death, inCompanyOnly, ...(alone !== undefined && { alone }) }
}

/**
 * Asks one subject all the questions, whatever it does: when it dies, the question it owed an
 * answer to is asked once more alone in a fresh process, and the rest goes on in another. Every
 * question has its outcome told, unless the signal is aborted, or the subject says no hello that they
 * could be made of. Rejects only for a mistake of ours.
 */
export function supervise<Q, R>(
  subject: SubjectCommand,
  questions: Questions<Q>,
  traffic: Traffic<Q, R>,
  options: Supervision<Q, R>,
): Promise<Summary> {
  return new Supervisor(subject, questions, traffic, options).run()
}
