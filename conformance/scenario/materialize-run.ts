import type {
  Profile,
  PyClass,
  PyFunction,
  PyModule,
  PyStr,
  PyValue,
  Unpickler,
  WordSize,
  World,
} from '../../reference/index.ts'
import type { Labels } from './materialize-labels.ts'
import type { Plan } from './materialize-plan.ts'
import type { Action, Raise, Rule, Scenario, Value } from './scenario.ts'

/** An entry of the trace while its answer is still open. */
export type OpenEntry = [hook: string, object: string, answer: string]

/** An unpickler of a `load` step with its file. */
export type Loading = {
  readonly unpickler: Unpickler
  /** How many bytes of the file have been read; undefined where more is looked at than that. */
  offset(): number | undefined
}

/** What one run of a scenario has; the other files of the materializer work on it. */
export type Run = {
  readonly scenario: Scenario
  readonly plan: Plan
  readonly world: World
  readonly profile: Profile
  readonly protocol: number | null
  /** How deeply saves may be nested. */
  readonly recursionLimit: number | undefined
  /** The bits of a word of the machine that is followed. */
  readonly wordSize: WordSize
  readonly labels: Labels
  /** Objects with an id, once they are made. */
  readonly objects: Map<string, PyValue>
  readonly functions: Map<string, PyFunction>
  readonly classes: Map<string, PyClass>
  /** What was put into modules, by `module:name`. */
  readonly bound: Map<string, PyValue>
  /** The bytes of each step so far, step 0 first. */
  readonly written: Uint8Array[]
  /** The unpickler of the latest `load` step, and where it reads. */
  loading: Loading | undefined
  /** How often the match of a rule with `nth` has held. */
  readonly counts: Map<Rule, number>
  /** A workload: nothing is observed, and hooks answer without looking at the scenario. */
  readonly isQuick: boolean
  /** One evaluation: a new object, complete. `self` is what `{"self":true}` stands for. */
  evaluate(value: Value, self?: PyValue): PyValue
  /** The class a reference names. */
  classOf(ref: string): PyClass
  /** What `module:qualified.name` names. */
  globalOf(ref: string): PyValue
  /** The module the scenario's things are put into; undefined for a missing one. */
  moduleOf(name: string): PyModule | undefined
  /** A new exception as a rule describes it. */
  exception(raise: Raise): Error
  /** Carries out an action. */
  act(action: Action): void
  /** A new entry of the trace; undefined when it is not kept. */
  traceCall(place: string, subject: PyValue): OpenEntry | undefined
  /** Notes a buffer that was taken out of band. */
  outOfBand(buffer: PyValue): void
  /** What the unpickler that is loading finds under a name where no hook says otherwise. */
  findClass(module: PyStr, name: PyStr): PyValue
  /** The members of a new set in the order that was given for it, else as they are. */
  ordered(label: string, members: readonly PyValue[]): readonly PyValue[]
}
