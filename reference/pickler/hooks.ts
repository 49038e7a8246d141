import { PickleError } from '../errors.ts'
import type { Profile } from '../profiles.ts'
import { isCallable } from '../values/call.ts'
import { dictLookup } from '../values/dict.ts'
import { isException } from '../values/exceptions.ts'
import { callGet, getItem } from '../values/items.ts'
import { isTruthy } from '../values/truth.ts'
import { type PyClass, PyFunction, PyObject, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { WordSize } from '../word-size.ts'
import { Attributes } from './attributes.ts'
import { fastInt } from './int-arguments.ts'
import type { PicklerClass } from './pickler-class.ts'

/**
 * What a pickler asks besides the values themselves: the hooks that somebody gave it, and whether it
 * is in fast mode. C's pickler reads them once, in `__init__` or at each dump, Python's for every
 * object.
 */
export class Hooks {
  readonly #world: World
  readonly #profile: Profile
  readonly #attributes: Attributes
  readonly #readsEachObject: boolean
  readonly #readsTableEachObject: boolean
  readonly #wordSize: WordSize
  /** `fast` as it was set; undefined where somebody deleted it. */
  #fast: PyValue | undefined = 0
  /** undefined where its truth has to be asked each time. */
  #isFast: boolean | undefined = false
  /** What is in the slot: a hook that was assigned or found by `__init__`. */
  #idSlot: PyValue | undefined
  #tableSlot: PyValue | undefined
  /** What was read at the beginning of the dump, or is in a slot that counts at once. */
  #persistentId: PyValue | undefined
  #reducerOverride: PyValue | undefined

  /**
   * Reads what `__init__` reads.
   *
   * @throws {PickleError} what a property raises, AttributeError apart
   */
  constructor(world: World, profile: Profile, cls: PicklerClass, wordSize: WordSize) {
    this.#wordSize = wordSize
    this.#world = world
    this.#profile = profile
    this.#readsEachObject = profile.overrideRead === 'each object'
    this.#readsTableEachObject = profile.tableRead === 'each object'
    this.#attributes = new Attributes(profile, cls)
    if (profile.engine === 'py') this.#attributes.checkSettable('fast')
    this.#addFastSlot()
    this.#addTableSlot()
    this.#addIdSlot()
    if (!this.#readsTableEachObject) this.#tableSlot = this.#optional('dispatch_table')
    if (profile.persistentIdAttribute === 'slot filled by init') {
      this.#idSlot = this.#optional('persistent_id')
      this.#persistentId = this.#idSlot
    }
  }

  /**
   * Memo entries are made no more; they are still read.
   *
   * @clause FAST-01
   * @throws {PickleError} AttributeError, where somebody deleted the attribute; what its truth raises
   */
  get isFast(): boolean {
    return this.#isFast ?? this.#fastNow()
  }

  #fastNow(): boolean {
    const fast = this.#attributes.find('fast')
    if (fast === undefined) throw this.#attributes.missing('fast')
    return isTruthy(this.#world, fast)
  }

  /** Reads what is read at the beginning of a dump. @clause RO-04 PERS-05 */
  beginDump(): void {
    this.#refresh()
    if (this.#readsEachObject) return
    if (this.#profile.persistentIdAttribute !== 'slot filled by init') {
      this.#persistentId = this.#attributes.find('persistent_id')
    }
    this.#reducerOverride = this.#optional('reducer_override')
  }

  /** What is asked for the persistent id of the next object; undefined when there is no hook. */
  persistentId(): PyValue | undefined {
    if (this.#readsEachObject) {
      return this.#attributes.areNone ? undefined : this.#attributes.find('persistent_id')
    }
    return this.#persistentId
  }

  /** What is asked for the reduction of the next object; undefined when there is no hook. */
  reducerOverride(): PyValue | undefined {
    if (!this.#readsEachObject) return this.#reducerOverride
    if (this.#attributes.areNone) return undefined
    const override = this.#optional('reducer_override')
    return override === null && this.#profile.noneHook === 'absent' ? undefined : override
  }

  /**
   * What the dispatch table has for a type: the pickler's own table, else that of copyreg.
   *
   * @clause DISP-01 DISP-02 DISP-03 DISP-08
   * @throws {PickleError} what the look-up raises, KeyError apart
   */
  reducerFor(type: PyClass): PyValue | undefined {
    const table = this.#readsTableEachObject ? this.#tableRead() : this.#tableSlot
    const reducer =
      table === undefined ? dictLookup(this.#world.copyregTable, type) : this.#look(table, type)
    return reducer === null && this.#profile.noneHook === 'absent' ? undefined : reducer
  }

  #tableRead(): PyValue | undefined {
    if (this.#attributes.areNone && this.#tableSlot === undefined) return undefined
    return this.#optional('dispatch_table')
  }

  #look(table: PyValue, type: PyClass): PyValue | undefined {
    if (this.#profile.tableLookup === 'get') {
      // From 3.13 on there is an answer of its own for an absent type.
      const hasNone = this.#profile.noneHook === 'absent'
      const absent = hasNone ? undefined : new PyObject(this.#world.objectClass)
      return callGet(this.#world, table, type, absent)
    }
    try {
      return getItem(this.#world, table, type)
    } catch (error) {
      if (isException(error, 'KeyError')) return undefined
      throw error
    }
  }

  /** `p.name`. */
  getAttribute(name: string): PyValue {
    const found = this.#attributes.find(name)
    if (found !== undefined) return found
    if (name === 'dispatch_table' && this.#isC) throw this.#attributes.emptySlot(name)
    if (name !== 'persistent_id') throw this.#attributes.missing(name)
    if (this.#profile.persistentIdAttribute === 'slot filled by init') {
      throw this.#attributes.missing(name, Number.POSITIVE_INFINITY)
    }
    return this.#defaultPersistentId()
  }

  /** `p.name = value`. */
  setAttribute(name: string, value: PyValue): void {
    this.#attributes.set(name, value)
    this.#refresh()
  }

  /** `del p.name`. */
  deleteAttribute(name: string): void {
    this.#attributes.delete(name)
    this.#refresh()
  }

  /** `type(p).name = value`. */
  setClassAttribute(name: string, value: PyValue): void {
    this.#attributes.setOnClass(name, value)
    this.#refresh()
  }

  /** `del type(p).name`. */
  deleteClassAttribute(name: string): void {
    this.#attributes.deleteFromClass(name)
    this.#refresh()
  }

  get #isC(): boolean {
    return this.#profile.engine === 'c'
  }

  /** `getattr(p, name)`, undefined for an AttributeError. */
  #optional(name: string): PyValue | undefined {
    try {
      return this.#attributes.find(name)
    } catch (error) {
      if (isException(error, 'AttributeError')) return undefined
      throw error
    }
  }

  #refresh(): void {
    if (this.#profile.fastAttribute === 'int in a slot') return
    const fast = this.#attributes.isProperty('fast') ? undefined : this.#attributes.find('fast')
    this.#isFast = typeof fast === 'boolean' || typeof fast === 'number' ? Boolean(fast) : undefined
  }

  /** @clause FAST-03 */
  #addFastSlot(): void {
    const isInt = this.#profile.fastAttribute === 'int in a slot'
    this.#attributes.addSlot('fast', {
      isFirst: !isInt,
      isOfInstance: !isInt,
      read: () => this.#fast,
      write: (value) => {
        if (isInt) {
          const number = fastInt(this.#world, this.#profile, value, this.#wordSize)
          this.#fast = number
          this.#isFast = number !== 0
        } else this.#fast = value
      },
      empty: () => {
        if (this.#isC) throw new PickleError('TypeError', "can't delete numeric/char attribute")
        if (this.#fast === undefined) throw this.#attributes.missing('fast', 11)
        this.#fast = undefined
      },
    })
  }

  /** @clause DISP-07 */
  #addTableSlot(): void {
    if (!this.#isC) return
    this.#attributes.addSlot('dispatch_table', {
      isFirst: this.#readsTableEachObject,
      read: () => this.#tableSlot,
      write: (value) => {
        this.#tableSlot = value
      },
      empty: () => {
        if (this.#tableSlot === undefined) {
          throw this.#attributes.missing('dispatch_table', Number.POSITIVE_INFINITY)
        }
        this.#tableSlot = undefined
      },
    })
  }

  /** @clause PERS-05 */
  #addIdSlot(): void {
    const kind = this.#profile.persistentIdAttribute
    if (kind === 'method' || kind === 'ordinary') return
    const isFilledByInit = kind === 'slot filled by init'
    this.#attributes.addSlot('persistent_id', {
      isFirst: !isFilledByInit,
      read: () => this.#idSlot,
      write: (value) => {
        if (isFilledByInit && !isCallable(value)) {
          const text = 'persistent_id must be a callable taking one argument'
          throw new PickleError('TypeError', text)
        }
        this.#idSlot = value
        // Assigned during a dump, it counts at once where `__init__` filled the slot.
        if (isFilledByInit) this.#persistentId = value
      },
      empty: () => {
        if (isFilledByInit) {
          throw new PickleError('TypeError', 'attribute deletion is not supported')
        }
        this.#idSlot = undefined
      },
    })
  }

  #defaultPersistentId(): PyValue {
    return new PyFunction({
      type: this.#world.knownClass(
        this.#isC ? 'builtins:builtin_function_or_method' : 'builtins:method',
      ),
      name: 'persistent_id',
      qualname: this.#world.intern('Pickler.persistent_id'),
      module: null,
      call: () => null,
    })
  }
}
