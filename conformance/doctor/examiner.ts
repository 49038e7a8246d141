import { adapterProtocol } from '../protocol/message.ts'
import type { SubjectCommand } from '../runner/subject.ts'
import { type Exchanged, exchange, type Owed } from './exchange.ts'
import { type Broken, cut } from './finding.ts'
import type { MistakeName } from './mistakes.ts'
import { Session } from './session.ts'
import type { Way } from './ways.ts'

/** What a rung comes to. */
export type Outcome =
  | { readonly status: 'fine' }
  | { readonly status: 'open'; readonly because: string }
  | Broken

export const fine: Outcome = { status: 'fine' }

export const isBroken = (outcome: object): outcome is Broken => 'mistake' in outcome

/** Not the first number that comes to mind, so that an adapter which counts is seen. */
export const helloId = 41

export const helloRequest = { id: helloId, request: 'hello', protocol: adapterProtocol }

/** The lines that a batch owes. */
export const indexed = (id: number, items: readonly unknown[]): Owed[] =>
  items.map((_, index) => ({ id, index }))

/** What breaks by its name where something particular was asked for; `only` these if they are given. */
export const named = (
  broken: Broken,
  mistake: MistakeName,
  only?: readonly MistakeName[],
): Broken => (only === undefined || only.includes(broken.mistake) ? { ...broken, mistake } : broken)

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** One subject, with a process at hand as long as it behaves. */
export class Examiner {
  readonly #subject: SubjectCommand
  readonly #patienceMs: number
  /** What the first process answered to the first batch of each way. */
  readonly firstLines = new Map<Way, readonly string[]>()
  #session: Session | undefined

  constructor(subject: SubjectCommand, patienceMs: number) {
    this.#subject = subject
    this.#patienceMs = patienceMs
  }

  /** The process at hand, else a new one; undefined when it does not even say hello any more. */
  session(): Promise<Session | undefined> {
    return this.#session?.hasExited === false ? Promise.resolve(this.#session) : this.fresh()
  }

  async fresh(): Promise<Session | undefined> {
    await this.end()
    const session = new Session(this.#subject)
    this.#session = session
    const greeted = await this.greet(session)
    return isBroken(greeted) ? undefined : session
  }

  greet(session: Session): Promise<Exchanged> {
    session.send(helloRequest)
    const limitMs = this.#subject.limits.startMs
    return exchange(session, {
      sent: JSON.stringify(helloRequest),
      owed: [{ id: helloId }],
      limitMs,
    })
  }

  async start(): Promise<Exchanged> {
    await this.end()
    this.#session = new Session(this.#subject)
    return this.greet(this.#session)
  }

  async end(): Promise<void> {
    await this.#session?.end()
    this.#session = undefined
  }

  /** Writes the text as it stands and reads what it owes; a process that erred is ended. */
  async write(
    pieces: readonly string[],
    owed: readonly Owed[],
    more: { readonly allowsErrors?: boolean } = {},
  ): Promise<Exchanged> {
    const session = await this.session()
    const sent = pieces.join('').trimEnd()
    if (session === undefined) return this.#gone(sent)
    for (const [at, piece] of pieces.entries()) {
      if (at > 0) await pause(30)
      session.sendPiece(piece)
    }
    const limitMs = this.#patienceMs
    const exchanged = await exchange(session, { sent, owed, limitMs, ...more })
    if (isBroken(exchanged)) await this.end()
    return exchanged
  }

  #gone(sent: string): Broken {
    const came = 'no hello, which it said before'
    return { mistake: 'not-deterministic', sent: cut(sent), came, wanted: 'hello once more' }
  }

  /** Asks items in one request. */
  ask(
    way: Way,
    id: number,
    items: readonly unknown[],
    more: { readonly allowsErrors?: boolean } = {},
  ): Promise<Exchanged> {
    return this.write([`${JSON.stringify(way.ask(id, items))}\n`], indexed(id, items), more)
  }

  async exits(session: Session): Promise<boolean> {
    const isGone = await session.exits(this.#patienceMs)
    await this.end()
    return isGone
  }

  get patience(): string {
    return `${this.#patienceMs / 1000} s`
  }
}
