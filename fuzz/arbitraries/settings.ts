import {
  type Arbitrary,
  constant,
  constantFrom,
  integer,
  record,
  tuple,
  uniqueArray,
} from 'fast-check'
import type { Json, JsonObject } from '../json.ts'
import { atoms } from './atoms.ts'
import type { Context } from './context.ts'
import { answers, hook } from './hooks.ts'
import { reductions } from './reductions.ts'
import { present, sometimes, weighted, when } from './weighted.ts'

/** Keys of tables besides the scenario's classes: built-in types with and without a saver. */
const builtInKeys = [
  'builtins:complex',
  'builtins:int',
  'builtins:str',
  'builtins:list',
  'builtins:tuple',
  'builtins:dict',
  'builtins:range',
  'builtins:type',
  'types:FunctionType',
  'builtins:bytearray',
  'builtins:object',
  'decimal:Decimal',
] as const

type Key = { readonly name: string; readonly own: number | undefined }

function tableKeys({ classes }: Context): Arbitrary<Key> {
  const own = classes.map(({ name }, at): Key => ({ name, own: at }))
  const builtIn = builtInKeys.map((name): Key => ({ name, own: undefined }))
  return weighted(
    [when(own.length > 0, 4), () => constantFrom(...own)],
    [1, constantFrom(...builtIn)],
  )
}

/** A reducer for objects of the class at `own`. */
export function reducer(context: Context, own: number | undefined): Arbitrary<Json> {
  const answer = reductions(context, answers(context, own ?? 0), own)
  return hook(context, answer, { answersElse: true, isOnClass: false })
}

/** A key of a table with its reducer. */
export function tableEntry(context: Context): Arbitrary<readonly [string, Json]> {
  return tableKeys(context).chain(({ name, own }) =>
    reducer(context, own).map((made): [string, Json] => [name, made]),
  )
}

/** Entries of a table, each class once. */
export function tableEntries(context: Context): Arbitrary<readonly Json[]> {
  return uniqueArray(tableEntry(context), { maxLength: 3, selector: ([name]) => name }).map((all) =>
    all.map((pair): Json => [...pair]),
  )
}

/** A dispatch table of any kind. */
export function tables(context: Context): Arbitrary<Json> {
  const { features } = context
  const entries = tableEntries(context)
  const isOdd = features.has('oddTables')
  const methods = constantFrom<Json[]>(
    ['get'],
    ['__getitem__'],
    ['get', '__getitem__'],
    ['__getitem__', '__missing__'],
    ['__missing__'],
    [],
  )
  return weighted<Json>(
    [6, () => entries.map((all) => ({ kind: 'dict', entries: all }))],
    [
      when(isOdd, 4),
      () =>
        tuple(constantFrom('ChainMap', 'proxy', 'UserDict'), entries).map(([kind, all]) => ({
          kind,
          entries: all,
        })),
    ],
    [
      when(isOdd, 2),
      () =>
        tuple(entries, reducer(context, undefined)).map(([all, other]) => ({
          kind: 'defaultdict',
          entries: all,
          default: other,
        })),
    ],
    [
      when(isOdd, 3),
      () =>
        tuple(
          constantFrom('methods', 'subclass'),
          methods,
          entries,
          sometimes(
            20,
            constantFrom<Json[]>('KeyError', 'LookupError', 'AttributeError', 'ValueError'),
          ),
        ).map(([kind, those, all, missing]) =>
          present({ kind, methods: those, entries: all, missing }),
        ),
    ],
    [when(features.has('oddSettings'), 1), () => constant(null)],
    [when(features.has('oddSettings'), 1), () => atoms(features).map((is) => ({ is }))],
  )
}

