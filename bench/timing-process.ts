import { type BenchResult, type Scenario, type Talk, talkTo } from '../conformance/index.ts'
import { type Arm, describeDeath } from './arms.ts'
import type { ExpectedPickle } from './expected-pickle.ts'

/** No time, and why. */
export type NoTime = { readonly because: string }

/** Nanoseconds per call, one a sample, and the length of the pickle. */
export type Times = { readonly samples: readonly number[]; readonly bytes: number }

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

  /** Times a dump of a scenario, which counts only where the pickle is the expected one. */
  async time(
    scenario: Scenario,
    protocol: number,
    expected: ExpectedPickle,
    { loops, samples }: Dose,
  ): Promise<Times | NoTime> {
    const { engine } = this.arm
    const question = { engine, protocol, operation: 'dump', scenario, loops, samples } as const
    const replied = await this.#talk.ask({ request: 'bench', ...question })
    if (replied.kind === 'died') {
      const because = describeDeath(replied.death)
      const talk = await talkTo(this.arm.subject, this.#signal)
      if ('hello' in talk) this.#talk = talk
      return { because }
    }
    const [answer] = replied.answers
    if (answer === undefined) return { because: 'it gave no answer' }
    if ('error' in answer) return { because: answer.error.message }
    if (!('bench' in answer)) return { because: 'it gave another answer than that of bench' }
    return judged(answer.bench, expected, samples)
  }

  async close(): Promise<void> {
    await this.#talk.close()
  }
}

function judged(
  { sha256, bytes, samples }: BenchResult,
  expected: ExpectedPickle,
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
