import { createHash } from 'node:crypto'
import {
  type Details,
  type StaleEntry,
  standingOf,
  type Verdict,
  type VerdictLine,
} from '../../reports/index.ts'
import { isNegative, questionId, twinQuestions } from '../cases/index.ts'
import { clauseById } from '../clauses/index.ts'
import type { DumpResult, Hello, LoadResult, Observable } from '../protocol/message.ts'
import type { Death } from './conversation.ts'
import { answerDetails, questionDetails } from './details.ts'
import { Expectations } from './expected-failures.ts'
import { type Judged, judge, levelOf, unbuildable } from './judge.ts'
import { observe, observeDumps, observeLoads, type Question } from './observe.ts'
import { obstacle, type Plan, type PlannedCase } from './plan.ts'
import type { SeenResult } from './results.ts'
import {
  type DumpTask,
  hasRole,
  isRefused,
  judgeDumpTask,
  judgeLoadTask,
  type LoadTask,
  type RoleTask,
  type RoleVerdict,
  roleTask,
  taskDetails,
} from './role-tasks.ts'
import type { Run, RunSubject } from './run-settings.ts'
import type { Started } from './seat.ts'
import type { SubjectCommand } from './subject.ts'
import type { Outcome } from './supervise.ts'
import { Suspects, signatureOfLines } from './suspects.ts'
import type { RunLine } from './update-expected-failures.ts'

/** Questions that travel together stand together. */
type SuiteQuestion = Question & { readonly planned: PlannedCase }

const stderrKept = 4000

function verdictOfOutcome(outcome: Exclude<Outcome<unknown>, { kind: 'answered' }>): Verdict {
  if (outcome.kind === 'harness-error') return outcome
  if (outcome.kind !== 'crashed') {
    const { alone: _, ...verdict } = outcome
    return verdict
  }
  const { kind, signal, exitCode, stderrTail, inCompanyOnly } = outcome
  return { kind, signal, exitCode, stderr: stderrTail.slice(-stderrKept), inCompanyOnly }
}

/** The verdict on whatever was not asked because of this death. */
export const verdictOfDeath = (death: Death): Verdict =>
  verdictOfOutcome(death.kind === 'harness-error' ? death : { ...death, inCompanyOnly: false })

type Deferred = {
  readonly line: VerdictLine
  /** Absent for what engines that are no picklers were asked. */
  readonly question?: SuiteQuestion
  readonly more: Omit<RunLine, 'line'>
  /** Any of these answered rightly by the same engine makes the refusal count. */
  readonly twins: readonly string[]
  readonly details: () => Details
}

/** Asks one subject everything, and tells its lines. */
export class SubjectRun {
  readonly #run: Run
  readonly #plan: Plan
  readonly #subject: SubjectCommand
  readonly #expectations: Expectations
  readonly #hello: Hello | undefined
  readonly #right = new Set<string>()
  /** What engines that are no picklers were asked: no refusal of theirs leans on anything else. */
  readonly #taken = new Set<string>()
  readonly #deferred: Deferred[] = []
  /** The questions in the order in which they are asked. */
  #asked: readonly SuiteQuestion[] = []
  /** What fails the run, by question, as far as it will be asked again. */
  readonly #suspects: Suspects<SuiteQuestion>

  constructor(run: Run, plan: Plan, subject: RunSubject, hello: Hello | undefined) {
    this.#run = run
    this.#plan = plan
    this.#subject = subject.subject
    this.#hello = hello
    this.#suspects = new Suspects(run.askedAgain ?? 0)
    this.#expectations = new Expectations(subject.expected, hello?.version ?? '')
  }

  /** A subject that never said hello fails everything alike. */
  refuse(death: Death): void {
    const verdict = verdictOfDeath(death)
    for (const planned of this.#plan.cases) {
      for (const protocol of planned.told) this.#tellUnanswered(planned, protocol, null, verdict)
    }
  }

