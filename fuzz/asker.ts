import {
  type Answer,
  type Asked,
  type LoadQuestion,
  type LoadResult,
  type Outcome,
  type Question,
  readResults,
  type SeenResult,
  type SubjectCommand,
  type Talk,
  talkTo,
} from '../conformance/index.ts'

/** Asks a subject one question at a time, in a process that is started anew after each death. */
export class Asker {
  readonly #subject: SubjectCommand
  readonly #signal: AbortSignal
  #talk: Talk | undefined

  constructor(subject: SubjectCommand, signal: AbortSignal) {
    this.#subject = subject
    this.#signal = signal
  }

  ask(question: Question): Promise<Outcome<readonly SeenResult[]>> {
    const { scenario, engines, protocols, observe } = question
    const request = { request: 'run', engines, protocols, observe, scenarios: [scenario] } as const
    return this.#one(request, (answer) =>
      'results' in answer ? readResults(answer.results, question) : { found: 'no results' },
    )
  }

  load({ engines, world, pickle, buffers }: LoadQuestion): Promise<Outcome<readonly LoadResult[]>> {
    const pickles = [buffers === undefined ? { pickle } : { pickle, buffers }]
    return this.#one({ request: 'load', engines, world, pickles }, (answer) =>
      'loads' in answer ? { results: answer.loads } : { found: 'no loads' },
    )
  }

  async #one<R>(request: Asked, read: (answer: Answer) => Read<R>): Promise<Outcome<R>> {
    const talk = await this.#sit()
    if (!('hello' in talk)) return fallen(talk)
    const replied = await talk.ask(request)
    if (replied.kind === 'died') {
      this.#talk = undefined
      return fallen(replied.death)
    }
    const [answer] = replied.answers
    if (answer === undefined || 'error' in answer) {
      return {
        kind: 'harness-error',
        message: answer === undefined ? 'no answer' : said(answer.error),
      }
    }
    const found = read(answer)
    return 'results' in found
      ? { kind: 'answered', results: found.results, ms: replied.ms }
      : { kind: 'babbled', found: found.found, inCompanyOnly: false }
  }

  async close(): Promise<void> {
    await this.#talk?.close()
    this.#talk = undefined
  }

  async #sit() {
    if (this.#talk !== undefined) return this.#talk
    const talk = await talkTo(this.#subject, this.#signal)
    if ('hello' in talk) this.#talk = talk
    return talk
  }
}

/** What an answer says, or how it breaks the contract. */
type Read<R> = { readonly results: R } | { readonly found: string }

type Death = Exclude<Awaited<ReturnType<typeof talkTo>>, Talk>

function fallen(death: Death): Outcome<never> {
  return death.kind === 'harness-error' ? death : { ...death, inCompanyOnly: false }
}

function said({ message, place }: { readonly message: string; readonly place?: string }): string {
  return place === undefined ? message : `${message} at ${place}`
}
