import {
  codePointsOf,
  hashKey,
  isTruthy,
  makePartial,
  PickleError,
  PyClass,
  PyDict,
  PyFloat,
  PyFunction,
  PyObject,
  PyProperty,
  PyStr,
  type PyValue,
  strContent,
} from '../../reference/index.ts'
import { type QuickAnswer, quickAnswer } from './materialize-quick.ts'
import type { OpenEntry, Run } from './materialize-run.ts'
import type { CallableKind, FunctionSpec, Hook, Match, Rule, RulesHook, Value } from './scenario.ts'
import { UnbuildableError } from './unbuildable.ts'

/** Hooks asked about their last argument; all others are methods, asked about their instance. */
const askedAboutArgument: ReadonlySet<string> = new Set([
  'reducer_override',
  'persistent_id',
  'buffer_callback',
  'persistent_load',
])
const reductions: ReadonlySet<string> = new Set(['reducer_override', '__reduce__', '__reduce_ex__'])

/**
 * Which of its arguments a hook is asked about; `owner` is the object it was given to, `name` the
 * str `module:name` of its last two arguments.
 */
type Asks = 'first' | 'last' | 'owner' | 'name'

function asksOf(name: string, otherwise: Asks): Asks {
  if (name === 'find_class') return 'name'
  return isAskedAboutArgument(name) ? 'last' : otherwise
}

/** One installed callable: where it stands, what it answers, whom it is asked about. */
class InstalledHook {
  readonly #run: Run
  readonly #place: string
  readonly #rules: readonly Rule[]
  readonly #otherwise: Value | undefined
  readonly #asks: Asks
  readonly #owner: PyValue
  readonly #name: string
  /** A scenario's function without rules gives back its first argument. */
  readonly #givesFirstArgument: boolean
  readonly #quick = new Map<Value, QuickAnswer>()

  constructor(options: {
    readonly run: Run
    readonly place: string
    readonly hook: RulesHook | undefined
    readonly asks: Asks
    readonly owner?: PyValue
  }) {
    const { hook } = options
    this.#run = options.run
    this.#place = options.place
    this.#name = nameOf(options.place)
    this.#rules = hook?.rules ?? []
    this.#otherwise = hook?.else
    this.#asks = options.asks
    this.#owner = options.owner ?? null
    this.#givesFirstArgument = hook === undefined
  }