/** Values that rules compare with, of every type that they can tell. */
const comparable = constantFrom<Json[]>(
  ...[1, 'ab', null, true, 'x', { int: `${2n ** 64n}` }, { str: ['ab'] }, { str: ['a', 0xdc00] }],
  ...[{ float: '3ff0000000000000' }, { float: '7ff8000000000000' }, { bytes: ['61'] }],
  ...[{ bytes: '6162' }, { bytes: [{ fill: 2, of: '61' }] }, { str: [{ fill: 2, of: 'a' }] }],
  ...[{ singleton: 'Ellipsis' }, { singleton: 'NotImplemented' }],
  ...[{ global: 'builtins:int' }, { global: 'builtins:len' }],
)

/** What rules of the pickler's own hooks match by. */
function matches(context: Context): Arbitrary<Json> {
  const { features, classes, functions } = context
  const someClass = constantFrom(
    ...classes.map(({ name }) => name),
    'builtins:list',
    'builtins:str',
    'builtins:complex',
    'builtins:int',
    'builtins:tuple',
    'builtins:bytearray',
  )
  return weighted<Json>(
    [4, () => someClass.map((name) => ({ class: name }))],
    [
      when(features.has('sharing'), 3),
      () => integer({ min: 0, max: 999 }).map((pick) => ({ object: { idOf: pick } })),
    ],
    [1, comparable.map((value) => ({ value }))],
    [
      when(classes.length > 0, 1),
      () =>
        constantFrom(...classes, { name: '' }).map(({ name }) => ({
          value: name === '' ? null : { class: name },
        })),
    ],
    [
      when(functions.length > 0, 1),
      () =>
        constantFrom(...functions, '').map((name) => ({
          value: name === '' ? null : { function: name },
        })),
    ],
  )
}

/** `reducer_override`: mostly NotImplemented for what no rule names. */
export function overrides(context: Context, isOnClass = false): Arbitrary<Json> {
  const { features } = context
  const place = answers(context, 0)
  const answer = weighted<Json>(
    [3, () => reductions(context, place, undefined)],
    [1, constant({ singleton: 'NotImplemented' })],
  )
  const isForAll = features.has('overridesAnything')
  const matched = isForAll ? sometimes(60, () => matches(context)) : matches(context)
  return hook(context, answer, {
    matches: matched.map((match) => match ?? { value: null }),
    oneCall: 85,
    answersElse: isForAll,
    isOnClass,
  })
}

/** `persistent_id`: an id that is a tuple is asked about again, so it is only given for some. */
export function persistentIds(context: Context, isOnClass = false): Arbitrary<Json> {
  const { features } = context
  const id = weighted<Json>(
    [4, constantFrom<Json[]>('id', 'p\nq', 'é', 7, 300, '')],
    [2, constant(null)],
    [1, () => atoms(features)],
    [1, () => atoms(features).map((one) => ({ tuple: ['id', one] }))],
    [
      when(features.has('sharing'), 1),
      () => integer({ min: 0, max: 999 }).map((pick) => ({ pick, else: 'id' })),
    ],
  )
  return hook(context, id, {
    matches: matches(context),
    oneCall: 40,
    answersElse: false,
    isOnClass,
    // Its first argument is the pickler, which is no id.
    canBeFunction: false,
  })
}

/** `buffer_callback`: what is false keeps a buffer in band. */
function bufferCallbacks(context: Context): Arbitrary<Json> {
  const answer = constantFrom<Json[]>(null, false, true, 0, 1, '', 'x', { list: [] })
  return hook(context, answer, { answersElse: true, isOnClass: false })
}

/** What `fast` may be set to. */
export function fastValues({ features }: Context): Arbitrary<Json> {
  return weighted<Json>(
    [5, constantFrom<Json[]>(true, 1)],
    [2, constantFrom<Json[]>(false, 0)],
    [
      when(features.has('oddSettings'), 2),
      () => constantFrom<Json[]>(null, 2, -1, 'x', { int: `${2n ** 64n}` }),
    ],
  )
}

