import type { Hello } from '../protocol/message.ts'
import { type Conversation, type Death, type Ending, openConversation } from './conversation.ts'
import type { SubjectCommand } from './subject.ts'

/** A process, and the ending that it has come to. */
export class Seat {
  readonly conversation: Conversation
  #ending: Ending | undefined
  #wake: () => void = () => {}

  constructor(conversation: Conversation) {
    this.conversation = conversation
  }

  get ending(): Ending | undefined {
    return this.#ending
  }

  end(ending: Ending): void {
    this.#ending = ending
    this.#wake()
  }

  /** Called after each reply. */
  progress(): void {
    this.#wake()
  }

  /** Resolves at the next reply or the end. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
      if (this.#ending !== undefined) resolve()
    })
  }
}

/** A subject that has said hello and waits to be asked. */
export type Started = { readonly hello: Hello; readonly seat: Seat }

/** Starts a subject, and waits for its hello; gives back how it died when it never says it. */
export async function startSubject(
  subject: SubjectCommand,
  signal?: AbortSignal,
): Promise<Started | Death> {
  const made: { seat?: Seat } = {}
  const opened = await openConversation(subject, (ending) => made.seat?.end(ending), signal)
  if (!('conversation' in opened)) return opened
  const seat = new Seat(opened.conversation)
  made.seat = seat
  return { hello: opened.hello, seat }
}
