import { textOfStr } from '../codecs/str-content.ts'
import { compareReleases, type Release } from '../release.ts'
import { dictOf, tupleOf } from '../unpickler/contents.ts'
import { classOfOsError } from '../unpickler/exceptions.ts'
import type { LoadNames } from '../unpickler/load-names.ts'
import { nameFromPython2 } from '../unpickler/names-from-python-2.ts'
import {
  type Making,
  PyPersistent,
  PyRecorded,
  PySymbol,
  type SymbolKinds,
  symbolKindsOf,
} from '../unpickler/recorded.ts'
import type { Unpickling } from '../unpickler/unpickling.ts'
import { PyBuffer, PyClass, type PyDict, PyFunction, PyStr, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { isOfPython, libraryNameOf, type Names, nameOf } from './names.ts'

/** The callables that the unpickler itself carries out: they make values that have a kind. */
const carriedOut: ReadonlySet<string> = new Set([
  ...['list', 'dict', 'set', 'frozenset', 'tuple', 'int', 'float', 'complex', 'bool', 'str'].map(
    (name) => `builtins:${name}`,
  ),
  ...['bytes', 'bytearray', 'range', 'slice', 'object'].map((name) => `builtins:${name}`),
  'codecs:encode',
])

/** Those of a buffer are elsewhere. */
const noBytes = Uint8Array.of()

/**
 * The world of a load whose result is to be written again. Names of the library are what they are,
 * others symbols; the data types of Python are made, every other call is recorded.
 *
 * Not in the protocol: in Python the calls are carried out.
 */
export class LibraryWorld implements LoadNames {
  readonly #world: World
  readonly #kinds: SymbolKinds
  readonly #names: Names
  readonly #reduce: (made: PyRecorded, protocol: number) => PyValue
  /** All that was made, in order, with the place of the instruction that made it. */
  readonly made = new Map<PyValue, number>()

  /** What calls of `getattr` gave, which below protocol 4 may be a method, and how many did. */
  readonly #attributes = new Map<PyValue, number>()
  /** What is a class for sure. */
  readonly #classes = new Set<PyValue>()
  readonly #methods: ReadonlySet<string>
  /** By name: what is in a class of the library, and was taken for a method. */
  readonly assumedMethods = new Set<string>()

  /** The numbers of out-of-band buffers. */
  readonly buffers = new Map<PyValue, number>()
  #bufferCount = 0

  /**
   * `reduce` says what an object reduces to that was made here; `methods` are the names of what is no
   * class or function though it could be.
   */
  constructor(
    world: World,
    names: Names,
    methods: ReadonlySet<string>,
    reduce: (made: PyRecorded, protocol: number) => PyValue,
  ) {
    this.#world = world
    this.#methods = methods
    this.#kinds = symbolKindsOf(world)
    this.#names = names
    this.#reduce = reduce
  }

  /** @clause UNP-05 */
  findClass(u: Unpickling, moduleStr: PyStr, nameStr: PyStr): PyValue {
    let [module, name] = [textOfStr(moduleStr.content), textOfStr(nameStr.content)]
    if (u.protocol < 3 && u.fixesImports) {
      ;[module, name] = nameFromPython2(module, name, u.profile.namesForPython2)
    }
    if (u.protocol < 4) return this.#names.find(module, [name])
    const { memo } = u
    const isMemoized = [memo.size - 1, memo.size - 2].some((at) => memo.get(at) === moduleStr)
    return this.#names.find(module, name.split('.'), moduleStr, isMemoized)
  }

  persistentLoad(_u: Unpickling, id: PyValue): PyValue {
    return new PyPersistent(this.#kinds.persistent, id)
  }

  /** The buffers of a load whose bytes are elsewhere know their number, read-only or not. */
  freeze(buffer: PyValue): PyValue | undefined {
    const number = this.buffers.get(buffer)
    if (number === undefined) return undefined
    const frozen = new PyBuffer(noBytes, true, true)
    this.buffers.set(frozen, number)
    return frozen
  }

  /** By name: what was taken for a class or function in a class, and may be a method. */
  get uncertainAttributes(): readonly string[] {
    return [...this.#attributes.keys()].filter((one) => !this.#classes.has(one)).map(nameOf)
  }

  /**
   * By name: what is a method, since more than one call gave it. Of a class or function there is but
   * one call, to which the pickle refers from then on.
   */
  get repeatedAttributes(): ReadonlySet<string> {
    const repeated = [...this.#attributes].filter(([one, count]) => {
      return count > 1 && !this.#classes.has(one)
    })
    return new Set(repeated.map(([one]) => nameOf(one)))
  }

  /** The next buffer; only that it is the next is known of it. */
  nextBuffer(): PyBuffer {
    const buffer = new PyBuffer(noBytes, false, true)
    this.buffers.set(buffer, this.#bufferCount++)
    return buffer
  }

  findExtension(_u: Unpickling, code: number): PyValue {
    return this.#names.extension(code)
  }

  make(
    u: Unpickling,
    from: PyValue,
    by: 'call' | 'new',
    args: readonly PyValue[],
    keywords: PyDict | null,
  ): PyValue | undefined {
    if (by === 'new') this.#classes.add(from)
    const understood = by === 'call' ? this.#understood(u, from, args) : undefined
    if (understood !== undefined) return understood
    if (this.#isData(from, by, args)) return undefined
    const canBeCalled =
      from instanceof PyClass || from instanceof PyRecorded || from instanceof PyFunction
    if (!canBeCalled) return undefined
    const cls = from instanceof PyClass ? classOfOsError(this.#world, from, args) : from
    return this.#record(u, cls, { from: cls, by, args, keywords })
  }

  /** The unpickler makes a value of it that has a kind. */
  #isData(from: PyValue, by: 'call' | 'new', args: readonly PyValue[]): boolean {
    const isCopyreg = by === 'call' && libraryNameOf(from) === 'copyreg:_reconstructor'
    const [type = null, ...given] = isCopyreg ? args : [from, ...args]
    return isCarriedOut(type) && !given.some((arg) => this.#isSymbolic(arg, type))
  }

  /** What a type makes nothing of; a slice holds anything. */
  #isSymbolic(arg: PyValue, type: PyValue): boolean {
    const isStandIn =
      arg instanceof PyRecorded ||
      arg instanceof PySymbol ||
      arg instanceof PyPersistent ||
      this.buffers.has(arg)
    return isStandIn && libraryNameOf(type) !== 'builtins:slice'
  }

  /** What is understood of a call, undefined where it is a call like all others. */
  #understood(u: Unpickling, from: PyValue, args: readonly PyValue[]): PyValue | undefined {
    const [first = null, second = null, third = null] = args
    switch (libraryNameOf(from)) {
      case 'builtins:getattr':
        return args.length === 2 ? this.#attribute(u, args) : undefined
      case 'builtins:type':
        return args.length === 1 ? typeOfSingleton(this.#world, first) : undefined
      case 'copyreg:_reconstructor':
        this.#classes.add(first)
        return args.length !== 3 || isCarriedOut(first)
          ? undefined
          : this.#record(u, first, { from, by: 'call', args, keywords: null })
      case 'copyreg:__newobj__':
        return this.make(u, first, 'new', args.slice(1), null)
      case 'copyreg:__newobj_ex__': {
        const positionals = tupleOf(second)
        const keywords = dictOf(third)
        return positionals === undefined || keywords === undefined
          ? undefined
          : this.make(u, first, 'new', positionals.items, keywords)
      }
      default:
        return args.length === 0 ? this.#calledPartial(u, from) : undefined
    }
  }

  /** `getattr(owner, name)`, where that is a class or a function in a class. */
  #attribute(u: Unpickling, args: readonly PyValue[]): PyValue | undefined {
    const [owner = null, name = null] = args
    if (!(name instanceof PyStr)) return undefined
    const text = textOfStr(name.content)
    // From protocol 4 on what lies in a class has a dotted name: this is a method.
    if (u.protocol >= 4 || isEnumMember(this.#world.release, text)) return undefined
    // GLOB-10  The arguments that lead to a class in a class enter no memo in some releases.
    const isMemoized = tupleOf(u.memo.get(u.memo.size - 1) ?? null)?.items === args
    if (isMemoized && u.profile.nestedGlobals === 'path') return undefined
    if (isOfPython(owner) && u.profile.nestedGlobals !== 'path') {
      this.assumedMethods.add(`${nameOf(owner)}.${text}`)
      return undefined
    }
    if (owner instanceof PySymbol && this.#methods.has(`${nameOf(owner)}.${text}`)) return undefined
    const found = this.#names.attribute(owner, text)
    if (found !== undefined) this.#attributes.set(found, (this.#attributes.get(found) ?? 0) + 1)
    return found
  }

  /** `functools.partial(cls.__new__, cls, *args, **keywords)()`, which stands for NEWOBJ_EX. */
  #calledPartial(u: Unpickling, from: PyValue): PyValue | undefined {
    if (!(from instanceof PyRecorded)) return undefined
    if (libraryNameOf(from.making.from) !== 'functools:partial') return undefined
    const [, [state = null] = []] = from.done.findLast(([name]) => name === 'state') ?? []
    const [, given = null, named = null] = tupleOf(state)?.items ?? []
    const [cls, ...args] = tupleOf(given)?.items ?? []
    const [maker = null] = from.making.args
    if (cls === undefined || !this.#isNewOf(maker, cls)) return undefined
    return this.make(u, cls, 'new', args, dictOf(named) ?? null)
  }

  #isNewOf(maker: PyValue, cls: PyValue): boolean {
    if (maker === this.#names.attribute(cls, '__new__')) return true
    if (!(maker instanceof PyRecorded) || libraryNameOf(maker.making.from) !== 'builtins:getattr') {
      return false
    }
    const [owner, name] = maker.making.args
    return owner === cls && name instanceof PyStr && name.content === '__new__'
  }

  #record(u: Unpickling, type: PyValue, making: Making): PyRecorded {
    const cls = type instanceof PyClass ? type : this.#kinds.made
    const object = new PyRecorded(this.#world, cls, making)
    object.reduction = (protocol) => this.#reduce(object, protocol)
    this.made.set(object, u.input.at - 1)
    return object
  }
}

const isCarriedOut = (value: PyValue): boolean => carriedOut.has(libraryNameOf(value) ?? '')

/** @clause ATOM-70 */
function typeOfSingleton(world: World, value: PyValue): PyValue | undefined {
  const isSingleton = value === null || value === world.ellipsis || value === world.notImplemented
  return isSingleton ? world.typeOf(value) : undefined
}

/** Members of enums reduce to `getattr` in some releases; their names are those of constants. */
const isEnumMember = (release: Release, name: string): boolean =>
  release[1] === 11 && compareReleases(release, [3, 11, 4]) < 0 && /^[A-Z][A-Z0-9_]*$/.test(name)
