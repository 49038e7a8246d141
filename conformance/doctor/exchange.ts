import type { Answer } from '../protocol/message.ts'
import { AnotherProtocol, ProtocolError, parseAnswer } from '../protocol/parse-message.ts'
import type { Exit } from '../runner/channel.ts'
import { type Broken, cut } from './finding.ts'
import type { MistakeName } from './mistakes.ts'
import type { Heard, Session } from './session.ts'

/** A line that is owed: of a request, and of an item in its batch. */
export type Owed = { readonly id: number; readonly index?: number }

export type Exchange = {
  /** What was written, for people. */
  readonly sent: string
  readonly owed: readonly Owed[]
  readonly limitMs: number
  /** Whether an answer may be an error. */
  readonly allowsErrors?: boolean
}

/** The lines of the answers as they came, and read; or what was wrong first. */
export type Exchanged =
  | { readonly answers: readonly Answer[]; readonly lines: readonly string[] }
  | Broken

const wantedOf = ({ id, index }: Owed): string =>
  index === undefined
    ? `a line {"id":${id}, …}`
    : `a line {"id":${id},"index":${index}, …}, one for each item in order`

function ofExit(exit: Exit): { readonly mistake: MistakeName; readonly came: string } {
  if (exit.kind === 'not-started') return { mistake: 'cannot-start', came: exit.message }
  const how = exit.signal === null ? `exit code ${exit.exitCode}` : `signal ${exit.signal}`
  const said = exit.stderr.trim()
  const came = `nothing; it ended with ${how}${said === '' ? '' : `, having said: ${cut(said)}`}`
  return { mistake: 'dies', came }
}

function ofNoise(found: string): { readonly mistake: MistakeName; readonly came: string } {
  const mistake = found.includes('not UTF-8') ? 'not-utf-8' : 'stdout-noise'
  return { mistake, came: found }
}

function ofShape(error: ProtocolError): MistakeName {
  if (error instanceof AnotherProtocol) return 'another-protocol'
  if (error.message.includes('not known here')) return 'unknown-field'
  if (error.message.includes('is missing')) return 'missing-field'
  return error.message.includes('lower-case hex') ? 'wrong-hex' : 'wrong-shape'
}

type Line = { readonly [field: string]: unknown }

function read(text: string): Line | undefined {
  try {
    const json: unknown = JSON.parse(text)
    // Its fields are looked at one by one.
    return typeof json === 'object' && json !== null ? (json as Line) : undefined
  } catch {
    return undefined
  }
}

/** Reads the lines that an exchange owes, and names the first mistake. */
class Reading {
  readonly #session: Session
  readonly #exchange: Exchange
  readonly #lines: string[] = []
  readonly #answers: Answer[] = []

  constructor(session: Session, exchange: Exchange) {
    this.#session = session
    this.#exchange = exchange
  }

  async whole(): Promise<Exchanged> {
    for (const [at, owed] of this.#exchange.owed.entries()) {
      const heard = await this.#session.next(this.#exchange.limitMs)
      const broken =
        heard.kind === 'line'
          ? await this.#line(heard.line, at, owed)
          : await this.#other(heard, owed)
      if (broken !== undefined) return broken
    }
    return { answers: this.#answers, lines: this.#lines }
  }

  #broken(mistake: MistakeName, came: string, owed: Owed): Broken {
    const { sent } = this.#exchange
    return { mistake, sent: cut(sent), came: cut(came), wanted: wantedOf(owed) }
  }

  async #line(text: string, at: number, owed: Owed): Promise<Broken | undefined> {
    const json = read(text)
    if (json === undefined) return this.#broken('stdout-noise', text, owed)
    if (!('id' in json)) return this.#broken('missing-field', text, owed)
    const rest = this.#exchange.owed.slice(at + 1)
    const isAgain = this.#lines.at(-1) === text
    if (json['id'] !== owed.id) {
      if (isAgain) return this.#broken('answers-twice', text, owed)
      const isLater = rest.some(({ id }) => id === json['id'])
      if (!isLater) return this.#broken('wrong-id', text, owed)
      return this.#skipped(text, rest, owed)
    }
    const isRefusal = 'error' in json && !('index' in json)
    if (json['index'] !== owed.index && !isRefusal) {
      if (isAgain) return this.#broken('answers-twice', text, owed)
      const isLater = rest.some(({ id, index }) => id === owed.id && index === json['index'])
      if (!isLater) return this.#broken('wrong-index', text, owed)
      return this.#skipped(text, rest, owed)
    }
    return this.#take(json, text, owed)
  }

  #take(json: Line, text: string, owed: Owed): Broken | undefined {
    let answer: Answer
    try {
      answer = parseAnswer(json)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      return this.#broken(ofShape(error), `${text}\n${error.message}`, owed)
    }
    if ('error' in answer && this.#exchange.allowsErrors !== true) {
      return this.#broken('cannot-do-plain', text, owed)
    }
    this.#lines.push(text)
    this.#answers.push(answer)
    return undefined
  }

  /** A later line came first: the one that is owed comes after all, or never. */
  async #skipped(text: string, rest: readonly Owed[], owed: Owed): Promise<Broken> {
    const came = [text]
    for (let left = rest.length; left > 0; left -= 1) {
      const heard = await this.#session.next(this.#exchange.limitMs)
      if (heard.kind !== 'line') break
      came.push(heard.line)
      const json = read(heard.line)
      if (json?.['id'] === owed.id && json['index'] === owed.index) {
        return this.#broken('out-of-order', came.join('\n'), owed)
      }
    }
    return this.#broken('forgets-items', came.join('\n'), owed)
  }

  async #other(heard: Exclude<Heard, { kind: 'line' }>, owed: Owed): Promise<Broken> {
    if (heard.kind === 'exit') {
      const { mistake, came } = ofExit(heard.exit)
      return this.#broken(mistake, came, owed)
    }
    if (heard.kind === 'noise') {
      const { mistake, came } = ofNoise(heard.found)
      return this.#broken(mistake, came, owed)
    }
    if (heard.half !== '') {
      const mistake = read(heard.half) === undefined ? 'silent' : 'no-newline'
      return this.#broken(mistake, `${heard.half} (and no newline)`, owed)
    }
    const within = `nothing within ${this.#exchange.limitMs / 1000} s`
    this.#session.closeInput()
    const late = await this.#session.next(this.#exchange.limitMs)
    if (late.kind === 'line') {
      const came = `${within}; when standard input was closed: ${late.line}`
      return this.#broken('holds-back', came, owed)
    }
    const answered = this.#lines.map((line) => `${line}\n`).join('')
    const isBatch = answered !== '' && owed.index !== undefined
    return this.#broken(isBatch ? 'forgets-items' : 'silent', `${answered}${within}`, owed)
  }
}

/** Waits for the lines that are owed, and names the first mistake in them. */
export function exchange(session: Session, asked: Exchange): Promise<Exchanged> {
  return new Reading(session, asked).whole()
}
