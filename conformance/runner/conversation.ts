import { describeJson } from '../../reports/index.ts'
import { type Answer, adapterProtocol, type Hello, type Request } from '../protocol/message.ts'
import { AnotherProtocol, ProtocolError, parseAnswer } from '../protocol/parse-message.ts'
import { Channel, type Exit } from './channel.ts'
import type { SubjectCommand } from './subject.ts'

/** How a conversation came to its end before its time. */
export type Death =
  | {
      readonly kind: 'crashed'
      readonly signal: string | null
      readonly exitCode: number | null
      /** The last 64 KiB of its standard error. */
      readonly stderrTail: string
    }
  | { readonly kind: 'timed-out'; readonly afterMs: number }
  | { readonly kind: 'out-of-memory'; readonly rssMiB: number }
  | { readonly kind: 'babbled'; readonly found: string }
  /** It could not be started, or speaks another protocol: no fault of what is implemented. */
  | {
      readonly kind: 'harness-error'
      readonly message: string
      readonly by?: 'adapter' | 'environment'
    }

/** What came in the place of an owed line. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly ms: number }
  /** It is for this place, but breaks the contract. */
  | { readonly kind: 'spoiled'; readonly found: string; readonly ms: number }

/** A line that the subject owes. */
export type Owed = {
  readonly id: number
  /** Of the item in its batch; undefined where the request has one answer. */
  readonly index?: number
  readonly onReply: (reply: Reply) => void
}

/** `guilty`: the line it owed when it died, or whose answer it gave twice; undefined when idle. */
export type Ending = { readonly death: Death; readonly guilty: Owed | undefined }

function isFor(json: unknown, owed: Owed | undefined): boolean {
  if (owed === undefined || typeof json !== 'object' || json === null) return false
  const id: unknown = 'id' in json ? json.id : undefined
  const index: unknown = 'index' in json ? json.index : undefined
  return id === owed.id && index === owed.index
}

/** `{id, error}` without an index answers every line that the request still owes. */
function refusesRequest(json: unknown, owed: Owed | undefined): boolean {
  return (
    typeof json === 'object' &&
    json !== null &&
    'error' in json &&
    !('index' in json) &&
    'id' in json &&
    json.id === owed?.id
  )
}

/** A death at half of the memory limit or above, other than by a clean exit, is for want of memory. */
function deathBy(exit: Exit, memoryMiB: number): Death {
  if (exit.kind === 'not-started') {
    return { kind: 'harness-error', message: exit.message, by: 'environment' }
  }
  const { signal, exitCode, stderr: stderrTail, peakMiB } = exit
  return exitCode !== 0 && peakMiB >= memoryMiB / 2
    ? { kind: 'out-of-memory', rssMiB: peakMiB }
    : { kind: 'crashed', signal, exitCode, stderrTail }
}

/** The steps in which the time of a subject is counted down. */
const longestStepMs = 500

/**
 * One process and what it owes: each line it writes must be the next one owed. Time counts since
 * its last line, or since it was asked when it owed nothing, and as long as we can listen.
 */
export class Conversation {
  readonly #subject: SubjectCommand
  readonly #channel: Channel
  readonly #onEnd: (ending: Ending) => void
  #owed: Owed[] = []
  #last: Owed | undefined
  #limitMs: number
  #since = 0
  #clock: NodeJS.Timeout | undefined
  #death: Death | undefined
  #guilty: Owed | undefined
  #isOver = false
  #hasExited = false
  #onceOver: (() => void)[] = []

