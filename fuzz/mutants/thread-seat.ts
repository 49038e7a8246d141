import { Worker } from 'node:worker_threads'
import type { Done, Ended, Seat, Task } from './seat.ts'

/** What a thread knows from the beginning. */
export type WorkerInput = {
  /** The sound build. */
  readonly plain: string
  /** How often it gave a sign of life, and the place of the question it is at. */
  readonly beat: SharedArrayBuffer
}

const tickMs = 250

/** What loading the suite may take. */
const startMs = 120_000

/** Modules are never forgotten, so a thread is replaced after so many builds. */
const mostTasks = 40

/** A place where one thread at a time works; a new one when the last one ended. */
export class ThreadSeat implements Seat {
  readonly #script: URL
  readonly #plain: string
  #worker: Worker | undefined
  #beats = new Int32Array(new SharedArrayBuffer(8))
  #tasks = 0

  constructor(script: URL, plain: string) {
    this.#script = script
    this.#plain = plain
  }

  async carryOut(task: Task, patience: (at: number) => number): Promise<Done | Ended> {
    if (this.#tasks >= mostTasks) await this.stop()
    this.#tasks += 1
    const worker = this.#worker ?? this.#start()
    const beats = this.#beats
    Atomics.store(beats, 1, 0)
    return new Promise((resolve) => {
      let last = -1
      let waited = 0
      const timer = setInterval(() => {
        const now = Atomics.load(beats, 0)
        waited = now === last ? waited + tickMs : 0
        last = now
        const allowed = now === 0 ? startMs : patience(Atomics.load(beats, 1))
        if (waited > allowed) end('it takes too long')
      }, tickMs)
      const settle = (result: Done | Ended): void => {
        clearInterval(timer)
        worker.off('message', settle).off('error', fail).off('exit', leave)
        resolve(result)
      }
      const end = (why: string): void => {
        settle({ did: 'end', why, at: Atomics.load(beats, 1) })
        worker.on('error', () => {})
        this.#worker = undefined
        void worker.terminate()
      }
      const fail = (error: Error): void => end(`${error.name}: ${error.message}`)
      const leave = (code: number): void => end(`it ended with ${code}`)
      worker.on('message', settle).on('error', fail).on('exit', leave)
      worker.postMessage(task)
    })
  }

  #start(): Worker {
    this.#beats = new Int32Array(new SharedArrayBuffer(8))
    this.#tasks = 1
    const input: WorkerInput = { plain: this.#plain, beat: this.#beats.buffer as SharedArrayBuffer }
    this.#worker = new Worker(this.#script, {
      workerData: input,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 640, stackSizeMb: 16 },
    })
    return this.#worker
  }

  async stop(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    this.#tasks = 0
    await worker?.terminate()
  }
}
