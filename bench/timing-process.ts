import { type BenchResult, type Scenario, type Talk, talkTo } from '../conformance/index.ts'
import type { BenchOperation } from '../reports/index.ts'
import { type Arm, describeDeath } from './arms.ts'
import { type Expected, graphText } from './expected.ts'

/** No time, and why. */
export type NoTime = { readonly because: string }

/** Nanoseconds per call, one a sample, and the length of the pickle. */
export type Times = { readonly samples: readonly number[]; readonly bytes: number }

/** What one request times, and what is right. */
export type Task = {
  readonly scenario: Scenario
  readonly protocol: number
  readonly operation: BenchOperation
  readonly expected: Expected
}

/** How one request times: calls in a sample, and samples. */
export type Dose = { readonly loops: number; readonly samples: number }

/** How many calls fill so much time, one at least. */
export function loopsFor(ms: number, nsPerCall: number): number {
  return Math.max(1, Math.round((ms * 1e6) / nsPerCall))
}

/** A process of an arm that times workloads one after the other; started anew when it dies. */
export class TimingProcess {
  readonly arm: Arm
  readonly #signal: AbortSignal
  #talk: Talk
  /** What this process has loaded rightly: a graph is told once, the pickle each time. */
  #loaded = new WeakSet<Scenario>()

  private constructor(arm: Arm, signal: AbortSignal, talk: Talk) {
    this.arm = arm
    this.#signal = signal
    this.#talk = talk
  }

  static async start(arm: Arm, signal: AbortSignal): Promise<TimingProcess | NoTime> {
    const talk = await talkTo(arm.subject, signal)
    if (!('hello' in talk)) return { because: describeDeath(talk) }
    return new TimingProcess(arm, signal, talk)
  }

  /**
   * Times a workload, which counts only where the pickle is the expected one, and so is what a load
   * gives.
   */
  async time(task: Task, { loops, samples }: Dose): Promise<Times | NoTime> {
    const { scenario, protocol, operation, expected } = task
    const { engine } = this.arm
    const isTold = operation === 'load' && !this.#loaded.has(scenario)
    const question = { engine, protocol, operation, scenario, loops, samples }
    const replied = await this.#talk.ask({
      request: 'bench',
      ...question,
      ...(isTold && { graph: true }),
    })
    if (replied.kind === 'died') {
      const because = describeDeath(replied.death)
      const talk = await talkTo(this.arm.subject, this.#signal)
      if ('hello' in talk) {
        this.#talk = talk
        this.#loaded = new WeakSet()
      }
      return { because }
    }
    const [answer] = replied.answers
    if (answer === undefined) return { because: 'it gave no answer' }
    if ('error' in answer) return { because: answer.error.message }
    if (!('bench' in answer)) return { because: 'it gave another answer than that of bench' }
    if (isTold) {
      const because = otherGraph(answer.bench, expected)
      if (because !== undefined) return { because }
      this.#loaded.add(scenario)
    }
    return judged(answer.bench, expected, samples)
  }

  async close(): Promise<void> {
    await this.#talk.close()
  }
}

/** What is wrong with the graph that a load gave; undefined when it is right. */
function otherGraph({ graph }: BenchResult, expected: Expected): string | undefined {
  if (graph === undefined) return 'it does not say what it loaded'
  const text = graphText(graph)
  if (text === expected.graph) return undefined
  const wanted = expected.graph ?? ''
  const at = [...text].findIndex((character, index) => character !== wanted[index])
  const near = (of: string): string => of.slice(Math.max(0, at - 20), at + 40)
  return `it loaded something else than its profile does: ${near(text)}, wanted ${near(wanted)}`
}

function judged(
  { sha256, bytes, samples }: BenchResult,
  expected: Expected,
  count: number,
): Times | NoTime {
  if (sha256 !== expected.sha256) {
    const lengths =
      bytes === expected.bytes ? `${bytes} other bytes` : `${bytes} bytes, wanted ${expected.bytes}`
    return { because: `it wrote another pickle than its profile does: ${lengths}` }
  }
  if (samples.length !== count || samples.some((ns) => !(ns > 0))) {
    return { because: `it gave ${samples.length} samples, wanted ${count} times above 0` }
  }
  return { samples, bytes }
}
