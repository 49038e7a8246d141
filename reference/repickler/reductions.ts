import { PickleError } from '../errors.ts'
import { type Deed, PyRecorded, PySymbol, symbolKindsOf } from '../unpickler/recorded.ts'
import { dictLookupText, dictStore } from '../values/dict.ts'
import { copyStr, freshBytes } from '../values/fresh.ts'
import { itemsIterator, listIterator } from '../values/iterate.ts'
import { builtInBaseOf, slotsRefused } from '../values/reduce.ts'
import { isTruthy } from '../values/truth.ts'
import {
  type Layout,
  PyByteArray,
  PyBytes,
  PyClass,
  PyDict,
  PyList,
  PyStr,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { WordSize } from '../word-size.ts'
import { arrayCall } from './arrays.ts'
import { type Assumption, Assumptions } from './assumptions.ts'
import type { Call } from './call.ts'
import { HeldState, type Holding } from './held-state.ts'
import { type KnownType, knownType, type Treatment } from './known-types.ts'
import { libraryNameOf, type Names, nameOf } from './names.ts'
import { NdArrays } from './ndarrays.ts'
import { timeArguments } from './times.ts'

/** What an object derives from that has items, by how it was given them. */
const basesByDeed: Partial<Record<Deed[0], 'list' | 'dict'>> = { append: 'list', setitem: 'dict' }

/** A reduction before its parts become a tuple. */
type Parts = Call & {
  readonly state: PyValue
  readonly listItems: readonly PyValue[]
  readonly dictItems: PyDict
}

const noItems = { listItems: [], dictItems: new PyDict() }

/**
 * How the objects that a load recorded reduce, at the protocol they came from and at any other.
 *
 * Not in the protocol: it says of a class only what can be seen from how one of its instances was
 * reduced, and what is known of Python's library.
 */
export class Reductions {
  readonly #world: World
  readonly #names: Names
  readonly #wordSize: WordSize
  readonly #states = new Map<PyRecorded, HeldState>()
  readonly #tuples = new Map<readonly PyValue[], PyTuple>()
  readonly #setters = new Map<PyRecorded, readonly [setter: PyValue, state: PyValue]>()
  readonly #arrays: NdArrays
  /** What classes of nobody's derive from, where the items of an object show it. */
  readonly #bases = new Map<PyValue, Set<'list' | 'dict'>>()
  /** The protocol of the pickle that was loaded. */
  readonly origin: number
  /** Objects written as they were recorded, since nobody knows their reduction at the protocol. */
  readonly kept: PyRecorded[] = []
  /** What was taken for granted, since nothing in the pickle says otherwise. */
  readonly assumptions = new Assumptions()

  constructor(world: World, names: Names, wordSize: WordSize, origin: number) {
    this.#world = world
    this.#names = names
    this.#wordSize = wordSize
    this.origin = origin
    this.#arrays = new NdArrays(world, names, (making, deeds) => {
      const made = new PyRecorded(world, symbolKindsOf(world).made, making)
      made.done.push(...deeds)
      return made
    })
  }

  /** All calls that were made: those with the very same arguments have one tuple of them. */
  addCalls(made: readonly PyRecorded[]): void {
    const met = new Set<readonly PyValue[]>()
    for (const { making } of made) {
      const { args } = making
      if (met.has(args)) this.#tuples.set(args, new PyTuple([...args]))
      met.add(args)
    }
  }

  /** A tuple of the pickle, which may be that of the arguments of a call. */
  addTuple(tuple: PyTuple): void {
    this.#tuples.set(tuple.items, tuple)
  }

  /** Another object that was made: its items tell what its class derives from. */
  addMade({ making: { from, by }, done }: PyRecorded): void {
    if (by !== 'new') return
    for (const [name] of done) {
      const base = basesByDeed[name]
      if (base === undefined) continue
      this.#bases.set(from, (this.#bases.get(from) ?? new Set()).add(base))
    }
  }

  /** An object had its state set by a call of this. @clause RED-05 */
  addSetter(made: PyRecorded, setter: PyValue, state: PyValue): void {
    this.#setters.set(made, [setter, state])
  }

  /** What `__reduce_ex__(protocol)` of an object gives. */
  reduce(made: PyRecorded, protocol: number): PyTuple {
    const { callable, args, state, listItems, dictItems } = this.#parts(made, protocol)
    const list = listIterator(this.#world, new PyList([...listItems]))
    const dict = itemsIterator(dictItems)
    const [setter, set = null] = this.#setters.get(made) ?? []
    return setter === undefined
      ? new PyTuple([callable, args, state, list, dict])
      : new PyTuple([callable, args, set, list, dict, setter])
  }

  #parts(made: PyRecorded, protocol: number): Parts {
    const cls = classOf(made)
    if (this.#known(cls).isRebuilt) this.#assume(cls, 'is loaded as it was dumped')
    if (made.making.by === 'new') return this.#instance(made, protocol)
    return isReconstructed(made)
      ? this.#reconstructed(made, protocol)
      : this.#called(made, protocol)
  }

  /** A call is made again as it was, but for what is known of Python's library. */
  #called(made: PyRecorded, protocol: number): Parts {
    const { from, args } = made.making
    const array = this.#arrays.reduce(made, protocol)
    if (array !== undefined) return { ...array, ...noItems }
    const name = nameOf(from)
    const known = this.#known(from)
    if (!isOfLibrary(from) && !known.isSettled) this.#keep(made, protocol)
    this.#remade(made, known)
    const given = known.isRebuilt ? args.map((arg) => this.#rebuilt(arg)) : args
    const call = { callable: from, args: this.#tuple(given) }
    const contents = {
      state: isNewIterator(made) ? 0 : this.#state(made).asGiven(),
      listItems: deedsOf(made, 'append'),
      dictItems: this.#stored(made, from),
    }
    if (name.startsWith('array:')) {
      return { ...(arrayCall(this.#world, call, protocol, this.#wordSize) ?? call), ...contents }
    }
    if (name.startsWith('datetime:')) {
      const times = new PyTuple([...timeArguments(name, args, protocol)])
      return { ...call, args: times, ...contents }
    }
    const treatment = name === 'builtins:getattr' ? treatmentOfName(args) : known.arguments
    if (treatment === undefined || args.length === 0) return { ...call, ...contents }
    const treated = args.map((arg) => this.#treated(arg, treatment))
    return { ...call, args: new PyTuple(treated), ...contents }
  }

  /** What becomes of a state that is not what it was once it is loaded. */
  #remade(made: PyRecorded, { remakesState, fillsNone }: KnownType): void {
    if (!remakesState && !fillsNone) return
    const state = this.#state(made).asGiven()
    if (remakesState) this.#arrays.makeAnew(state)
    else if (state instanceof PyTuple && state.items.includes(null)) {
      this.#assume(made.making.from, 'is loaded as it was dumped')
    }
  }

  /** A dict of what an index is made of has the names as they are in the program. */
  #rebuilt(arg: PyValue): PyValue {
    if (!(arg instanceof PyDict)) return arg
    this.#arrays.makeAnew(arg)
    this.#arrays.makeReadOnly(dictLookupText(arg, 'codes') ?? null)
    const keys = arg.keys.map((key) => {
      const isName = key instanceof PyStr && typeof key.content === 'string'
      return isName ? this.#world.intern(String(key.content)) : key
    })
    return new PyDict(keys, [...arg.values])
  }

  #assume(value: PyValue, assumption: Assumption): void {
    this.assumptions.add(nameOf(value), assumption)
  }

  #treated(arg: PyValue, treatment: Treatment): PyValue {
    const text = arg instanceof PyStr ? arg.content : undefined
    const isName = typeof text === 'string' && !(treatment === 'attributes' && text.includes('.'))
    return treatment !== 'fresh' && isName ? this.#world.intern(text) : this.#fresh(arg)
  }

  #fresh(arg: PyValue): PyValue {
    if (arg instanceof PyStr) return copyStr(this.#world, arg.content)
    return arg instanceof PyBytes ? freshBytes(this.#world, arg.data) : arg
  }

  /**
   * An object that `__new__` made.
   *
   * @clause RED-41 RED-42 RED-45 RED-46
   */
  #instance(made: PyRecorded, protocol: number): Parts {
    const { from: cls, args, keywords } = made.making
    const state = this.#state(made)
    const listItems = deedsOf(made, 'append')
    const dictItems = this.#stored(made, cls)
    const plain = {
      ...this.#newCall(made, protocol),
      state: state.asReduced(),
      listItems,
      dictItems,
    }
    if (protocol >= 2) return plain
    const known = this.#known(cls)
    if (!isOfLibrary(cls) && !known.isNamedTuple) {
      const [base = 'object', ...others] = this.#bases.get(cls) ?? []
      if (args.length > 0 || keywords !== null || state.hasSlots || others.length > 0) {
        this.#keep(made, protocol)
        return plain
      }
      if (base === 'object' && !known.isSettled) this.#assume(cls, 'derives from object alone')
      return this.#reconstruction(made, this.#world.knownClass(`builtins:${base}`), plain)
    }
    if (state.hasSlots && !hasGetState(cls)) throw slotsRefused(this.#world, nameOf(cls), protocol)
    return this.#reconstruction(made, this.#baseBelow2(cls), plain)
  }

  /** The built-in type that a class of the library derives from. */
  #baseBelow2(cls: PyValue): PyClass {
    const world = this.#world
    if (!(cls instanceof PyClass) || cls.library === null) return world.knownClass('builtins:tuple')
    const base = builtInBaseOf(world, cls)
    if (base === cls) throw new PickleError('TypeError', `cannot pickle '${cls.name}' object`)
    return base
  }

  #newCall({ making: { from: cls, args, keywords } }: PyRecorded, protocol: number): Call {
    const world = this.#world
    if (keywords === null || keywords.keys.length === 0) {
      return { callable: world.known('copyreg:__newobj__'), args: new PyTuple([cls, ...args]) }
    }
    if (!(cls instanceof PyClass) && (protocol === 2 || protocol === 3)) {
      const text = `nobody knows the __new__ of ${nameOf(cls)}, which protocol ${protocol} saves`
      throw new PickleError('PicklingError', text)
    }
    // RED-13  Protocols 2 and 3 save the very `__new__` of the class.
    this.#names.attribute(cls, '__new__')
    const all = new PyTuple([cls, this.#tuple(args), keywords])
    return { callable: world.known('copyreg:__newobj_ex__'), args: all }
  }

  /** `copyreg._reconstructor(cls, base, content)`, and the state if it is true. */
  #reconstruction(made: PyRecorded, base: PyClass, { listItems, dictItems }: Parts): Parts {
    const { from: cls, args } = made.making
    const [first = null] = args
    const contents: Partial<Record<Layout, PyValue>> = {
      object: null,
      list: new PyList([...listItems]),
      dict: new PyDict([...dictItems.keys], [...dictItems.values]),
      tuple: this.#isNamedTuple(cls) ? new PyTuple([...args]) : first,
    }
    const content = contents[base.layout]
    return this.#reconstructorCall(
      made,
      new PyTuple([cls, base, content === undefined ? first : content]),
    )
  }

  #isNamedTuple(cls: PyValue): boolean {
    if (this.#known(cls).isNamedTuple) return true
    const { mro = [] } = cls instanceof PyClass ? cls : {}
    const owner = mro.find(({ library }) => library?.methods.has('__getnewargs__'))
    return owner?.layout === 'tuple' && owner.library?.name !== 'builtins:tuple'
  }

  #reconstructorCall(made: PyRecorded, args: PyTuple): Parts {
    const state = this.#state(made).asReduced()
    return {
      callable: this.#world.known('copyreg:_reconstructor'),
      args,
      state: isTruthy(this.#world, state) ? state : null,
      ...noItems,
    }
  }

  /** An object of protocol 0 or 1, which says what built-in type it derives from. */
  #reconstructed(made: PyRecorded, protocol: number): Parts {
    const [cls = null, base = null, content = null] = made.making.args
    const list = content instanceof PyList ? content.items : []
    const listItems = [...list, ...deedsOf(made, 'append')]
    const dictItems = this.#stored(made, cls, content)
    const args = protocol < 2 ? undefined : this.#argumentsOf(made, cls, base, content)
    if (args === undefined) {
      if (protocol >= 2) this.#keep(made, protocol)
      const copy =
        content instanceof PyList
          ? new PyList(listItems)
          : content instanceof PyDict
            ? dictItems
            : content
      return this.#reconstructorCall(made, new PyTuple([cls, base, copy]))
    }
    const all = new PyTuple([cls, ...args])
    const state = this.#state(made).asReduced()
    return {
      callable: this.#world.known('copyreg:__newobj__'),
      args: all,
      state,
      listItems,
      dictItems,
    }
  }

  /** What `__new__` gets where the content is not put in afterwards; undefined where nobody knows. */
  #argumentsOf(
    made: PyRecorded,
    cls: PyValue,
    base: PyValue,
    content: PyValue,
  ): readonly PyValue[] | undefined {
    switch (base instanceof PyClass ? base.library?.name : undefined) {
      case 'builtins:object':
        if (!isOfLibrary(cls) && !this.#known(cls).isSettled) {
          this.#assume(cls, 'has no __getnewargs__')
        }
        return this.#argument(made, cls)
      case 'builtins:list':
      case 'builtins:dict':
        return []
      case 'builtins:int':
      case 'builtins:float':
      case 'builtins:str':
      case 'builtins:bytes':
        return [content]
      case 'builtins:tuple':
        if (this.#isNamedTuple(cls)) return content instanceof PyTuple ? content.items : undefined
        return isOfLibrary(cls) ? [content] : undefined
      default:
        return undefined
    }
  }

  /** What `__getnewargs__` of a type of the library gives. */
  #argument(made: PyRecorded, cls: PyValue): readonly PyValue[] {
    const { argument } = this.#known(cls)
    const given = argument === undefined ? undefined : this.#state(made).attribute(argument)
    return given === undefined ? [] : [given]
  }

  #known(cls: PyValue): KnownType {
    return knownType(this.#world.release, nameOf(cls))
  }

  /** Notes what is written as it was recorded, where another protocol might have it otherwise. */
  #keep(made: PyRecorded, protocol: number): void {
    if (protocol !== this.origin) this.kept.push(made)
  }

  #state(made: PyRecorded): HeldState {
    let state = this.#states.get(made)
    if (state === undefined) {
      state = new HeldState(this.#world, made.done, holdingOf(this.#known(classOf(made))))
      this.#states.set(made, state)
    }
    return state
  }

  #tuple(items: readonly PyValue[]): PyTuple {
    if (items.length === 0) return this.#world.emptyTuple
    return this.#tuples.get(items) ?? new PyTuple([...items])
  }

  /** What was stored into an object; a dict of the library has each key once. */
  #stored(made: PyRecorded, cls: PyValue, content: PyValue = null): PyDict {
    const stored =
      content instanceof PyDict ? new PyDict([...content.keys], [...content.values]) : new PyDict()
    const isDict = cls instanceof PyClass && cls.library !== null && cls.layout === 'dict'
    const { freshItemKeys = false } = this.#known(cls)
    for (const [name, [given = null, value = null]] of made.done) {
      if (name !== 'setitem') continue
      const key = freshItemKeys ? this.#fresh(given) : given
      if (isDict) dictStore(stored, key, value)
      else {
        stored.keys.push(key)
        stored.values.push(value)
      }
    }
    return stored
  }
}

