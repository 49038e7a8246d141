import { type ChildProcess, fork } from 'node:child_process'
import type { Done, Ended, Seat, Task } from './seat.ts'

/** What a process is told: by the place of a question, how long it may take. */
export type Order = {
  readonly task: Task
  readonly plain: string
  /** In milliseconds, by the places of questions; the first one where there is none. */
  readonly patience: Float64Array
}

/** What it says: how far it is, and at the end what came of it. */
export type Report = { readonly at: number } | { readonly result: Done | Ended }

/**
 * A place where one thread at a time works, in a process of its own: V8 ends the whole of it when an
 * array is longer than it can be.
 */
export class ProcessSeat implements Seat {
  readonly #script: string
  readonly #plain: string
  #process: ChildProcess | undefined

  /** @param script where the process begins */
  constructor(script: string, plain: string) {
    this.#script = script
    this.#plain = plain
  }

  async carryOut(task: Task, patience: (at: number) => number): Promise<Done | Ended> {
    const child = this.#process ?? this.#start()
    const places = task.do === 'ask' || task.do === 'sole' ? task.questions.length : 1
    const order: Order = {
      ...{ task, plain: this.#plain },
      patience: Float64Array.from({ length: Math.max(1, places) }, (_, at) => patience(at)),
    }
    return new Promise((resolve) => {
      let at = 0
      const settle = (result: Done | Ended): void => {
        child.off('message', hear).off('exit', leave).off('error', fail)
        resolve(result)
      }
      const end = (why: string): void => {
        this.#process = undefined
        settle({ did: 'end', why, at })
      }
      const hear = (report: Report): void => {
        if ('at' in report) at = report.at
        else settle(report.result)
      }
      const leave = (code: number | null, signal: string | null): void =>
        end(`the process ended with ${signal ?? code}`)
      const fail = (error: Error): void => end(`${error.name}: ${error.message}`)
      child.on('message', hear).on('exit', leave).on('error', fail)
      child.send(order, (error) => {
        if (error !== null) fail(error)
      })
    })
  }

  #start(): ChildProcess {
    this.#process = fork(this.#script, [], {
      ...{ serialization: 'advanced', execArgv: [] },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    return this.#process
  }

  async stop(): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGKILL')
    await gone
  }
}
