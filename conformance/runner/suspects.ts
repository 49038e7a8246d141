import type { Isolation, VerdictLine } from '../../reports/index.ts'
import { isolate } from './isolate.ts'
import { signatureOf } from './signature.ts'
import type { RunLine } from './update-expected-failures.ts'

/** A line that fails the run. */
type Suspect = { readonly line: VerdictLine; readonly more: Omit<RunLine, 'line'> }

/** How the last of the questions is asked again. */
type Again<Q> = {
  readonly signal: AbortSignal
  /** How these lines of the last question come out when all of them are asked in a fresh process. */
  readonly askAfresh: (questions: readonly Q[], lines: readonly VerdictLine[]) => Promise<string>
  readonly nameOf: (question: Q) => string
}

/** So many failures of a subject that pass alone are searched for what makes them fail. */
const searchedAtMost = 3

/** Lines that fail the run, by question: they are told once it was asked again. */
export class Suspects<Q> {
  readonly #most: number
  readonly #lines = new Map<Q, Suspect[]>()

  /** @param most for how many questions lines are kept back */
  constructor(most: number) {
    this.#most = most
  }

  /** Whether lines of this question wait. */
  holds(question: Q): boolean {
    return this.#lines.has(question) || this.#lines.size < this.#most
  }

  add(question: Q, suspect: Suspect): void {
    this.#lines.set(question, [...(this.#lines.get(question) ?? []), suspect])
  }

  /**
   * Asks each question again, and tells its lines with what that has shown.
   *
   * @param asked all questions in the order in which they were asked
   */
  async tell(
    asked: readonly Q[],
    { askAfresh, nameOf, signal }: Again<Q>,
    onLine: (line: VerdictLine, more: Suspect['more']) => void,
  ): Promise<void> {
    let searches = searchedAtMost
    for (const [question, suspects] of this.#lines) {
      const lines = suspects.map(({ line }) => line)
      let isolation: Isolation | undefined
      if (!signal.aborted) {
        isolation = await isolate(
          question,
          asked.slice(0, asked.indexOf(question)),
          signatureOfLines(lines),
          (questions) => askAfresh(questions, lines),
          { isSearched: searches > 0, nameOf },
        )
        if (isolation.kind === 'after' || isolation.kind === 'in-company') searches -= 1
        // What was stopped shows nothing.
        if (signal.aborted) isolation = undefined
      }
      for (const { line, more } of suspects) {
        onLine(isolation === undefined ? line : { ...line, isolation }, more)
      }
    }
  }
}

/** How lines of one question fail, each way once; empty when they pass. */
export function signatureOfLines(lines: readonly VerdictLine[]): string {
  return [...new Set(lines.map(signatureOf))].filter((text) => text !== '').join(' | ')
}
