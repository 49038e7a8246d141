import {
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

  async ask(question: Question): Promise<Outcome<readonly SeenResult[]>> {
    const talk = await this.#sit()
    if (!('hello' in talk)) return fallen(talk)
    const { scenario, engines, protocols, observe } = question
    const replied = await talk.ask({
      request: 'run',
      engines,
      protocols,
      observe,
      scenarios: [scenario],
    })
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
    const read =
      'results' in answer ? readResults(answer.results, question) : { found: 'no results' }
    return 'results' in read
      ? { kind: 'answered', results: read.results, ms: replied.ms }
      : { kind: 'babbled', found: read.found, inCompanyOnly: false }
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

type Death = Exclude<Awaited<ReturnType<typeof talkTo>>, Talk>

function fallen(death: Death): Outcome<readonly SeenResult[]> {
  return death.kind === 'harness-error' ? death : { ...death, inCompanyOnly: false }
}

function said({ message, place }: { readonly message: string; readonly place?: string }): string {
  return place === undefined ? message : `${message} at ${place}`
}
