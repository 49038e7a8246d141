import type { Io } from '../../reports/command.ts'
import type { Tally } from '../../reports/index.ts'

const everyMs = 100

/** A line on the terminal that says how far a run is; nothing where there is no terminal. */
export class Progress {
  readonly #io: Io
  readonly #tally: Tally
  #lines = 0
  #shownAt = 0

  constructor(io: Io, tally: Tally) {
    this.#io = io
    this.#tally = tally
  }

  /** Another answer was judged. */
  step(subject: string): void {
    this.#lines += 1
    if (!this.#io.stderr.isTTY || performance.now() - this.#shownAt < everyMs) return
    this.#shownAt = performance.now()
    const { passed, failed, crashed, timedOut, outOfMemory, babbled, harnessError } =
      this.#tally.counts
    const failing = failed + crashed + timedOut + outOfMemory + babbled + harnessError
    const text = `${this.#lines} judged, ${passed} passed, ${failing} failing; ${subject}`
    this.#io.stderr.write(`\r\x1b[K${text.slice(0, (this.#io.stderr.columns ?? 80) - 1)}`)
  }

  clear(): void {
    if (this.#io.stderr.isTTY) this.#io.stderr.write('\r\x1b[K')
  }
}
