import { median } from 'simple-statistics'
import { type Arm, type Loss, nameOf } from './arms.ts'
import { Expectations } from './expected.ts'
import { type Question, type Sized, titleOf } from './questions.ts'
import type { Random } from './random.ts'
import { loopsFor, TimingProcess } from './timing-process.ts'

/** A workload of which a call takes less than this of its time before is not warm yet. */
const fasterBy = 0.9

/** How long to measure. */
export type Effort = {
  /** No further round is begun when it would end later than this, in ms; the least are made anyway. */
  readonly budgetMs: number
  readonly leastRounds: number
  readonly mostRounds: number
  /**
   * For each workload in each process, before any is timed: what is compiled while it runs is
   * compiled then, and most of that code is shared.
   */
  readonly warmUpMs: number
  /** One sample, and how many of them each of the two passes of a round takes. */
  readonly sampleMs: number
  readonly samples: number
}

/** What an arm did with a workload in every round. */
export type Timed = {
  readonly arm: Arm
  readonly question: Question
  /** Nanoseconds per call: the samples of each round. */
  readonly samples: readonly (readonly number[])[]
  readonly bytes: number
  /** The least time per call at each size, in ns, for the exponent of growth. */
  readonly growth: readonly (readonly [size: number, ns: number])[]
}

export type Asked = {
  readonly timed: readonly Timed[]
  readonly losses: readonly Loss[]
  readonly rounds: number
}

/** What happens, for whoever shows it. */
export type OnStep = (step: {
  readonly round: number
  readonly workload: string
  readonly arm: string
}) => void

/** One arm with one workload, from round to round. */
class Cell {
  readonly arm: Arm
  readonly question: Question
  readonly samples: number[][] = []
  readonly growth: [size: number, ns: number][] = []
  bytes = 0
  /** The last time per call, in ns, from which loops are counted. */
  ns: number | undefined
  isLost = false

  constructor(arm: Arm, question: Question) {
    this.arm = arm
    this.question = question
  }
}

/**
 * Times every workload on every arm, round by round. In each round every arm has a fresh process,
 * which runs all workloads before one is timed; workloads come in random order, and for each the
 * arms do, first in one order and then in the reverse one, so that what changes slowly hits all
 * alike.
 *
 * A workload that an arm cannot be timed on is a loss, and is not asked of it again.
 */
export class Timing {
  readonly #effort: Effort
  readonly #random: Random
  readonly #signal: AbortSignal
  readonly #onStep: OnStep
  readonly #losses: Loss[] = []
  readonly #cells: readonly Cell[]
  readonly #expected = new Expectations()
  #round = 0

