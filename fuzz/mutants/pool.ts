import { Worker } from 'node:worker_threads'

/** What a thread knows from the beginning. */
export type WorkerInput = {
  /** The sound build. */
  readonly plain: string
  /** How often it gave a sign of life, and the place of the question it is at. */
  readonly beat: SharedArrayBuffer
}

export type TestName = { readonly file: string; readonly name: string }

export type Task =
  | { readonly do: 'list' }
  | {
      readonly do: 'cover'
      readonly build: string
      readonly regions: number
      readonly questions: Uint32Array
      /** Files of tests. */
      readonly tests: readonly string[]
    }
  | {
      readonly do: 'ask'
      readonly build: string
      /** Cases as profiles first, tests behind them. */
      readonly questions: Uint32Array
      readonly tests: readonly TestName[]
      /** Only the profiles that the build has otherwise are of interest. */
      readonly isOfProfiles: boolean
    }
  | {
      readonly do: 'sole'
      readonly build: string
      /**
       * Cases as profiles; one of the first `own`, which are of cases that stand on one of the clauses,
       * has to tell.
       */
      readonly questions: Uint32Array
      readonly own: number
      /** The clauses that each case exercises, by its place. */
      readonly citing: readonly (readonly [at: number, clauses: readonly string[]])[]
      /** Those that a mutant is wanted for. */
      readonly clauses: readonly string[]
    }
  | {
      readonly do: 'fuzz'
      readonly build: string
      readonly seed: number
      /** The place of the first check, and how many there are. */
      readonly from: number
      readonly checks: number
    }

/** What a question touched, how long it took, and what was wrong. */
export type Seen = {
  readonly question?: number
  readonly file?: string
  readonly name: string
  readonly why: string | undefined
  readonly ms: number
  readonly row: Uint8Array
}

export type Done =
  | {
      readonly did: 'list'
      /** Cases in order; the key is another when anything in the case is. */
      readonly cases: readonly { readonly id: string; readonly key: string }[]
      readonly profiles: readonly string[]
      /** A case's place times the number of profiles, and the place of the profile. */
      readonly questions: Uint32Array
    }
  | { readonly did: 'cover'; readonly seen: readonly Seen[] }
  | {
      readonly did: 'ask'
      /** The question that was answered wrongly; undefined when none was. */
      readonly killedBy: number | undefined
      readonly why: string
    }
  | {
      readonly did: 'sole'
      /** Those that every case exercises that tells the build. */
      readonly clauses: readonly string[]
      /** The names of the cases that tell it. */
      readonly tellers: readonly string[]
    }
  | {
      readonly did: 'fuzz'
      /** The place of the check that is answered otherwise; undefined when none is. */
      readonly killedBy: number | undefined
      /** What the sound build said and what the other said, where they part. */
      readonly why: string
    }

/** A thread that did not come to an end, or came to another. */
export type Ended = { readonly did: 'end'; readonly why: string; readonly at: number }

const tickMs = 250

/** What loading the suite may take. */
const startMs = 120_000

/** Modules are never forgotten, so a thread is replaced after so many builds. */
const mostTasks = 40

/** A place where one thread at a time works; a new one when the last one ended. */
export class Seat {
  readonly #script: URL
  readonly #plain: string
  #worker: Worker | undefined
  #beats = new Int32Array(new SharedArrayBuffer(8))
  #tasks = 0

  constructor(script: URL, plain: string) {
    this.#script = script
    this.#plain = plain
  }

  /**
   * Has a task carried out.
   *
   * @param patience for how many milliseconds there may be no sign of life, at the question at this
   *   place; they are counted while this thread is served too
   */
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
      // An array that grows for ever has to reach this before the length at which V8 ends the process,
      // which is an eighth of a thousand million; while it grows it is there twice.
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