/** The name of a member of an enum, or of a method of what a class statement made, is interned. */
const treatmentOfName = ([owner = null]: readonly PyValue[]): Treatment | undefined =>
  owner instanceof PySymbol || owner instanceof PyRecorded ? 'interned' : undefined

const sequences = [PyList, PyTuple, PyStr, PyBytes, PyByteArray]

/** An iterator without a position, as dicts and what is used up reduce, is one over a list from then on. */
const isNewIterator = ({ making: { from, args }, done }: PyRecorded): boolean => {
  const [over = null] = args
  const isSequence = sequences.some((kind) => over instanceof kind)
  return nameOf(from) === 'builtins:iter' && args.length === 1 && isSequence && done.length === 0
}

const hasGetState = (cls: PyValue): boolean =>
  cls instanceof PyClass &&
  cls.mro.some(({ library }) => {
    return library?.name !== 'builtins:object' && library?.methods.has('__getstate__') === true
  })

function holdingOf({ freshStateKeys, hasSetState }: KnownType): Holding {
  if (hasSetState) return 'given'
  return freshStateKeys ? 'fresh' : 'interned'
}

/** The class of an object, or the function that gave it. */
const classOf = (made: PyRecorded): PyValue => {
  const { from, args } = made.making
  const [first = null] = args
  return isReconstructed(made) ? first : from
}

const isReconstructed = ({ making: { from, args } }: PyRecorded): boolean =>
  nameOf(from) === 'copyreg:_reconstructor' && args.length === 3

/** A class or function of Python's library whose names are known. */
const isOfLibrary = (value: PyValue): boolean => libraryNameOf(value) !== undefined

const deedsOf = ({ done }: PyRecorded, deed: Deed[0]): PyValue[] =>
  done.flatMap(([name, [given = null]]) => (name === deed ? [given] : []))