function attributes(context: Context, isOnInstance: boolean): Arbitrary<JsonObject> {
  const { features } = context
  const isTabled = features.has(isOnInstance ? 'instanceTables' : 'subclassTables')
  return record({
    fast: sometimes(features.has('fast') ? 45 : 0, () => fastValues(context)),
    dispatch_table: sometimes(isTabled ? 75 : 0, () => tables(context)),
    reducer_override: sometimes(features.has('override') ? 40 : 0, () =>
      overrides(context, !isOnInstance),
    ),
    persistent_id: sometimes(features.has('persistentIds') ? 40 : 0, () =>
      persistentIds(context, !isOnInstance),
    ),
  }).map(present)
}

/** The protocol as an argument: most numbers are refused, or stand for another. */
function ownProtocols(context: Context): Arbitrary<Json> {
  const indexed = context.classes.filter(({ layout }) => layout === 'object')
  return weighted<Json>(
    [3, () => integer({ min: -2, max: 6 })],
    [
      1,
      constantFrom<Json[]>(null, true, '2', { float: '4000000000000000' }, { int: `${2n ** 70n}` }),
    ],
    [1, () => context.make.values(context, { scope: 'closed', classes: 0, self: 'none' }, 0)],
    [
      when(context.features.has('calledInstances') && indexed.length > 0, 4),
      () => constantFrom(...indexed).map(({ name }): Json => ({ instance: name })),
    ],
  )
}

/** How the pickler is made. */
export function picklers(context: Context): Arbitrary<JsonObject> {
  const { features } = context
  const init = record({
    protocol: sometimes(features.has('ownProtocol') ? 60 : 0, () => ownProtocols(context)),
    fix_imports: sometimes(features.has('fixImports') ? 60 : 0, constantFrom<Json[]>(true, false)),
    buffer_callback: sometimes(features.has('bufferCallbacks') ? 70 : 0, () =>
      bufferCallbacks(context),
    ),
  }).map(present)
  return record({
    init,
    subclass: context.hasSubclass ? attributes(context, false) : constant(null),
    instance: attributes(context, true),
  })
}

/** Entries of `copyreg.dispatch_table`, and codes of the extension registry. */
export function registries(context: Context): Arbitrary<JsonObject> {
  const { features, classes, functions, module } = context
  const named = [...classes.map(({ name }) => name), ...functions, 'nowhere']
  const code = weighted(
    [3, constantFrom(1, 127, 128, 255, 256, 65535, 65536, 2 ** 31 - 1)],
    [1, () => integer({ min: 1, max: 2 ** 31 - 1 })],
  )
  const extension = tuple(constantFrom(module, module, 'other'), constantFrom(...named), code)
  const extensions = uniqueArray(extension, {
    maxLength: 2,
    comparator: ([m, n, c], [other, name, taken]) => c === taken || (m === other && n === name),
  }).map((all) => all.map((one): Json => [...one]))
  return record({
    dispatch_table: features.has('copyreg') ? tableEntries(context) : constant([]),
    extensions: features.has('extensions') ? extensions : constant([]),
  })
}

/**
 * Functions: names for reductions, and what they answer when they are used as hooks. `owners` are the
 * qualified names of classes of the scenario's module, which functions may be found in.
 */
export function functionSpecs(
  context: Context,
  places: readonly JsonObject[],
  owners: readonly string[],
): Arbitrary<readonly Json[]> {
  const { features } = context
  const outer = constantFrom('outer.<locals>', ...owners)
  const isElsewhere = features.has('elsewhere')
  const answer = reductions(context, answers(context, 0), undefined)
  const call = answer.map((other): Json => ({ rules: [], else: other }))
  return tuple(
    ...context.functions.map((name, at) =>
      tuple(
        sometimes(isElsewhere ? 20 : 0, () => constant(true)),
        sometimes(isElsewhere ? 25 : 0, outer),
        sometimes(features.has('callableKinds') ? 40 : 0, () => call),
      ).map(([lambda, around, call]): Json => {
        const place = places[at] ?? {}
        const isHome = place['module'] === undefined && place['found'] === undefined
        const qualname = around === undefined || !isHome ? undefined : `${around}.${name}`
        return present({ name, qualname, ...place, lambda, call })
      }),
    ),
  )
}
