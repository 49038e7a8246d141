import {
  createWorld,
  dictStore,
  hexOfBytes,
  PickleError,
  type Profile,
  PyBuffer,
  PyClass,
  type PyFunction,
  PyModule,
  type PyStr,
  type PyValue,
  raised,
  releaseText,
  type WordSize,
  type World,
} from '../../reference/index.ts'
import type { Observable, Observation, SetOrders, TraceEntry } from '../protocol/message.ts'
import { EndlessError, mostHookCalls } from './endless.ts'
import type { LoadedGraph } from './loaded.ts'
import { finishClass, makeClass, makeFunction, putIntoModule } from './materialize-classes.ts'
import { Labels } from './materialize-labels.ts'
import { describeLoaded, unpicklerMaker } from './materialize-load.ts'
import { File, MemoryFile, refusalOf } from './materialize-observe.ts'
import { type Plan, planOf } from './materialize-plan.ts'
import type { Loading, OpenEntry, Run } from './materialize-run.ts'
import { act, makePickler, type Pickling, picklerMaker } from './materialize-steps.ts'
import { makeEntries } from './materialize-tables.ts'
import { Builder } from './materialize-values.ts'
import type { Action, Raise, Rule, Scenario, Value } from './scenario.ts'
import { UnbuildableError } from './unbuildable.ts'

const traceLength = 64

export type MaterializeOptions = {
  readonly profile: Profile
  /** null for a scenario with its own `init.protocol`. */
  readonly protocol: number | null
  readonly observe: readonly Observable[]
  /** The order of each set with two or more members, as a subject reported it. */
  readonly orders?: SetOrders | undefined
  /** How deeply saves may be nested; what a pickler of the reference takes unless given. */
  readonly recursionLimit?: number | undefined
  /** The bits of a word of the machine that is followed; 64 unless given. */
  readonly wordSize?: WordSize | undefined
}

/** What a run saw: step 0 first, then a step for each action; and the bytes of each. */
export type RunSeen = {
  readonly steps: readonly Observation[]
  readonly orders?: SetOrders
  readonly written: readonly Uint8Array[]
}

/**
 * Builds a canonical scenario in a world of its own and carries out its steps with the reference's
 * pickler, as README.md says.
 *
 * @throws {UnbuildableError} a scenario that cannot be built in the release of the profile
 */
export function materialize(scenario: Scenario, options: MaterializeOptions): MaterializedRun {
  return new MaterializedRun(scenario, options)
}

export class MaterializedRun implements Run {
  readonly scenario: Scenario
  readonly plan: Plan
  readonly world: World
  readonly profile: Profile
  readonly protocol: number | null
  readonly recursionLimit: number | undefined
  readonly wordSize: WordSize
  readonly labels = new Labels()
  readonly objects = new Map<string, PyValue>()
  readonly functions = new Map<string, PyFunction>()
  readonly classes = new Map<string, PyClass>()
  readonly bound = new Map<string, PyValue>()
  readonly written: Uint8Array[] = []
  readonly counts = new Map<Rule, number>()
  loading: Loading | undefined
  isQuick = false
  readonly #observe: readonly Observable[]
  readonly #builder: Builder
  readonly #pickling: Pickling
  readonly #file = new File()
  readonly #givenOrders: Map<string, (readonly number[])[]> | undefined
  readonly #orders: [label: string, positions: readonly number[]][] = []
  #buffers: { readonly bytes: string; readonly readonly: boolean }[] = []
  #trace: OpenEntry[] = []
  #traceKept = 0
  #traceMore = 0
  #hookCalls = 0