  /** `onEnd` is called once, unless the conversation is stopped or abandoned. */
  constructor(subject: SubjectCommand, onEnd: (ending: Ending) => void) {
    this.#subject = subject
    this.#onEnd = onEnd
    this.#limitMs = subject.limits.startMs
    this.#channel = new Channel(subject, {
      onLine: (line) => this.#read(line),
      onNoise: (found) => this.#fail({ kind: 'babbled', found }),
      onOverMemory: (rssMiB) => this.#fail({ kind: 'out-of-memory', rssMiB }),
      onExit: (exit) => this.#exit(exit),
    })
  }

  /** Sends an encoded request that owes these lines; resolves once there is room for another. */
  ask(request: string, owed: readonly Owed[]): Promise<void> {
    if (this.#isOver) return Promise.resolve()
    if (this.#owed.length === 0) this.#startClock()
    this.#owed.push(...owed)
    return this.#channel.send(request)
  }

  /** How long a line may take from now on. */
  set limitMs(limitMs: number) {
    this.#limitMs = limitMs
    if (this.#owed.length > 0) this.#startClock()
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Says stop and waits for the exit; after `graceMs` it is ended. */
  async stop(graceMs = 1000): Promise<void> {
    if (this.#isOver) return
    this.#close()
    void this.#channel.send(encode({ id: 0, request: 'stop' }))
    this.#channel.closeInput()
    const grace = setTimeout(() => this.#channel.kill(), graceMs)
    await this.#exited()
    clearTimeout(grace)
  }

  /** Ends it at once; nobody is told. */
  async abandon(): Promise<void> {
    if (!this.#isOver) this.#close()
    this.#channel.kill()
    await this.#exited()
  }

  #exited(): Promise<void> {
    if (this.#hasExited) return Promise.resolve()
    return new Promise((resolve) => this.#onceOver.push(resolve))
  }

  #close(): void {
    this.#isOver = true
    clearTimeout(this.#clock)
  }

  #startClock(): void {
    clearTimeout(this.#clock)
    this.#since = performance.now()
    this.#tick(this.#limitMs)
  }

  /**
   * Counts the time down in steps. While our own work takes long, what the subject has to say waits
   * in the pipe, and its process with it: of such a time only one step is counted.
   */
  #tick(leftMs: number): void {
    const stepMs = Math.min(leftMs, longestStepMs)
    this.#clock = setTimeout(() => {
      if (leftMs > stepMs) {
        this.#tick(leftMs - stepMs)
        return
      }
      const since = this.#since
      // A line may be waiting in the pipe behind work of our own: let it in first.
      setImmediate(() =>
        setImmediate(() => {
          if (this.#since !== since || this.#owed.length === 0) return
          this.#fail({ kind: 'timed-out', afterMs: this.#limitMs })
        }),
      )
    }, stepMs)
  }

  #read(line: string): void {
    if (this.#isOver || this.#death !== undefined) return
    let json: unknown
    try {
      json = JSON.parse(line)
    } catch {
      this.#fail({ kind: 'babbled', found: `a line that is not JSON: ${describeJson(line)}` })
      return
    }
    const [head] = this.#owed
    if (isFor(json, head)) {
      this.#take(json)
    } else if (refusesRequest(json, head)) {
      while (this.#owed[0]?.id === head?.id && this.#owed.length > 0) this.#take(json)
    } else if (isFor(json, this.#last)) {
      this.#guilty = this.#last
      this.#fail({ kind: 'babbled', found: 'a second answer to the same question' })
    } else {
      const wanted =
        head === undefined
          ? 'nothing was asked'
          : `wanted id ${head.id}${head.index === undefined ? '' : ` and index ${head.index}`}`
      const cut = line.length > 200 ? `${line.slice(0, 200)}…` : line
      this.#fail({ kind: 'babbled', found: `an answer to another question, ${wanted}: ${cut}` })
    }
  }

  #take(json: unknown): void {
    const head = this.#owed.shift()
    if (head === undefined) return
    const ms = performance.now() - this.#since
    this.#last = head
    if (this.#owed.length > 0) this.#startClock()
    else clearTimeout(this.#clock)
    let answer: Answer
    try {
      answer = parseAnswer(json)
    } catch (error) {
      if (error instanceof AnotherProtocol) {
        this.#guilty = head
        this.#fail({ kind: 'harness-error', message: error.message, by: 'adapter' })
        return
      }
      if (!(error instanceof ProtocolError)) throw error
      head.onReply({ kind: 'spoiled', found: error.message, ms })
      return
    }
    head.onReply({ kind: 'answer', answer, ms })
  }

  #fail(death: Death): void {
    if (this.#isOver || this.#death !== undefined) return
    this.#death = death
    clearTimeout(this.#clock)
    this.#channel.kill()
  }

  #exit(exit: Exit): void {
    this.#hasExited = true
    const wasOver = this.#isOver
    this.#close()
    for (const resolve of this.#onceOver) resolve()
    if (wasOver) return
    this.#onEnd({
      death: this.#death ?? deathBy(exit, this.#subject.limits.memoryMiB),
      guilty: this.#guilty ?? this.#owed[0],
    })
  }
}

/** The request as it travels, without the end of the line. */
export function encode(request: Request): string {
  return JSON.stringify(request)
}

/** A conversation whose hello was heard. */
export type Opened = { readonly conversation: Conversation; readonly hello: Hello }

/**
 * Starts the subject and waits for its hello, at most `startMs`; gives back how it died instead
 * when it never says it. `onEnd` hears of what happens afterwards. An abort ends it before its
 * hello, and gives back a death that nobody should look at.
 */
export function openConversation(
  subject: SubjectCommand,
  onEnd: (ending: Ending) => void,
  signal?: AbortSignal,
): Promise<Opened | Death> {
  return new Promise((resolve) => {
    let isOpen = false
    const conversation = new Conversation(subject, (ending) => {
      if (isOpen) onEnd(ending)
      else settle(ending.death)
    })
    const settle = (opened: Opened | Death): void => {
      signal?.removeEventListener('abort', abort)
      resolve(opened)
    }
    const giveUp = async (death: Death): Promise<void> => {
      await conversation.abandon()
      settle(death)
    }
    const abort = (): void => {
      void giveUp({ kind: 'harness-error', message: 'the run was interrupted', by: 'environment' })
    }
    const onReply = (reply: Reply): void => {
      if (reply.kind === 'answer' && 'hello' in reply.answer) {
        isOpen = true
        conversation.limitMs = subject.limits.scenarioMs
        settle({ conversation, hello: reply.answer.hello })
      } else {
        void giveUp({ kind: 'babbled', found: wrongHello(reply) })
      }
    }
    signal?.addEventListener('abort', abort, { once: true })
    const request = encode({ id: 0, request: 'hello', protocol: adapterProtocol })
    void conversation.ask(request, [{ id: 0, onReply }])
    if (signal?.aborted === true) abort()
  })
}

function wrongHello(reply: Reply): string {
  if (reply.kind === 'spoiled') return reply.found
  return 'error' in reply.answer
    ? `an error for its hello: ${reply.answer.error.message}`
    : 'another answer than hello'
}
