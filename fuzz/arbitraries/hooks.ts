import { type Arbitrary, array, constant, constantFrom, integer, tuple } from 'fast-check'
import type { Json, JsonObject } from '../json.ts'
import { atoms } from './atoms.ts'
import type { Context, KnownClass, Layout, Place } from './context.ts'
import { reductions } from './reductions.ts'
import { present, sometimes, weighted, when } from './weighted.ts'

/** Where answers of hooks stand: instances of earlier classes alone, unless endless ones are wanted. */
export function answers(context: Context, own: number, self: Place['self'] = 'object'): Place {
  const isEndless = context.features.has('endless')
  return { scope: 'answer', classes: isEndless ? context.classes.length : own, self }
}

const raisedByPython = constantFrom<Json[]>(
  'ValueError',
  'AttributeError',
  'KeyError',
  'TypeError',
  'PicklingError',
  'RuntimeError',
  { type: 'ValueError', message: 'no' },
)

/** What a hook raises: an exception of Python, or of the scenario. */
function raised({ classes }: Context): Arbitrary<Json> {
  const own = classes.filter(({ layout }) => layout === 'exception').map(({ name }) => name)
  return weighted<Json>(
    [5, raisedByPython],
    [
      when(own.length > 0, 2),
      () =>
        tuple(constantFrom(...own), constantFrom('', 'é')).map(([type, message]) => ({
          type,
          message,
        })),
    ],
  )
}

/** An instance whose class may have `__call__`. */
function calledInstances({ classes }: Context): Arbitrary<Json> {
  const names = classes.filter(({ layout }) => layout === 'object').map(({ name }) => name)
  return constantFrom(...names, '').map((instance) => (instance === '' ? null : { instance }))
}

export type HookForm = {
  /** What rules match by; none: every call alike. */
  readonly matches?: Arbitrary<Json>
  /** In how many of a hundred rules one call alone is answered: answers may be asked about for ever. */
  readonly oneCall?: number
  /** Whether calls that no rule answers get an answer as well. */
  readonly answersElse: boolean
  /** It may be a property: an attribute of a class. */
  readonly isOnClass: boolean
  /** What it tells of the object: one that Python does not bind is asked about None. */
  readonly self?: Place['self']
  /** False: no function of the scenario, which would answer with its first argument. */
  readonly canBeFunction?: boolean
}

/** A hook in one of its forms: rules mostly, but also None, any value, a property. */
export function hook(context: Context, answer: Arbitrary<Json>, form: HookForm): Arbitrary<Json> {
  const { features } = context
  const rules = rulesOf(context, answer, form)
  const isOdd = features.has('callableKinds')
  return weighted<Json>(
    [16, rules],
    [when(isOdd, 1), () => constant(null)],
    [when(isOdd, 1), () => atoms(features).map((is) => ({ is }))],
    [
      when(isOdd && form.canBeFunction !== false && context.functions.length > 0, 2),
      () => constantFrom(...context.functions).map((name) => ({ is: { function: name } })),
    ],
    [
      when(isOdd && features.has('calledInstances'), 3),
      () => calledInstances(context).map((is) => ({ is })),
    ],
    [
      when(form.isOnClass && features.has('properties'), 2),
      () =>
        weighted<Json>(
          [1, () => raised(context).map((raises) => ({ raises }))],
          [1, () => rules.map((one) => ({ hook: one }))],
        ).map((property) => ({ property })),
    ],
  )
}

/** Callables that Python does not bind to the instance they are a method of. */
const unbound = ['partial', 'method', 'class', 'instance']

/** A callable that answers by rules. */
export function rulesOf(
  context: Context,
  answer: Arbitrary<Json>,
  { matches, answersElse, oneCall = 0, self }: HookForm,
): Arbitrary<JsonObject> {
  const { features } = context
  const outcome = weighted<JsonObject>(
    [9, () => answer.map((returns) => ({ returns }))],
    [when(features.has('raising'), 1), () => raised(context).map((raises) => ({ raises }))],
  )
  const match = matches === undefined ? constant(undefined) : sometimes(80, () => matches)
  const single = features.has('singleCalls') ? oneCall : 0
  const before = tuple(
    match,
    sometimes(Math.max(single, features.has('nthCalls') ? 20 : 0), () =>
      integer({ min: 1, max: 3 }),
    ),
    sometimes(features.has('hookActions') ? 30 : 0, () => context.make.actionsInHooks(context)),
  )
  const rule = tuple(before, outcome).map(([[match, nth, actions], then]) =>
    present({ match, nth, do: actions, ...then }),
  )
  const isOdd = features.has('callableKinds')
  return tuple(
    array(rule, { minLength: answersElse ? 0 : 1, maxLength: 2 }),
    sometimes(answersElse ? 90 : 0, () => answer),
    sometimes(isOdd ? 30 : 0, constantFrom('lambda', ...(self === 'dict' ? [] : unbound))),
  ).map(([rules, other, as]) => present({ rules, else: other, as }))
}

