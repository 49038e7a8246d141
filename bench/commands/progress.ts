import type { Io } from '../../reports/command.ts'

const everyMs = 100

/** A line on the terminal that says what is being timed; nothing where there is no terminal. */
export class Progress {
  readonly #io: Pick<Io, 'stderr'>
  #shownAt = 0

  constructor(io: Pick<Io, 'stderr'>) {
    this.#io = io
  }

  show(text: string): void {
    const { stderr } = this.#io
    if (!stderr.isTTY || performance.now() - this.#shownAt < everyMs) return
    this.#shownAt = performance.now()
    stderr.write(`\r\x1b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`)
  }

  clear(): void {
    if (this.#io.stderr.isTTY) this.#io.stderr.write('\r\x1b[K')
  }
}
