import { textOfStr } from '../codecs/str-content.ts'
import { asPickleError, PickleError } from '../errors.ts'
import { Pickler } from '../pickler/pickler.ts'
import type { Profile } from '../profiles.ts'
import { rawInstructions } from '../tools/instructions.ts'
import { describeGraph } from '../unpickler/describe-graph.ts'
import type { ElsewhereLeaf, ValueGraph } from '../unpickler/graph.ts'
import { PyPersistent, PyRecorded, PySymbol } from '../unpickler/recorded.ts'
import { Unpickler } from '../unpickler/unpickler.ts'
import { createWorld } from '../values/create-world.ts'
import {
  PyBuffer,
  PyFunction,
  type PyHeapValue,
  PyIterator,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { WordSize } from '../word-size.ts'
import type { Assumption } from './assumptions.ts'
import { isMadeByCython } from './known-types.ts'
import { LibraryWorld } from './library-world.ts'
import { isExtension, Names, nameOf } from './names.ts'
import { Reachable } from './reachable.ts'
import { Reductions } from './reductions.ts'
import { findSetters } from './setters.ts'

/** What a load is given besides the pickle. */
export type LoadedPickleInit = {
  readonly fixImports?: boolean
  /** `ASCII` unless given: of the strs of Python 2. */
  readonly encoding?: string
  readonly errors?: string
  /** The bits of a word of the machine: 64 unless given. */
  readonly wordSize?: WordSize
}

/** A loaded pickle as it was written again. */
export type Repickled = {
  readonly bytes: Uint8Array
  /** By name: objects written as they were recorded, for want of knowledge, and how many of each. */
  readonly kept: ReadonlyMap<string, number>
  /** By name: what was taken for granted of classes and functions, where the pickle does not say it. */
  readonly assumed: ReadonlyMap<string, readonly Assumption[]>
  /** The out-of-band buffers that the new pickle wants in this order, by their number in the old one. */
  readonly buffers: readonly number[]
}

/** A refusal, and the way from the value at the top to what was refused. */
export class RepickleError extends PickleError {
  readonly place: string

  constructor(cause: PickleError, place: string, offset: number | undefined) {
    const { type, message, notes } = cause
    super(type, message, { notes, cause, ...(offset !== undefined && { offset }) })
    this.place = place
  }
}

/** What a load gives, and what was learnt from it. */
type Load = {
  readonly world: World
  readonly names: Names
  readonly library: LibraryWorld
  readonly reductions: Reductions
  readonly value: PyValue
  readonly byteLength: number
}

/** `methods` are the names of what is known to be no class or function. */
function load(
  pickle: Uint8Array,
  profile: Profile,
  init: LoadedPickleInit,
  methods: ReadonlySet<string>,
): Load {
  const world = createWorld(profile.release, { implementation: profile.implementation })
  const names = new Names(world)
  const library: LibraryWorld = new LibraryWorld(world, names, methods, (made, protocol) =>
    reductions.reduce(made, protocol),
  )
  const buffers = new PyIterator('generator', () => library.nextBuffer())
  const unpickler = new Unpickler(
    world,
    profile,
    { isSubclass: true, attributes: new Map() },
    { ...init, names: library, buffers },
    pickle,
  )
  let value: PyValue
  try {
    value = unpickler.load()
  } catch (error) {
    throw placed(asPickleError(error), pickle, unpickler.position)
  }
  const repeated = library.repeatedAttributes
  if (methods.size === 0 && repeated.size > 0) return load(pickle, profile, init, repeated)
  const reductions = new Reductions(world, names, init.wordSize ?? 64, unpickler.protocol)
  return { world, names, library, reductions, value, byteLength: unpickler.position }
}

/**
 * What came of a pickle, to be looked at and to be written again: nothing that it names was run.
 *
 * Not in the protocol: Python has to have the classes to do that.
 */
export class LoadedPickle {
  readonly #world: World
  readonly #profile: Profile
  readonly #names: Names
  readonly #library: LibraryWorld
  readonly #reductions: Reductions
  readonly #reachable = new Reachable()
  readonly #fixesImports: boolean
  readonly value: PyValue
  /** How many bytes of the input it has; what stands behind its STOP is none of it. */
  readonly byteLength: number

  /**
   * Loads a pickle as the engine of the profile does.
   *
   * @throws {PickleError} what Python raises, with the offset of the instruction
   */
  constructor(pickle: Uint8Array, profile: Profile, init: LoadedPickleInit = {}) {
    this.#profile = profile
    this.#fixesImports = init.fixImports ?? true
    const loaded = load(pickle, profile, init, new Set())
    const { library, reductions, value } = loaded
    this.#world = loaded.world
    this.#names = loaded.names
    this.#library = library
    this.#reductions = reductions
    this.value = value
    this.byteLength = loaded.byteLength
    this.#reachable.add(value)
    const made = [...library.made.keys()].filter((one) => one instanceof PyRecorded)
    findSetters(made, this.#reachable, reductions)
    reductions.addCalls(made)
    for (const found of this.#reachable.found.keys()) {
      if (found instanceof PyTuple) reductions.addTuple(found)
      if (found instanceof PyRecorded) reductions.addMade(found)
    }
  }

  /** The flat description of all that can be reached. */
  describe(): ValueGraph {
    const elsewhere = new Map<PyHeapValue, ElsewhereLeaf>()
    for (const value of this.#reachable.found.keys()) {
      const number = this.#library.buffers.get(value)
      if (number !== undefined && value instanceof PyBuffer) {
        elsewhere.set(value, { outOfBand: number, readonly: value.isReadOnly })
      } else if (value instanceof PySymbol && isExtension(value)) {
        elsewhere.set(value, { extension: Number(textOfStr(value.qualname.content)) })
      }
    }
    return describeGraph(this.#world, this.value, elsewhere)
  }

  /**
   * Writes the value at a protocol, as the interpreter of the profile that wrote the pickle would
   * write it if it had loaded it.
   *
   * @throws {RepickleError} what Python raises, with the place in the value
   */
  dump(protocol: number): Repickled {
    const pieces: Uint8Array[] = []
    const buffers: number[] = []
    let last: PyValue = this.value
    const wantName = (value: PyValue): void => {
      last = value
      if (protocol >= 2 || !isExtension(value)) return
      const text = `${nameOf(value)} has no name, which protocol ${protocol} would write`
      throw new PickleError('PicklingError', text)
    }
    const persistentId = this.#hook('persistent_id', (value) => {
      wantName(value)
      if (!(value instanceof PyPersistent)) return null
      // Nobody is asked about what is an id itself.
      wantName(value.pid)
      return value.pid
    })
    const bufferCallback = this.#hook('buffer_callback', (value) => {
      const number = this.#library.buffers.get(value)
      // Any other has its bytes here, and keeps them in the pickle.
      if (number === undefined) return true
      buffers.push(number)
      return null
    })
    const reductions = this.#reductions
    reductions.kept.length = 0
    reductions.assumptions.clear()
    if (reductions.origin < 4 && protocol >= 4) this.#assumeOfNames()
    const pickler = new Pickler(
      this.#world,
      this.#profile,
      { isSubclass: true, attributes: new Map([['persistent_id', persistentId]]) },
      {
        protocol,
        fixImports: this.#fixesImports,
        ...(protocol >= 5 && { bufferCallback }),
      },
      { write: (bytes) => pieces.push(bytes.slice()) },
    )
    try {
      pickler.dump(this.value)
    } catch (error) {
      throw this.#refusal(asPickleError(error), last)
    }
    const assumed = reductions.assumptions.list()
    return { bytes: joined(pieces), kept: counted(reductions.kept), assumed, buffers }
  }

  /** What protocol 4 says of names, and those below it do not. */
  #assumeOfNames(): void {
    const { assumptions } = this.#reductions
    for (const name of this.#library.uncertainAttributes) {
      assumptions.add(name, 'is no bound method')
    }
    for (const name of this.#library.assumedMethods) assumptions.add(name, 'is a bound method')
    for (const module of this.#names.sharedModules.filter(isMadeByCython)) {
      assumptions.add(module, 'shares the name of its module')
    }
  }

  #hook(name: string, call: (value: PyValue) => PyValue): PyFunction {
    const world = this.#world
    return new PyFunction({
      type: world.knownClass('builtins:function'),
      name,
      qualname: world.intern(name),
      module: world.intern('picklespec'),
      call: ([value = null]) => call(value),
    })
  }

  #refusal(error: PickleError, last: PyValue): RepickleError {
    let offset: number | undefined
    for (const value of this.#reachable.around(last)) {
      offset = this.#library.made.get(value)
      if (offset !== undefined) break
    }
    return new RepickleError(error, this.#reachable.placeOf(last), offset)
  }
}

/** The refusal with the offset of the instruction during which so many bytes had been read. */
function placed(error: PickleError, pickle: Uint8Array, position: number): PickleError {
  const { type, message, notes, cause, context } = error
  return new PickleError(type, message, {
    notes,
    offset: offsetBefore(pickle, position),
    ...(cause !== undefined && { cause }),
    ...(context !== undefined && { context }),
  })
}

function offsetBefore(pickle: Uint8Array, position: number): number {
  let offset = 0
  try {
    for (const instruction of rawInstructions(pickle)) {
      if (instruction.offset >= position) break
      offset = instruction.offset
    }
  } catch (error) {
    // The instruction that cannot be read is the one, unless another was refused before it.
    const { offset: unread = offset } = asPickleError(error)
    return unread < position ? unread : offset
  }
  return offset
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

function counted(kept: Iterable<PyRecorded>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { making } of kept) {
    const name = nameOf(making.from)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}
