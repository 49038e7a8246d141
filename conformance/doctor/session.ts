import { Channel, type Exit } from '../runner/channel.ts'
import type { SubjectCommand } from '../runner/subject.ts'

/** What was heard next of a program. */
export type Heard =
  | { readonly kind: 'line'; readonly line: string }
  /** It wrote what is no line of text. */
  | { readonly kind: 'noise'; readonly found: string }
  | { readonly kind: 'exit'; readonly exit: Exit }
  /** Nothing came in time; `half` is what stands there of a line without an end. */
  | { readonly kind: 'silence'; readonly half: string }

/** A program that is written to and listened to line by line, whatever it says. */
export class Session {
  readonly #channel: Channel
  readonly #heard: Heard[] = []
  #wake: () => void = () => {}
  #exit: Exit | undefined
  #onceGone: (() => void)[] = []

  constructor(subject: SubjectCommand) {
    const tell = (heard: Heard): void => {
      this.#heard.push(heard)
      this.#wake()
    }
    this.#channel = new Channel(subject, {
      onLine: (line) => tell({ kind: 'line', line }),
      onNoise: (found) => tell({ kind: 'noise', found }),
      onOverMemory: () => this.#channel.kill(),
      onExit: (exit) => {
        this.#exit = exit
        tell({ kind: 'exit', exit })
        for (const resolve of this.#onceGone) resolve()
      },
    })
  }

  get hasExited(): boolean {
    return this.#exit !== undefined
  }

  send(request: object): void {
    void this.#channel.send(JSON.stringify(request))
  }

  /** Writes a piece of text as it stands. */
  sendPiece(text: string): void {
    void this.#channel.sendPiece(text)
  }

  closeInput(): void {
    this.#channel.closeInput()
  }

  /** What came, or comes within this time, in order. Of its exit it tells once more each time. */
  async next(limitMs: number): Promise<Heard> {
    if (this.#heard.length === 0 && this.#exit === undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limitMs)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#wake = () => {}
    }
    const heard = this.#heard.shift()
    if (heard !== undefined) return heard
    return this.#exit === undefined
      ? { kind: 'silence', half: this.#channel.half }
      : { kind: 'exit', exit: this.#exit }
  }

  /** Whether it is gone within this time. */
  async exits(limitMs: number): Promise<boolean> {
    if (this.#exit !== undefined) return true
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs)
      this.#onceGone.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
    return this.hasExited
  }

  /** Ends it, whatever it does. */
  async end(): Promise<void> {
    if (this.#exit !== undefined) return
    const gone = new Promise<void>((resolve) => this.#onceGone.push(resolve))
    this.#channel.kill()
    await gone
  }
}
