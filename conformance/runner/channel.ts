import { execa } from 'execa'
import { launchLine } from './launch-line.ts'
import { MemoryWatch } from './memory.ts'
import { LineSplitter, type Noise } from './split-lines.ts'
import type { SubjectCommand } from './subject.ts'
import { Tail } from './tail.ts'

/** How a process ended. */
export type Exit =
  | {
      readonly kind: 'exited'
      readonly signal: string | null
      readonly exitCode: number | null
      /** The end of what it wrote to standard error. */
      readonly stderr: string
      /** The largest resident set sampled, in MiB. */
      readonly peakMiB: number
    }
  | { readonly kind: 'not-started'; readonly message: string }

export type ChannelEvents = {
  readonly onLine: (line: string) => void
  /** It wrote what is not a line of text; no further line comes. */
  readonly onNoise: (noise: Noise) => void
  /** Its resident set is over the limit; it is not ended for that here. */
  readonly onOverMemory: (rssMiB: number) => void
  /** Called once, after the last line. */
  readonly onExit: (exit: Exit) => void
}

const stderrBytes = 64 * 1024
/** What was in the pipe when a process ended is read at once; a grandchild may hold it open for ever. */
const drainMs = 1000
/** A killed process is gone in a millisecond or two, unless the kernel holds it. */
const unkillableMs = 5_000

/** Process groups to end with this process, should it end in the middle of a run. */
const living = new Set<number>()

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

process.on('exit', () => {
  for (const group of living) killGroup(group)
})

/**
 * A running subject: lines in, lines out, bounded memory on our side whatever it does. It leads a
 * process group of its own, so that its children end with it. SIGKILL only: nothing else reaches a
 * stopped process.
 */
export class Channel {
  readonly #events: ChannelEvents
  readonly #stderr = new Tail(stderrBytes)
  readonly #process: ReturnType<typeof start> | undefined
  #splitter: LineSplitter | undefined
  #watch: MemoryWatch | undefined
  #exited = false
  #draining: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #leave: (() => void)[] = []

  constructor(subject: SubjectCommand, events: ChannelEvents) {
    this.#events = events
    const path = subject.env['PATH'] ?? process.env['PATH'] ?? ''
    const command = launchLine(subject, path)
    if (command === undefined) {
      const message = `there is no program ${JSON.stringify(subject.command[0] ?? '')} to execute`
      queueMicrotask(() => this.#end({ kind: 'not-started', message }))
      return
    }
    const started = start(command, subject)
    this.#process = started
    // Rejections are switched off; this settles late when a grandchild holds the pipe.
    started.then(
      (result) => {
        if (started.pid !== undefined) return
        const message = result.originalMessage ?? 'it could not be started'
        this.#end({ kind: 'not-started', message })
      },
      (error: unknown) => this.#end({ kind: 'not-started', message: String(error) }),
    )
    const splitter = new LineSplitter(
      subject.limits.lineBytes,
      (line) => {
        if (!this.#exited) events.onLine(line)
      },
      (noise) => {
        if (!this.#exited) events.onNoise(noise)
      },
    )
    this.#splitter = splitter
    started.stdout.on('data', (chunk: Uint8Array) => splitter.push(chunk))
    started.stderr.on('data', (chunk: Uint8Array) => this.#stderr.push(chunk))
    for (const stream of [started.stdin, started.stdout, started.stderr]) {
      // A subject that closes its end is judged by what it answers and how it exits.
      stream.on('error', () => this.#release())
    }
    started.stdin.on('drain', () => this.#release())
    started.stdin.on('close', () => this.#release())
    started.once('exit', (exitCode, signal) => this.#drain(exitCode, signal))
    const { pid } = started
    if (pid !== undefined) {
      living.add(pid)
      this.#watch = new MemoryWatch(pid, subject.limits.memoryMiB, events.onOverMemory)
    }
  }

  /** Writes a line, after the ones before it; resolves once the subject has room for more, or is gone. */
  send(line: string): Promise<void> {
    return this.sendPiece(`${line}\n`)
  }

  /** Writes a piece of a line, or several lines at once. */
  sendPiece(text: string): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(text))
    return this.#writing
  }

  /** What it has written of a line that has no end yet. */
  get half(): string {
    return this.#splitter?.half ?? ''
  }

  /** Lets the subject see the end of its standard input. */
  closeInput(): void {
    this.#process?.stdin.end()
  }

  kill(): void {
    const pid = this.#process?.pid
    if (this.#exited || pid === undefined) return
    killGroup(pid)
    const unkillable = setTimeout(() => this.#drain(null, 'SIGKILL'), unkillableMs)
    unkillable.unref()
    this.#process?.once('exit', () => clearTimeout(unkillable))
  }

  #write(text: string): Promise<void> {
    const stdin = this.#process?.stdin
    if (stdin === undefined || this.#exited || !stdin.writable) return Promise.resolve()
    if (stdin.write(text)) return Promise.resolve()
    return new Promise((resolve) => this.#leave.push(resolve))
  }

  #release(): void {
    const waiting = this.#leave
    this.#leave = []
    for (const resolve of waiting) resolve()
  }

  #drain(exitCode: number | null, signal: string | null): void {
    const pid = this.#process?.pid
    // Its children go with it; what it wrote itself stays in the pipe.
    if (pid !== undefined) killGroup(pid)
    const stdout = this.#process?.stdout
    const stderr = this.#process?.stderr
    const exit = (): void =>
      this.#end({
        kind: 'exited',
        signal,
        exitCode,
        stderr: this.#stderr.text(),
        peakMiB: this.#watch?.peakMiB ?? 0,
      })
    // Before the streams are asked: the end clears it.
    this.#draining ??= setTimeout(exit, drainMs)
    let open = 2
    const closed = (): void => {
      open -= 1
      if (open === 0) exit()
    }
    for (const stream of [stdout, stderr]) {
      if (stream === undefined || stream.readableEnded || stream.destroyed) closed()
      else stream.once('close', closed)
    }
  }

  #end(exit: Exit): void {
    if (this.#exited) return
    this.#exited = true
    const { pid } = this.#process ?? {}
    if (pid !== undefined) living.delete(pid)
    this.#watch?.stop()
    clearTimeout(this.#draining)
    this.#process?.stdin.destroy()
    this.#process?.stdout.destroy()
    this.#process?.stderr.destroy()
    this.#release()
    this.#events.onExit(exit)
  }
}

function start(command: readonly string[], subject: SubjectCommand) {
  const [program = '', ...rest] = command
  return execa(program, rest, {
    cwd: subject.cwd,
    env: subject.env,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    cleanup: true,
    detached: true,
  })
}
