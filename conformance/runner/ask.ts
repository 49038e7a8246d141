import type { Answer, Hello, Request } from '../protocol/message.ts'
import {
  type Conversation,
  type Death,
  type Ending,
  encode,
  openConversation,
  type Reply,
} from './conversation.ts'
import type { SubjectCommand } from './subject.ts'

type WithoutId<R> = R extends { readonly id: number } ? Omit<R, 'id'> : never

/** A request as a caller writes it: the conversation gives the id. */
export type Asked = WithoutId<Exclude<Request, { readonly request: 'stop' }>>

/** Every line owed in order, or how it ended instead, after the lines that came. */
export type Replied =
  | { readonly kind: 'answered'; readonly answers: readonly Answer[]; readonly ms: number }
  | { readonly kind: 'died'; readonly death: Death; readonly answers: readonly Answer[] }

/** A subject that was heard, for requests one at a time. */
export interface Talk {
  readonly hello: Hello
  /** Sends one request and waits for all its lines, each at most `limitMs` after the one before. */
  readonly ask: (request: Asked, limitMs?: number) => Promise<Replied>
  readonly close: () => Promise<void>
}

function linesOf(request: Asked): number | undefined {
  switch (request.request) {
    case 'run':
      return request.scenarios.length
    case 'load':
    case 'tool':
      return request.pickles.length
    case 'dump':
      return request.values.length
    case 'hello':
    case 'bench':
      return undefined
  }
}

class OpenTalk implements Talk {
  readonly hello: Hello
  readonly #conversation: Conversation
  readonly #defaultLimitMs: number
  #nextId = 1
  #onDeath: (death: Death) => void = () => {}
  #death: Death | undefined
  /** Called once nobody can be asked any more. */
  onOver: () => void = () => {}

  constructor(hello: Hello, conversation: Conversation, defaultLimitMs: number) {
    this.hello = hello
    this.#conversation = conversation
    this.#defaultLimitMs = defaultLimitMs
  }

  end({ death }: Ending): void {
    this.#death = death
    this.onOver()
    this.#onDeath(death)
  }

  ask(request: Asked, limitMs = this.#defaultLimitMs): Promise<Replied> {
    const id = this.#nextId
    this.#nextId += 1
    const count = linesOf(request)
    const answers: Answer[] = []
    const began = performance.now()
    return new Promise((resolve) => {
      const died = (death: Death): void => resolve({ kind: 'died', death, answers })
      if (this.#death !== undefined) return died(this.#death)
      this.#onDeath = died
      let left = count ?? 1
      const done = (): void => {
        if (left === 0) resolve({ kind: 'answered', answers, ms: performance.now() - began })
      }
      const onReply = (reply: Reply): void => {
        if (reply.kind === 'spoiled') {
          this.#death = { kind: 'babbled', found: reply.found }
          void this.#conversation.abandon()
          died(this.#death)
          return
        }
        left -= 1
        answers.push(reply.answer)
        done()
      }
      this.#conversation.limitMs = limitMs
      const owed =
        count === undefined
          ? [{ id, onReply }]
          : Array.from({ length: count }, (_, index) => ({ id, index, onReply }))
      // Only the id is added to what the types have held together.
      void this.#conversation.ask(encode({ id, ...request } as Request), owed)
      done()
    })
  }

  close(): Promise<void> {
    this.onOver()
    return this.#conversation.stop()
  }
}

/** Starts a subject for requests one at a time; gives back how it died when it never says hello. */
export async function talkTo(subject: SubjectCommand, signal?: AbortSignal): Promise<Talk | Death> {
  const made: { talk?: OpenTalk } = {}
  const opened = await openConversation(subject, (ending) => made.talk?.end(ending), signal)
  if (!('conversation' in opened)) return opened
  const { conversation, hello } = opened
  const talk = new OpenTalk(hello, conversation, subject.limits.scenarioMs)
  made.talk = talk
  const abort = (): void => {
    void conversation.abandon()
    const death: Death = { kind: 'harness-error', message: 'the run was interrupted' }
    talk.end({ death, guilty: undefined })
  }
  signal?.addEventListener('abort', abort, { once: true })
  talk.onOver = () => signal?.removeEventListener('abort', abort)
  if (signal?.aborted === true) abort()
  return talk
}

/** What the subject says of itself, or how it died instead. */
export async function hello(subject: SubjectCommand, signal?: AbortSignal): Promise<Hello | Death> {
  const talk = await talkTo(subject, signal)
  if (!('hello' in talk)) return talk
  await talk.close()
  return talk.hello
}

/** Asks one request of a process of its own. */
export async function ask(
  subject: SubjectCommand,
  request: Asked,
  options: { readonly limitMs?: number; readonly signal?: AbortSignal } = {},
): Promise<Replied> {
  const talk = await talkTo(subject, options.signal)
  if (!('hello' in talk)) return { kind: 'died', death: talk, answers: [] }
  const replied = await talk.ask(request, options.limitMs)
  await talk.close()
  return replied
}
