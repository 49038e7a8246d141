import type { Release } from '../release.ts'

/**
 * `fresh`: made anew by each reduction. `interned`: names. `attributes`: names, those with dots put
 * together anew.
 */
export type Treatment = 'fresh' | 'interned' | 'attributes'

/** What is known of the instances of a type of the library beyond what its pickles say. */
export type KnownType = {
  /** What becomes of strs and bytes among the arguments of a call; they are held unless said. */
  readonly arguments?: Treatment
  /** The keys of the state are made anew by each reduction, where names are interned else. */
  readonly freshStateKeys?: true
  /** Keys are made anew when an item is stored. */
  readonly freshItemKeys?: true
  /** It is a namedtuple: its arguments are its items. */
  readonly isNamedTuple?: true
  /** `__getnewargs__` gives this attribute, which protocols 0 and 1 do not ask for. */
  readonly argument?: string
  /** It reduces alike at every protocol: a call as it was, an instance as one of a plain class. */
  readonly isSettled?: true
  /** What its `__setstate__` gets is what its reduction gives, keys and all. */
  readonly hasSetState?: true
  /** Its state is made anew by each reduction, with the arrays of numpy in it. */
  readonly remakesState?: true
  /** What is None in its state is something else once it is loaded. */
  readonly fillsNone?: true
  /** Once it is loaded, what it has may be of other arrays or strs than in the pickle. */
  readonly isRebuilt?: true
}

const fresh: KnownType = { arguments: 'fresh' }
const interned: KnownType = { arguments: 'interned' }
const namedTuple: KnownType = { isNamedTuple: true }
const settled: KnownType = { isSettled: true }
const stateful: KnownType = { isSettled: true, hasSetState: true }

/** Of packages: they have not changed in this for as long as the names have been these. */
const packages: readonly (readonly [names: string, type: KnownType])[] = [
  ['numpy:dtype numpy:poly1d numpy:vectorize', settled],
  ['numpy.random.bit_generator:__pyx_unpickle_SeedSequence', settled],
  ['numpy.ma.core:_mareconstruct', { ...interned, isSettled: true, fillsNone: true }],
  ['numpy.random._pickle:__generator_ctor', { ...stateful, remakesState: true }],
  ['numpy.random._pickle:__randomstate_ctor', { ...stateful, remakesState: true }],
  ['numpy.random._pickle:__bit_generator_ctor', { ...stateful, remakesState: true }],
  [
    'pandas:Series pandas.core.series:Series pandas:DataFrame pandas.core.frame:DataFrame',
    stateful,
  ],
  ['pandas.core.internals.managers:BlockManager pandas._libs.internals:_unpickle_block', settled],
  ['pandas.core.internals.managers:SingleBlockManager', stateful],
  ['pandas:DateOffset pandas._libs.tslibs.offsets:DateOffset', { isRebuilt: true }],
  ['pandas._libs.interval:__pyx_unpickle_IntervalMixin', { isSettled: true, isRebuilt: true }],
  ['pandas._libs.arrays:__pyx_unpickle_NDArrayBacked', settled],
  ['pandas.core.indexes.base:_new_Index', { isSettled: true, isRebuilt: true }],
  ['pandas.core.indexes.interval:_new_IntervalIndex', { isSettled: true, isRebuilt: true }],
]

/** Whether the classes of a module were made in C, each with a str of its own for its module. */
export const isMadeByCython = (module: string): boolean => module.startsWith('pandas._libs.')

/** By `module:name`, and the minor releases they are true of. */
const rows: readonly (readonly [names: string, type: KnownType, since?: number, until?: number])[] =
  [
    ['decimal:Decimal', fresh],
    ['fractions:Fraction', fresh, 8, 11],
    ['ipaddress:IPv4Address ipaddress:IPv4Network ipaddress:IPv4Interface', fresh],
    ['ipaddress:IPv6Address ipaddress:IPv6Network ipaddress:IPv6Interface', fresh],
    ['pathlib:PurePath pathlib:PurePosixPath pathlib:PureWindowsPath', interned, 8, 12],
    ['pathlib:Path pathlib:PosixPath pathlib:WindowsPath', interned, 8, 12],
    ['operator:attrgetter', { arguments: 'attributes' }],
    ['collections:UserString', { argument: 'data' }],
    ['xml.etree.ElementTree:Element', { freshStateKeys: true }],
    ['http.cookies:Morsel', { freshItemKeys: true }],
    ['statistics:LinearRegression difflib:Match functools:_CacheInfo', namedTuple],
    ['inspect:FullArgSpec inspect:ArgInfo inspect:ClosureVars inspect:Attribute', namedTuple],
    ['sched:Event tokenize:TokenInfo dis:_Instruction shutil:_ntuple_diskusage', namedTuple],
    ...packages,
  ]

const nothing: KnownType = {}

const typesByMinor = new Map<number, ReadonlyMap<string, KnownType>>()

/** What is known of a type in a release. */
export function knownType([, minor]: Release, name: string): KnownType {
  let types = typesByMinor.get(minor)
  if (types === undefined) {
    const found = new Map<string, KnownType>()
    for (const [names, type, since = 0, until = 99] of rows) {
      if (minor < since || minor > until) continue
      for (const one of names.split(' ')) found.set(one, { ...found.get(one), ...type })
    }
    types = found
    typesByMinor.set(minor, types)
  }
  return types.get(name) ?? nothing
}