  /** Answers a call, with its place in the trace. */
  call(args: readonly PyValue[]): PyValue {
    const run = this.#run
    const subject = this.#subject(args)
    const entry = run.traceCall(this.#place, subject)
    const answer = this.#answered(entry, args, subject)
    if (entry !== undefined) entry[2] = run.labels.label(answer)
    if (this.#name === 'buffer_callback' && !isTruthy(run.world, answer)) run.outOfBand(subject)
    return answer
  }

  #subject(args: readonly PyValue[]): PyValue {
    if (this.#asks === 'owner') return this.#owner
    if (this.#asks === 'name') return fullName(...namePair(args))
    return (this.#asks === 'last' ? args.at(-1) : args[0]) ?? null
  }

  #answered(entry: OpenEntry | undefined, args: readonly PyValue[], subject: PyValue): PyValue {
    try {
      return this.#givesFirstArgument ? (args[0] ?? null) : this.#answer(subject, args)
    } catch (error) {
      if (entry !== undefined && error instanceof PickleError) entry[2] = `!${error.type}`
      throw error
    }
  }

  #answer(subject: PyValue, args: readonly PyValue[]): PyValue {
    const run = this.#run
    let chosen: Rule | undefined
    for (const rule of this.#rules) {
      if (rule.match !== undefined && !matches(run, rule.match, subject)) continue
      if (rule.nth !== undefined) {
        const count = (run.counts.get(rule) ?? 0) + 1
        run.counts.set(rule, count)
        if (count !== rule.nth) continue
      }
      chosen ??= rule
    }
    if (chosen === undefined) return this.#otherwiseFor(subject, args)
    for (const action of chosen.do ?? []) run.act(action)
    if ('raises' in chosen) throw run.exception(chosen.raises)
    return this.#given(chosen.returns, subject)
  }

  #otherwiseFor(subject: PyValue, args: readonly PyValue[]): PyValue {
    if (this.#otherwise !== undefined) return this.#given(this.#otherwise, subject)
    if (this.#asks === 'name') return this.#run.findClass(...namePair(args))
    return this.#name === 'reducer_override' ? this.#run.world.notImplemented : null
  }

  #given(value: Value, subject: PyValue): PyValue {
    const answer = this.#evaluated(value, subject)
    const isName = this.#name === '' || reductions.has(this.#name)
    if (!isName || !(answer instanceof PyStr)) return answer
    const { content } = answer
    return typeof content === 'string' ? this.#run.world.intern(content) : new PyStr(content)
  }

  #evaluated(value: Value, subject: PyValue): PyValue {
    const run = this.#run
    if (!run.isQuick) return run.evaluate(value, subject)
    let quick = this.#quick.get(value)
    if (quick === undefined) {
      quick = quickAnswer(run, value) ?? ((asked) => run.evaluate(value, asked))
      this.#quick.set(value, quick)
    }
    return quick(subject)
  }
}

/** The module and the name that `find_class` is asked about; instructions give it nothing but strs. */
function namePair(args: readonly PyValue[]): readonly [PyStr, PyStr] {
  const [module, name] = args.slice(-2)
  if (module instanceof PyStr && name instanceof PyStr) return [module, name]
  throw new UnbuildableError('find_class is asked about a module and a name')
}

function fullName(module: PyStr, name: PyStr): PyStr {
  const colon = 0x3a
  const points = [...codePointsOf(module.content), colon, ...codePointsOf(name.content)]
  return new PyStr(strContent(points))
}

/** The attribute name at the end of a place; empty for the entry of a table. */
function nameOf(place: string): string {
  return place.endsWith(']') ? '' : place.slice(place.lastIndexOf('.') + 1)
}

function isAskedAboutArgument(name: string): boolean {
  return name === '' || askedAboutArgument.has(name)
}

/** Whether a rule is about this object. */
function matches(run: Run, match: Match, subject: PyValue): boolean {
  if ('class' in match) return run.world.typeOf(subject) === run.classOf(match.class)
  if ('object' in match) return subject === run.objects.get(match.object)
  const wanted = run.evaluate(match.value)
  if (run.world.typeOf(subject) !== run.world.typeOf(wanted)) return false
  if (wanted instanceof PyFloat && subject instanceof PyFloat) return sameFloat(wanted, subject)
  const isValue =
    typeof wanted !== 'object' ||
    (wanted !== null && (wanted.kind === 'int' || wanted.kind === 'str' || wanted.kind === 'bytes'))
  return isValue ? hashKey(subject) === hashKey(wanted) : subject === wanted
}

function sameFloat(one: PyFloat, other: PyFloat): boolean {
  if (one.bits === null || other.bits === null) {
    return one.bits === other.bits && Object.is(one.value, other.value)
  }
  return one.bits.join() === other.bits.join()
}

export type HookOptions = {
  /** Python binds a plain function that stands there. */
  readonly isOnClass?: boolean
  /** The object whose attribute it is. */
  readonly owner?: PyValue
}

/** The attribute a hook stands for; `place` is its name in the trace. */
export function makeHook(
  run: Run,
  hook: Hook,
  place: string,
  { isOnClass = false, owner = null }: HookOptions = {},
): PyValue {
  if (hook === null) return null
  if ('is' in hook) return run.evaluate(hook.is)
  const name = nameOf(place)
  if ('property' in hook) {
    const { property } = hook
    if ('raises' in property) {
      return new PyProperty(() => {
        throw run.exception(property.raises)
      })
    }
    return new PyProperty((self) => {
      const asks = asksOf(name, 'owner')
      const installed = new InstalledHook({ run, place, hook: property.hook, asks, owner: self })
      return callableOf(run, installed, name, property.hook.as ?? 'function')
    })
  }
  const kind = hook.as ?? 'function'
  const isBound = isOnClass && (kind === 'function' || kind === 'lambda')
  const asks = asksOf(name, isBound ? 'first' : 'owner')
  return callableOf(run, new InstalledHook({ run, place, hook, asks, owner }), name, kind)
}

/** A hook as attribute of one object, named by its label. */
export function instanceHook(run: Run, owner: PyValue, name: string, hook: Hook): PyValue {
  return makeHook(run, hook, `${run.labels.label(owner)}.${name}`, { owner })
}

/** A callable of the kind asked for that hands its calls to the hook. */
function callableOf(run: Run, hook: InstalledHook, name: string, kind: CallableKind): PyValue {
  const { world } = run
  const call = (args: readonly PyValue[]): PyValue => hook.call(args)
  const called = kind === 'lambda' ? '<lambda>' : name === '' ? 'reducer' : name
  switch (kind) {
    case 'function':
    case 'lambda':
      return hookFunction(run, called, call)
    case 'partial':
      return makePartial(world, hookFunction(run, called, call), world.emptyTuple, new PyDict())
    case 'method':
      return new PyFunction({
        type: world.knownClass('builtins:method'),
        name: '<lambda>',
        qualname: world.intern('callable_of.<locals>.<lambda>'),
        module: world.intern(adapterModule),
        self: new PyObject(adapterClass(run, 'Holder')),
        call,
      })
    case 'class': {
      const cls = adapterClass(run, 'Answer')
      cls.namespace.set(
        '__new__',
        hookFunction(run, '<lambda>', ([, ...args]) => call(args)),
      )
      return cls
    }
    case 'instance': {
      const cls = adapterClass(run, 'Callable')
      cls.namespace.set(
        '__call__',
        hookFunction(run, '<lambda>', ([, ...args]) => call(args)),
      )
      return new PyObject(cls)
    }
  }
}

/** Where callables that Python does not bind come from; nothing can be found there. */
const adapterModule = 'cpython.hooks'

function adapterClass(run: Run, name: string): PyClass {
  const { world } = run
  return new PyClass({
    name,
    qualname: world.intern(name),
    module: world.intern(adapterModule),
    bases: [world.objectClass],
    layout: 'object',
    isHeap: true,
    hasDict: true,
  })
}

/** A hook function has the scenario's module and its attribute's name as its own. */
function hookFunction(
  run: Run,
  name: string,
  call: (args: readonly PyValue[]) => PyValue,
): PyFunction {
  const { world } = run
  return new PyFunction({
    type: world.knownClass('builtins:function'),
    name,
    qualname: world.intern(name),
    module: world.intern(run.scenario.module),
    call,
  })
}

/**
 * How a function of the scenario answers calls: by its rules, else with its first argument; traced
 * when it has rules or stands where a hook is.
 */
export function functionCall(run: Run, spec: FunctionSpec): (args: readonly PyValue[]) => PyValue {
  const place = run.plan.functionPlaces.get(spec.name)
  if (place === undefined && spec.call === undefined) return ([first = null]) => first
  const hook = new InstalledHook({
    run,
    place: place ?? spec.name,
    hook: spec.call,
    asks: place === undefined ? 'first' : asksOf(nameOf(place), 'first'),
  })
  return (args) => hook.call(args)
}
