import type { Io } from '../../reports/command.ts'

const everyMs = 100

/** A line on the terminal that says how far the session is; nothing where there is no terminal. */
export class ProgressLine {
  readonly #io: Io
  #shownAt = 0

  constructor(io: Io) {
    this.#io = io
  }

  show(line: string): void {
    const { stderr } = this.#io
    if (!stderr.isTTY || performance.now() - this.#shownAt < everyMs) return
    this.#shownAt = performance.now()
    stderr.write(`\r\x1b[K${line.slice(0, (stderr.columns ?? 80) - 1)}`)
  }

  clear(): void {
    if (this.#io.stderr.isTTY) this.#io.stderr.write('\r\x1b[K')
  }
}
