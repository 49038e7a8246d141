import { PickleError } from '../errors.ts'
import type { Profile } from '../profiles.ts'
import type { PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { WordSize } from '../word-size.ts'
import { STOP } from './codes.ts'
import { tooDeep } from './depth.ts'
import { Framer, type Sink } from './framer.ts'
import { Hooks } from './hooks.ts'
import { protocolOf } from './int-arguments.ts'
import { memoOfDict } from './memo-of-dict.ts'
import type { PicklerClass } from './pickler-class.ts'
import { Pickling } from './pickling.ts'
import { save } from './save.ts'

/** What `Pickler(file, …)` is given besides the file. */
export type PicklerInit = {
  /** The protocol of the release when it is absent or None; the highest when it is negative. */
  readonly protocol?: PyValue
  readonly fixImports?: boolean
  readonly bufferCallback?: PyValue
  /** How deeply saves may be nested, 1000 unless given; not in Python's pickler. */
  readonly recursionLimit?: number
  /** 64 unless given. */
  readonly wordSize?: WordSize
}

const defaultRecursionLimit = 1000

/**
 * A pickler as the profile has it: writes values to the sink, and keeps its memo from dump to dump.
 *
 * @clause PROTO-01 PROTO-02 PROTO-03 MEMO-04
 */
export class Pickler {
  readonly #pickling: Pickling
  readonly #profile: Profile
  #isDumping = false

  /** @throws {PickleError} what `__init__` raises: ValueError, TypeError, what a property raises */
  constructor(
    world: World,
    profile: Profile,
    pickler: PicklerClass,
    init: PicklerInit,
    sink: Sink,
  ) {
    const wordSize = init.wordSize ?? 64
    const protocol = protocolOf(world, profile, init.protocol, wordSize)
    const bufferCallback = init.bufferCallback ?? null
    if (bufferCallback !== null && protocol < 5) {
      // OOB-04
      throw new PickleError('ValueError', 'buffer_callback needs protocol >= 5')
    }
    this.#profile = profile
    this.#pickling = new Pickling({
      world,
      profile,
      protocol,
      fixesImports: init.fixImports ?? true,
      bufferCallback,
      recursionLimit: init.recursionLimit ?? defaultRecursionLimit,
      framer: new Framer(sink, profile.output === 'in pieces', profile.frameBody),
      hooks: new Hooks(world, profile, pickler, wordSize),
      save,
    })
  }

  /**
   * Writes a pickle of the value.
   *
   * @clause MEMO-08 MEMO-09
   * @throws {PickleError} what Python raises; the sink has got what the file would have got by then
   */
  dump(value: PyValue): void {
    if (this.#isDumping && this.#profile.reentrantDump === 'refused') throw refusedInside()
    const p = this.#pickling
    const isOutermost = !this.#isDumping
    const { depth } = p
    this.#isDumping = true
    try {
      p.hooks.beginDump()
      p.framer.begin(p.protocol)
      save(p, value)
      p.writer.u8(STOP)
      p.framer.endPiece()
      p.framer.end()
    } catch (error) {
      p.framer.abandon()
      throw isStackOverflow(error) ? tooDeep(this.#profile.engine) : error
    } finally {
      p.depth = depth
      if (isOutermost) this.#isDumping = false
    }
  }

  /**
   * Forgets what was dumped.
   *
   * @clause MEMO-04 MEMO-10
   */
  clearMemo(): void {
    this.#pickling.memo.clear()
  }

  /** What the memo holds, in order of index. */
  memoValues(): PyValue[] {
    return this.#pickling.memo.values()
  }

  /**
   * `p.memo = other.memo`: C takes a copy of the entries, Python the very memo.
   *
   * @clause MEMO-06
   */
  takeMemoOf(other: Pickler): void {
    const { memo } = other.#pickling
    this.#pickling.memo = this.#profile.memoAssignment === 'copies' ? memo.copy() : memo
  }

  /** `p.name`. @throws {PickleError} AttributeError */
  getAttribute(name: string): PyValue {
    return this.#pickling.hooks.getAttribute(name)
  }

  /**
   * `p.name = value`.
   *
   * @clause MEMO-05
   * @throws {PickleError} AttributeError or TypeError, when the profile's engine refuses it
   */
  setAttribute(name: string, value: PyValue): void {
    if (name === 'memo') this.#pickling.memo = memoOfDict(this.#profile, value)
    else this.#pickling.hooks.setAttribute(name, value)
  }

  /** `del p.name`. @throws {PickleError} as above */
  deleteAttribute(name: string): void {
    this.#pickling.hooks.deleteAttribute(name)
  }

  /** `type(p).name = value`. @throws {PickleError} TypeError, for the class of C's Pickler */
  setClassAttribute(name: string, value: PyValue): void {
    this.#pickling.hooks.setClassAttribute(name, value)
  }

  /** `del type(p).name`. @throws {PickleError} AttributeError, and as above */
  deleteClassAttribute(name: string): void {
    this.#pickling.hooks.deleteClassAttribute(name)
  }
}

/** Latitude: C's pickler crashes before 3.14 and names an internal place from then on. */
const refusedInside = (): PickleError =>
  new PickleError('SystemError', 'bad argument to internal function')

/**
 * Whether the stack of JavaScript ended before `recursionLimit` did. At its very end V8 may also find
 * no object on the right of an `instanceof` whose class comes from a getter, as modules are bundled.
 */
const isStackOverflow = (error: unknown): boolean =>
  error instanceof Error &&
  /^(Maximum call stack size exceeded|Right-hand side of 'instanceof' is not)/.test(error.message)