/** What a pickle method of that name answers, about objects of the class at `own`. */
function answerOf(
  context: Context,
  name: string,
  own: number,
  self: Place['self'],
): Arbitrary<Json> {
  const place = answers(context, own, self)
  const value = context.make.values(context, place, 2)
  // New arguments are saved before the object is in the memo.
  const isEndless = context.features.has('endless')
  const argument = context.make.values(context, { ...place, self: isEndless ? self : 'none' }, 1)
  const args = array(argument, { maxLength: 2 }).map((all): Json => ({ tuple: all }))
  const isWrong = context.features.has('wrongShapes')
  switch (name) {
    case '__getnewargs__':
      return weighted<Json>([6, args], [when(isWrong, 1), () => argument])
    case '__getnewargs_ex__':
      return weighted<Json>(
        [
          6,
          () =>
            tuple(args, array(argument, { maxLength: 1 })).map(([all, held]) => ({
              tuple: [all, { dict: held.map((one): Json => ['kw', one]) }],
            })),
        ],
        [when(isWrong, 1), () => args],
      )
    case '__getstate__':
      return weighted<Json>(
        [3, value],
        [1, constant(null)],
        [when(self === 'dict', 1), constant({ self: '__dict__' })],
      )
    case '__iter__':
      return array(value, { maxLength: 3 }).map((iterator) => ({ iterator }))
    case 'items':
      return array(tuple(context.make.keys(context, { ...place, self: 'none' }), value), {
        maxLength: 2,
      }).map((all) => ({ list: all.map((pair) => ({ tuple: [...pair] })) }))
    case '__index__':
      // As many bytes as an index says are made.
      return weighted<Json>(
        [4, integer({ min: -2, max: 6 })],
        [1, constantFrom<Json[]>('x', null, true, { int: `${2n ** 70n}` })],
      )
    case '__call__':
    case '__setstate__':
    case 'append':
    case 'extend':
    case 'add':
    case '__setitem__':
      return value
    default:
      return reductions(context, place, own)
  }
}

function selfOf(known: KnownClass | undefined): Place['self'] {
  return known?.hasDict === true && known.layout !== 'type' ? 'dict' : 'object'
}

/** Where the items of a subclass come from. */
const methodsOfItems: Readonly<Partial<Record<Layout, readonly string[]>>> = {
  list: ['__iter__'],
  dict: ['items'],
}

/** What an unpickler calls. */
const methodsOfLoading = ['__setstate__', 'append', 'extend', 'add', '__setitem__'] as const

/** Which pickle methods a class may have. */
function methodNames({ features }: Context, { layout }: KnownClass): readonly string[] {
  const canReduce = features.has('reducers') ? ['__reduce_ex__', '__reduce__'] : []
  if (layout === 'type' || layout === 'enum') return canReduce
  const called = features.has('calledInstances') ? ['__index__', '__call__'] : []
  const loading = features.has('loadHooks') ? methodsOfLoading : []
  const defaults = features.has('defaultReductions')
    ? ['__getstate__', '__getnewargs__', '__getnewargs_ex__']
    : []
  const itemMethods = methodsOfItems[layout] ?? []
  const iterated = features.has('itemHooks') ? itemMethods : []
  return [...canReduce, ...defaults, ...iterated, ...called, ...loading]
}

/** In how many of a hundred classes each method is, where it may be. */
const chances: Readonly<Record<string, number>> = {
  __reduce_ex__: 30,
  __reduce__: 30,
  __iter__: 50,
  items: 50,
}

/** The hooks of a class: `at` is its place among the classes. */
export function classHooks(context: Context, at: number): Arbitrary<Json | undefined> {
  const known = context.classes[at]
  const names = known === undefined ? [] : methodNames(context, known)
  const self = selfOf(known)
  const form = { answersElse: true, isOnClass: true, self } as const
  const each = names.map((name) =>
    sometimes(chances[name] ?? 25, () =>
      hook(context, answerOf(context, name, at, self), form).map((made): [string, Json] => [
        name,
        made,
      ]),
    ),
  )
  const lies = context.features.has('lyingClasses') && known?.layout === 'object' ? 30 : 0
  return tuple(
    sometimes(lies, () => lyingClass(context, at)),
    ...each,
  ).map(([lie, ...made]) => {
    const hooks = Object.fromEntries(made.filter((one) => one !== undefined))
    const all = present({ ...hooks, __class__: lie })
    return Object.keys(all).length === 0 ? undefined : all
  })
}

/** A class that says it is another: an earlier one, no class at all, or nothing. */
function lyingClass(context: Context, at: number): Arbitrary<Json> {
  const earlier = context.classes.slice(0, at)
  return weighted<Json>(
    [
      when(earlier.length > 0, 2),
      () => constantFrom(...earlier).map(({ name }) => ({ is: { class: name } })),
    ],
    [1, constantFrom<Json[]>({ is: 5 }, { is: { global: 'builtins:int' } })],
    [1, () => raised(context).map((raises) => ({ property: { raises } }))],
  )
}

/** Hooks that are attributes of an instance of the class at `at`. */
export function instanceHooks(context: Context, at: number): Arbitrary<Json> {
  const self = selfOf(context.classes[at])
  const form = { answersElse: true, isOnClass: false, self } as const
  const { features } = context
  return constantFrom(
    ...['__reduce_ex__', '__reduce__', '__getstate__', '__getnewargs__', '__getnewargs_ex__'],
    ...(features.has('itemHooks') ? ['items'] : []),
    ...(features.has('loadHooks') ? ['__setstate__', 'append', 'extend', 'add'] : []),
  ).chain((name) =>
    hook(context, answerOf(context, name, at, self), form).map((made) => ({ [name]: made })),
  )
}
