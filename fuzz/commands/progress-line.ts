import type { Io } from '../../reports/command.ts'

/** A terminal's line is written anew at most so often, and a file gets a line of its own. */
const [terminalMs, fileMs] = [100, 60_000]

/** How far the session is: a line on the terminal; elsewhere a line a minute, for who reads the file. */
export class ProgressLine {
  readonly #stderr: Io['stderr']
  readonly #now: () => number
  #shownAt: number

  /** @param now the time in milliseconds */
  constructor({ stderr }: Pick<Io, 'stderr'>, now = () => performance.now()) {
    this.#stderr = stderr
    this.#now = now
    this.#shownAt = stderr.isTTY ? Number.NEGATIVE_INFINITY : now()
  }

  show(line: string): void {
    const { columns = 80, isTTY } = this.#stderr
    const now = this.#now()
    if (now - this.#shownAt < (isTTY ? terminalMs : fileMs)) return
    this.#shownAt = now
    this.#stderr.write(isTTY ? `\r\x1b[K${line.slice(0, columns - 1)}` : `${line}\n`)
  }

  /** A line that stays. */
  tell(line: string): void {
    this.clear()
    this.#stderr.write(`${line}\n`)
  }

  clear(): void {
    if (this.#stderr.isTTY) this.#stderr.write('\r\x1b[K')
  }
}