  constructor(scenario: Scenario, options: MaterializeOptions) {
    const { profile } = options
    this.scenario = scenario
    this.plan = planOf(scenario)
    this.profile = profile
    this.protocol = options.protocol
    this.recursionLimit = options.recursionLimit
    this.wordSize = options.wordSize ?? 64
    this.world = createWorld(profile.release, {
      implementation: profile.implementation,
      boxesInts: profile.askedToOverride === 'all' && this.plan.hasReducerOverride,
    })
    this.#observe = options.observe
    this.#givenOrders = options.orders === undefined ? undefined : ordersByLabel(options.orders)
    this.#builder = new Builder(this)
    this.#pickling = {
      run: this,
      file: this.#file,
      pickler: undefined,
      cls: undefined,
      graph: undefined,
    }
  }

  /** Carries out everything: what is there before step 0, step 0, the actions in turn. */
  observeAll(): RunSeen {
    this.prepare()
    const { written } = this
    const steps = [this.#step(() => makePickler(this.#pickling))]
    if (steps[0]?.refused === undefined) {
      for (const action of this.scenario.steps) {
        steps.push(this.#step(() => act(this.#pickling, action), action))
      }
    }
    const orders = this.#observe.includes('orders') ? { orders: this.#orders } : {}
    return { steps, ...orders, written }
  }

  /**
   * A function that dumps the value of the one step, with a pickler and a file of its own each time,
   * and gives the pickle. Everything else is made here.
   *
   * @throws {UnbuildableError} a scenario whose steps are not one dump, or one that is refused
   */
  workload(): () => Uint8Array {
    const [step, ...more] = this.scenario.steps
    if (step === undefined || !('dump' in step) || more.length > 0) {
      throw new UnbuildableError('a workload has one step, a dump')
    }
    this.prepare()
    const value = this.evaluate(step.dump)
    this.#builder.stopLabelling()
    this.isQuick = true
    const make = picklerMaker(this)
    return () => {
      const file = new MemoryFile()
      make(file).dump(value)
      return file.bytes()
    }
  }

  /** A function that loads a pickle with an unpickler of its own; for what {@link workload} gave. */
  loader(): (pickle: Uint8Array) => PyValue {
    const make = unpicklerMaker(this)
    return (pickle) => make(pickle).load()
  }

  /** What {@link loader} gave, as a load step tells it. */
  describe(loaded: PyValue): LoadedGraph {
    return describeLoaded(this, loaded)
  }

  /** Builds what is there before step 0. */
  prepare(): void {
    const { scenario, world } = this
    for (const name of scenario.missingModules) {
      world.missingModules.add(name)
      world.modules.delete(name)
    }
    for (const spec of scenario.functions) this.functions.set(spec.name, makeFunction(this, spec))
    for (const spec of scenario.classes) this.classes.set(spec.name, makeClass(this, spec))
    for (const spec of scenario.classes) putIntoModule(this, spec, this.classOf(spec.name))
    for (const spec of scenario.functions) {
      const made = this.functions.get(spec.name)
      if (made !== undefined) putIntoModule(this, spec, made)
    }
    this.#builder.evaluateAll(this.plan.named.keys())
    for (const spec of scenario.classes) finishClass(this, spec)
    const entries = makeEntries(this, scenario.copyreg.dispatch_table, 'copyreg')
    entries.keys.forEach((key, at) => {
      dictStore(world.copyregTable, key, entries.values[at] ?? null)
    })
    for (const [module, name, code] of scenario.copyreg.extensions) {
      world.extensionCodes.set(`${module}\0${name}`, code)
    }
  }

  /** The pickler's bytes and refusals are those of what is done here alone. */
  act(action: Action): void {
    const { loading } = this
    try {
      act(this.#pickling, action)
    } finally {
      this.loading = loading
    }
  }

  evaluate(value: Value, self?: PyValue): PyValue {
    return this.#builder.evaluate(value, self)
  }

  classOf = (ref: string): PyClass => {
    const found = ref.includes(':') ? this.globalOf(ref) : this.classes.get(ref)
    if (found instanceof PyClass) return found
    throw new UnbuildableError(
      found === undefined ? `the class ${ref} is used before it is made` : `${ref} is no class`,
    )
  }

  globalOf(ref: string): PyValue {
    const found = this.world.findKnown(ref)
    if (found === undefined) {
      const release = releaseText(this.world.release)
      throw new UnbuildableError(`${ref} is not among the known names of Python ${release}`)
    }
    return found
  }

  moduleOf(name: string): PyModule | undefined {
    const { world } = this
    if (world.missingModules.has(name)) return undefined
    const dot = name.lastIndexOf('.')
    const hasParent = dot > 0 && !name.split('.').includes('')
    const parent = hasParent ? this.moduleOf(name.slice(0, dot)) : undefined
    const before = world.findModule(name)
    if (before !== undefined) return before
    const module = new PyModule(world.intern(name))
    world.modules.set(name, module)
    parent?.attributes.set(name.slice(dot + 1), module)
    return module
  }

  exception({ type, message }: Raise): Error {
    return raised(this.world, this.classOf(type), message)
  }

  traceCall(place: string, subject: PyValue): OpenEntry | undefined {
    this.#hookCalls++
    if (this.#hookCalls > mostHookCalls) throw new EndlessError()
    if (!this.#observe.includes('trace')) return undefined
    if (this.#traceKept >= traceLength) {
      this.#traceMore++
      return undefined
    }
    this.#traceKept++
    const entry: OpenEntry = [place, this.labels.label(subject), '']
    this.#trace.push(entry)
    return entry
  }

  outOfBand(buffer: PyValue): void {
    if (!(buffer instanceof PyBuffer)) throw new UnbuildableError('a buffer is wanted out of band')
    if (buffer.data === null) {
      throw new PickleError('ValueError', 'operation forbidden on released PickleBuffer object')
    }
    this.#buffers.push({ bytes: hexOfBytes(buffer.data), readonly: buffer.isReadOnly })
  }

  findClass(module: PyStr, name: PyStr): PyValue {
    if (this.loading === undefined) throw new UnbuildableError('nothing is being loaded')
    return this.loading.unpickler.findClass(module, name)
  }

  ordered(label: string, members: readonly PyValue[]): readonly PyValue[] {
    if (members.length < 2) return members
    const positions = this.#orderFor(label) ?? members.map((_, at) => at)
    this.#orders.push([label, positions])
    const ordered = positions.map((at) => members[at]).filter((member) => member !== undefined)
    const isWhole = new Set(positions).size === members.length
    if (positions.length !== members.length || ordered.length !== members.length || !isWhole) {
      throw new UnbuildableError(
        `the order given for ${label} is [${positions.join(', ')}], wanted the positions of ${members.length} members`,
      )
    }
    return ordered
  }

  /**
   * The next order that was given for a set of this label. A run that goes on where the subject met
   * its limit of depth makes more of them: they are in the last order that was given.
   */
  #orderFor(label: string): readonly number[] | undefined {
    const given = this.#givenOrders?.get(label)
    return given !== undefined && given.length > 1 ? given.shift() : given?.[0]
  }

  #step(carryOut: () => void, action?: Action): Observation {
    this.#buffers = []
    this.#trace = []
    this.#traceMore = 0
    this.#pickling.graph = undefined
    let refused: Observation['refused']
    try {
      carryOut()
    } catch (error) {
      if (!(error instanceof PickleError)) throw error
      refused = refusalOf(error)
    }
    const isLoad = action !== undefined && 'load' in action
    const offset = isLoad && refused !== undefined ? this.loading?.offset() : undefined
    const { bytes, writes } = this.#file.take()
    this.written.push(bytes)
    const { pickler } = this.#pickling
    const isSeen = (what: Observable): boolean => this.#observe.includes(what)
    return {
      ...(bytes.length > 0 && { bytes: hexOfBytes(bytes) }),
      ...(refused !== undefined && { refused }),
      ...(offset !== undefined && { offset }),
      ...(this.#buffers.length > 0 && { buffers: this.#buffers }),
      // The trace is labelled before the memo, and first of all.
      ...(isSeen('trace') && { trace: this.#trace as readonly TraceEntry[] }),
      ...(this.#traceMore > 0 && { traceMore: this.#traceMore }),
      ...(isSeen('memo') &&
        pickler !== undefined && {
          memo: pickler.memoValues().map((value) => this.labels.label(value)),
        }),
      ...(isSeen('writes') && { writes }),
      ...(this.#pickling.graph !== undefined && { graph: this.#pickling.graph }),
    }
  }
}

function ordersByLabel(orders: SetOrders): Map<string, (readonly number[])[]> {
  const byLabel = new Map<string, (readonly number[])[]>()
  for (const [label, positions] of orders) {
    const earlier = byLabel.get(label)
    if (earlier === undefined) byLabel.set(label, [positions])
    else earlier.push(positions)
  }
  return byLabel
}