  constructor(options: {
    readonly arms: readonly Arm[]
    readonly questions: readonly Question[]
    readonly effort: Effort
    readonly random: Random
    readonly signal: AbortSignal
    readonly onStep: OnStep
  }) {
    this.#effort = options.effort
    this.#random = options.random
    this.#signal = options.signal
    this.#onStep = options.onStep
    this.#cells = options.questions.flatMap((question) =>
      options.arms
        .filter(({ tellsLoads }) => question.operation === 'dump' || tellsLoads)
        .map((arm) => new Cell(arm, question)),
    )
    if (options.questions.some(({ operation }) => operation === 'load')) {
      for (const { subject, engine, tellsLoads, isTwin } of options.arms) {
        if (tellsLoads || isTwin) continue
        const because = 'its adapter does not say what it loaded, so only its dumps are timed'
        const loss = { subject: subject.id, engine, workload: null }
        this.#losses.push({ ...loss, because, isFinding: false })
      }
    }
  }

  #lose(arm: Arm, workload: string | null, because: string): void {
    const { subject, engine } = arm
    const isKnown = this.#losses.some(
      (loss) => loss.subject === subject.id && loss.engine === engine && loss.workload === workload,
    )
    if (!isKnown && !this.#signal.aborted) {
      this.#losses.push({ subject: subject.id, engine, workload, because, isFinding: true })
    }
  }

  /** Makes rounds until the time is over. */
  async run(): Promise<Asked> {
    const { budgetMs, leastRounds, mostRounds } = this.#effort
    const began = performance.now()
    for (this.#round = 0; this.#round < mostRounds && !this.#signal.aborted; this.#round++) {
      const spent = performance.now() - began
      const isOver = this.#round > 0 && spent + spent / this.#round > budgetMs
      if (isOver && this.#round >= leastRounds) break
      await this.#makeRound()
    }
    const timed = this.#cells.filter(({ isLost }) => !isLost)
    return {
      timed: timed.map(({ arm, question, samples, growth, bytes }) => {
        return { arm, question, samples, growth, bytes }
      }),
      losses: this.#losses,
      rounds: this.#round,
    }
  }

  async #makeRound(): Promise<void> {
    const arms = new Set(this.#cells.filter(({ isLost }) => !isLost).map(({ arm }) => arm))
    const processes = new Map<Arm, TimingProcess>()
    try {
      for (const arm of this.#random.shuffled([...arms])) {
        const started = await TimingProcess.start(arm, this.#signal)
        if ('because' in started) this.#loseArm(arm, started.because)
        else processes.set(arm, started)
      }
      const questions = new Set(this.#cells.map(({ question }) => question))
      const { sampleMs, warmUpMs } = this.#effort
      for (const question of this.#random.shuffled([...questions])) {
        await this.#warmUpAll(question, processes, warmUpMs)
      }
      for (const question of this.#random.shuffled([...questions])) {
        const order = await this.#warmUpAll(question, processes, 2 * sampleMs)
        await this.#timeQuestion(order)
      }
    } finally {
      for (const process of processes.values()) await process.close()
    }
  }

  #loseArm(arm: Arm, because: string): void {
    for (const cell of this.#cells) if (cell.arm === arm) cell.isLost = true
    this.#lose(arm, null, because)
  }

  /** Lets each arm in turn run a workload for so many ms. */
  async #warmUpAll(
    question: Question,
    processes: ReadonlyMap<Arm, TimingProcess>,
    ms: number,
  ): Promise<readonly [Cell, TimingProcess][]> {
    const order: [Cell, TimingProcess][] = []
    for (const cell of this.#random.shuffled(this.#cells)) {
      const process = processes.get(cell.arm)
      if (cell.question !== question || cell.isLost || process === undefined) continue
      this.#onStep({
        round: this.#round,
        workload: titleOf(question),
        arm: nameOf(cell.arm),
      })
      await this.#warmUp(cell, process, ms)
      order.push([cell, process])
    }
    return order
  }

  async #timeQuestion(order: readonly [Cell, TimingProcess][]): Promise<void> {
    for (const [cell] of order) cell.samples.push([])
    for (const [cell, process] of [...order, ...order.toReversed()]) {
      const { samples, sampleMs } = this.#effort
      const found = await this.#ask(cell, process, { ms: sampleMs, samples })
      cell.samples.at(-1)?.push(...found)
    }
    if (this.#round > 0) return
    for (const [cell, process] of order) await this.#measureGrowth(cell, process)
  }

  /**
   * Runs a workload until it has run for so long and is no longer getting faster, counting how long a
   * call takes.
   */
  async #warmUp(cell: Cell, process: TimingProcess, wantedMs: number): Promise<void> {
    const samples = 2
    let isGettingFaster = false
    for (let warmMs = 0; (warmMs < wantedMs || isGettingFaster) && !cell.isLost; ) {
      const before = cell.ns
      const ms = before === undefined ? 0 : Math.max(this.#effort.sampleMs, wantedMs / samples)
      const found = await this.#ask(cell, process, { ms, samples })
      if (found.length === 0) return
      const loops = before === undefined ? 1 : loopsFor(ms, before)
      cell.ns = Math.min(...found)
      isGettingFaster = before !== undefined && cell.ns < fasterBy * before
      warmMs += (loops * samples * median([...found])) / 1e6
    }
  }

  /** The least time at each size: what other programs take from it is not of the workload. */
  async #measureGrowth(cell: Cell, process: TimingProcess): Promise<void> {
    const { sampleMs: ms } = this.#effort
    for (const sized of cell.question.sizes) {
      const found = await this.#ask(cell, process, { ms, samples: 3 }, sized)
      if (found.length > 0) cell.growth.push([sized.size, Math.min(...found)])
    }
  }

  /** Samples of a cell, each of about so many ms; none where it is or gets lost. */
  async #ask(
    cell: Cell,
    process: TimingProcess,
    { ms, samples }: { readonly ms: number; readonly samples: number },
    sized?: Sized,
  ): Promise<readonly number[]> {
    if (cell.isLost || this.#signal.aborted) return []
    const { arm, question } = cell
    const { scenario, factor } = sized ?? { scenario: question.scenario, factor: 1 }
    const loops = ms === 0 ? 1 : loopsFor(ms, (cell.ns ?? 1) * factor)
    const { operation, protocol } = question
    const expected = this.#expected.of(scenario, arm.follows, protocol, operation)
    const found =
      'because' in expected
        ? expected
        : await process.time({ scenario, protocol, operation, expected }, { loops, samples })
    if ('because' in found) {
      cell.isLost = true
      this.#lose(arm, titleOf(question), found.because)
      return []
    }
    if (factor === 1) cell.bytes = found.bytes
    return found.samples
  }
}