  async ask(started: Started, hello: Hello): Promise<void> {
    const isPickler = (engine: Hello['engines'][number]): boolean =>
      hasRole(hello, engine, 'pickler')
    const picklers = { ...hello, engines: hello.engines.filter(isPickler) }
    const others = { ...hello, engines: hello.engines.filter((engine) => !isPickler(engine)) }
    const tasks = this.#tasks(others)
    // Each works in a process of its own, the first in the one that is there.
    let first: Started | undefined = started
    const seat = (): { started?: Started; signal: AbortSignal } => {
      const given = first === undefined ? {} : { started: first }
      first = undefined
      return { ...given, signal: this.#run.signal }
    }
    if (picklers.engines.length > 0 || tasks.length === 0) {
      await observe(this.#subject, this.#allQuestions(picklers), {
        ...seat(),
        onOutcome: (question, outcome) => this.#judge(question, outcome, picklers),
      })
    }
    const loads = tasks.filter((task): task is LoadTask => 'load' in task)
    if (loads.length > 0) {
      await observeLoads(this.#subject, loads, {
        ...seat(),
        onOutcome: (task, outcome) =>
          this.#judgeTask(task, outcome, (result) =>
            judgeLoadTask(task, result, hello, this.#run.judges),
          ),
      })
    }
    const dumps = tasks.filter((task): task is DumpTask => 'dump' in task)
    if (dumps.length > 0) {
      await observeDumps(this.#subject, dumps, {
        ...seat(),
        onOutcome: (task, outcome) =>
          this.#judgeTask(task, outcome, (result) =>
            judgeDumpTask(task, result, hello, this.#run.judges),
          ),
      })
    }
    if (!this.#run.signal.aborted) this.#settle()
    await this.#suspects.tell(
      this.#asked,
      {
        signal: this.#run.signal,
        askAfresh: (questions, lines) => this.#askAfresh(questions, lines, picklers),
        nameOf: ({ planned }) => planned.case.id,
      },
      this.#run.onLine,
    )
  }

  /** How these lines of the last question come out when the questions are asked in a fresh process. */
  async #askAfresh(
    questions: readonly SuiteQuestion[],
    lines: readonly VerdictLine[],
    hello: Hello,
  ): Promise<string> {
    const last = questions.at(-1)
    let signature = ''
    await observe(this.#subject, questions, {
      signal: this.#run.signal,
      onOutcome: (question, outcome) => {
        if (question !== last) return
        if (outcome.kind !== 'answered') {
          signature = outcome.kind
          return
        }
        signature = signatureOfLines(
          lines.flatMap((line) => {
            const { engine, protocol } = line
            const result = outcome.results.find(
              (one) => one.engine === engine && one.protocol === protocol,
            )
            const follows = hello.engines.find(({ id }) => id === engine)?.follows ?? null
            if (result === undefined) return []
            const { conformance, parity } = judge(
              { case: question.planned.case, result, follows, wordSize: hello.wordSize },
              this.#run.judges,
            )
            return [{ ...line, conformance, parity }]
          }),
        )
      },
    })
    return signature
  }

  #allQuestions(hello: Hello): SuiteQuestion[] {
    const questions: SuiteQuestion[] = []
    if (hello.engines.length === 0) return questions
    for (const planned of this.#plan.cases) {
      const lacks = obstacle(planned, hello)
      if (lacks === undefined) questions.push(...this.#questions(planned, hello))
      else this.#tellAll(planned, hello, planned.asked, { kind: 'unsupported', because: lacks })
    }
    const { shuffle } = this.#run
    const place = (question: SuiteQuestion): string =>
      shuffle === undefined ? '' : digest(`${shuffle} ${question.planned.case.id}`)
    this.#asked = questions.sort(
      (a, b) => keyOf(a).localeCompare(keyOf(b)) || place(a).localeCompare(place(b)),
    )
    return questions
  }

  /** What engines without Python's object model are asked; what they cannot be asked is told. */
  #tasks(hello: Hello): RoleTask[] {
    const tasks: RoleTask[] = []
    for (const engine of hello.engines) {
      for (const planned of this.#plan.cases) {
        for (const protocol of planned.asked) {
          const task = roleTask(planned, protocol, engine, hello)
          if ('because' in task) {
            const { because } = task
            const verdict: Verdict = { kind: 'unsupported', because }
            this.#tellAll(planned, { ...hello, engines: [engine] }, [protocol], verdict)
          } else {
            this.#taken.add(rightKey(questionId(planned.case.id, protocol), engine.id))
            tasks.push(task)
          }
        }
      }
    }
    return tasks
  }

  #judgeTask<R extends LoadResult | DumpResult>(
    task: RoleTask,
    outcome: Outcome<readonly R[]>,
    judgeResult: (result: R) => RoleVerdict,
  ): void {
    const { planned, protocol, engine } = task
    const [result] = outcome.kind === 'answered' ? outcome.results : []
    const { conformance, parity }: RoleVerdict =
      outcome.kind === 'answered' && result !== undefined
        ? judgeResult(result)
        : unansweredTask(outcome, engine.follows !== null)
    const key = rightKey(questionId(planned.case.id, protocol), engine.id)
    if (conformance.kind === 'passed' || conformance.kind === 'lossy') this.#right.add(key)
    if (!planned.told.has(protocol)) return
    // One that the case leaves free is a refusal, too.
    const isFree = conformance.kind === 'passed' && result !== undefined && 'refused' in result
    const isRefusal = isFree || isRefused(task)
    const line: VerdictLine = {
      ...this.#line(planned, protocol, engine.id),
      // Whatever wrote a pickle, it is the format that says what it means.
      level: levelOf(planned.case) === 'implementation' ? 'protocol' : levelOf(planned.case),
      positive: !isRefusal,
      conformance,
      parity,
      ...(outcome.kind === 'answered' ? { ms: Math.round(outcome.ms * 1000) / 1000 } : {}),
    }
    const more = this.#more({ known: undefined })
    const details = (): Details => taskDetails(this.#question(planned, protocol), task, result)
    const twins = isRefusal ? this.#twins(planned, protocol, engine.id) : []
    const asked = twins.filter((twin) => this.#taken.has(twin))
    if (asked.length > 0) this.#deferred.push({ line, more, twins: asked, details })
    else this.#tell(line, more, details)
  }

  #twins({ case: one }: PlannedCase, protocol: number | null, engine: string): string[] {
    const twin = this.#plan.byId.get(one.twin ?? one.id) ?? one
    return twinQuestions(one, protocol, twin).map((each) => rightKey(each, engine))
  }

  stale(isWhole: boolean): StaleEntry[] {
    return this.#expectations.stale(this.#subject.id, isWhole)
  }

  /** What the case asks of this subject; protocols it does not know are told as unsupported. */
  #questions(planned: PlannedCase, hello: Hello): SuiteQuestion[] {
    const isKnown = (protocol: number | null): boolean =>
      protocol === null || hello.protocols.includes(protocol)
    const unknown = planned.asked.filter((protocol) => !isKnown(protocol))
    const because = 'it does not know this protocol'
    this.#tellAll(planned, hello, unknown, { kind: 'unsupported', because })
    const known = planned.asked.filter(isKnown)
    if (known.length === 0) return []
    const observed: Observable[] = [...new Set<Observable>([...planned.case.observe, 'orders'])]
    return [
      {
        planned,
        scenario: planned.case.scenario,
        engines: hello.engines.map(({ id }) => id),
        protocols: known.flatMap((protocol) => protocol ?? []),
        observe: observed.sort(),
      },
    ]
  }

  #judge(question: SuiteQuestion, outcome: Outcome<readonly SeenResult[]>, hello: Hello): void {
    const { planned, protocols } = question
    if (outcome.kind !== 'answered') {
      const at = planned.case.protocols === null ? [null] : protocols
      this.#unanswered(planned, hello, at, verdictOfOutcome(outcome))
      return
    }
    for (const result of outcome.results) this.#answer(question, result, outcome.ms, hello)
  }

  /** Where the adapter itself has failed, an engine whose release lacks something is excused. */
  #unanswered(
    planned: PlannedCase,
    hello: Hello,
    protocols: readonly (number | null)[],
    verdict: Verdict,
  ): void {
    const { scenario, observe: observed } = planned.case
    const { predict } = this.#run.judges
    const { wordSize } = hello
    for (const { id, follows } of hello.engines) {
      for (const protocol of protocols) {
        if (!planned.told.has(protocol)) continue
        const excuse =
          verdict.kind === 'harness-error' && follows !== null && predict !== undefined
            ? unbuildable(
                { scenario, profile: follows, protocol, observe: observed, orders: [], wordSize },
                predict,
              )
            : undefined
        this.#tellUnanswered(planned, protocol, id, excuse ?? verdict)
      }
    }
  }

  #answer(question: SuiteQuestion, result: SeenResult, ms: number, hello: Hello): void {
    const { planned } = question
    const { case: one } = planned
    const { engine, protocol } = result
    const follows = hello.engines.find(({ id }) => id === engine)?.follows ?? null
    const { wordSize } = hello
    const judged = judge({ case: one, result, follows, wordSize }, this.#run.judges)
    const id = questionId(one.id, protocol)
    if (judged.isRight) this.#right.add(rightKey(id, engine))
    if (!planned.told.has(protocol)) return
    const line: VerdictLine = {
      ...this.#line(planned, protocol, engine),
      conformance: judged.conformance,
      parity: judged.parity,
      ms: Math.round(ms * 1000) / 1000,
    }
    const details = (): Details => this.#details(planned, result, judged)
    const more = this.#more(judged)
    if (isNegative(one, protocol)) {
      const twins = this.#twins(planned, protocol, engine)
      this.#deferred.push({ line, question, more, twins, details })
      return
    }
    this.#tell(line, more, details, question)
  }

  /** Refusals count when their twins were answered rightly, which is known only now. */
  #settle(): void {
    for (const { line, question, more, twins, details } of this.#deferred.splice(0)) {
      if (twins.some((twin) => this.#right.has(twin))) {
        this.#tell(line, more, details, question)
        continue
      }
      const because = 'the refusal does not count: its valid twin was not answered rightly'
      const alone = (verdict: Verdict | null): Verdict | null =>
        verdict?.kind === 'passed' ? { kind: 'failed', because } : verdict
      const { conformance, parity } = line
      this.#tell({ ...line, conformance: alone(conformance), parity: alone(parity) }, more, details)
    }
  }

  #details(planned: PlannedCase, result: SeenResult, judged: Judged): Details {
    return answerDetails(this.#question(planned, result.protocol), result, judged)
  }

  #question({ title, case: one }: PlannedCase, protocol: number | null): Details {
    return questionDetails(title, one, protocol, this.#subject.id)
  }

  #line(
    { case: one }: PlannedCase,
    protocol: number | null,
    engine: string | null,
  ): Omit<VerdictLine, 'conformance' | 'parity'> {
    return {
      case: one.id,
      protocol,
      subject: this.#subject.id,
      engine,
      clause: one.clause,
      chapter: clauseById(one.clause)?.chapter ?? '',
      level: levelOf(one),
      positive: !isNegative(one, protocol),
    }
  }

  #more({ known }: Pick<Judged, 'known'>): Omit<RunLine, 'line'> {
    const isNews = known === undefined || known.kind === 'latitude'
    return {
      release: this.#hello?.version ?? '',
      known: isNews ? undefined : { reason: known.because, link: known.link ?? null },
    }
  }

  /** The same verdict for every engine at these protocols. */
  #tellAll(
    planned: PlannedCase,
    hello: Hello,
    protocols: readonly (number | null)[],
    verdict: Verdict,
  ): void {
    for (const { id } of hello.engines) {
      for (const protocol of protocols) {
        if (planned.told.has(protocol)) this.#tellUnanswered(planned, protocol, id, verdict)
      }
    }
  }

  #tellUnanswered(
    planned: PlannedCase,
    protocol: number | null,
    engine: string | null,
    verdict: Verdict,
  ): void {
    const isDocumented = levelOf(planned.case) !== 'implementation'
    const follows = this.#hello?.engines.find(({ id }) => id === engine)?.follows
    const isFollowing = this.#run.judges.predict !== undefined && follows !== null
    const line: VerdictLine = {
      ...this.#line(planned, protocol, engine),
      conformance: isDocumented ? verdict : null,
      // Where neither judge has a say, the verdict still has to stand somewhere.
      parity: isFollowing || !isDocumented ? verdict : null,
    }
    this.#tell(line, this.#more({ known: undefined }), () => this.#question(planned, protocol))
  }

  /** With its question, a line that fails the run waits until that was asked again. */
  #tell(
    line: VerdictLine,
    more: Omit<RunLine, 'line'>,
    details: () => Details,
    question?: SuiteQuestion,
  ): void {
    const applied = this.#expectations.apply(line)
    const isPlain = [line.conformance, line.parity].every(
      (verdict) => verdict === null || verdict.kind === 'passed' || verdict.kind === 'unsupported',
    )
    const told = isPlain ? applied : { ...applied, details: details() }
    if (
      question === undefined ||
      standingOf(told) !== 'failing' ||
      !this.#suspects.holds(question)
    ) {
      this.#run.onLine(told, more)
    } else this.#suspects.add(question, { line: told, more })
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Of a task that nobody answered, the same verdict by every judge that would have had a say. */
function unansweredTask(outcome: Outcome<unknown>, isFollowing: boolean): RoleVerdict {
  const verdict: Verdict =
    outcome.kind === 'answered'
      ? { kind: 'harness-error', message: 'an answer without a result' }
      : verdictOfOutcome(outcome)
  return { conformance: verdict, parity: isFollowing ? verdict : null }
}

const rightKey = (question: string, engine: string): string => `${question} ${engine}`

const keyOf = ({ protocols, observe: observed }: SuiteQuestion): string =>
  JSON.stringify([protocols, observed])
