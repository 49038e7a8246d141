import { PickleError } from '../errors.ts'
import type { Profile } from '../profiles.ts'
import { isCallable } from '../values/call.ts'
import { isException } from '../values/exceptions.ts'
import { type PyDict, PyProperty, type PyStr, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { callLoaded } from './call.ts'
import { typeError, unpicklingError } from './errors.ts'
import type { LoadNames } from './load-names.ts'
import { type SymbolKinds, symbolKindsOf } from './recorded.ts'
import type { UnpicklerClass } from './unpickler-class.ts'
import type { LoadHooks, Unpickling } from './unpickling.ts'

/**
 * The hooks of one unpickler, `find_class` and `persistent_load`: its own attributes, those of its
 * class, and what the world of the load has in their place.
 *
 * @clause UNP-04 UNP-06
 */
export class UnpicklerHooks implements LoadHooks {
  readonly #world: World
  readonly #profile: Profile
  readonly #cls: UnpicklerClass
  readonly #names: LoadNames
  readonly #own = new Map<string, PyValue>()
  /** What C has read: up to 3.12 when the unpickler was made, from then on when a load begins. */
  #read: PyValue | undefined

  constructor(world: World, profile: Profile, cls: UnpicklerClass, names: LoadNames) {
    this.#world = world
    this.#profile = profile
    this.#cls = cls
    this.#names = names
    if (profile.persistentLoadAttribute === 'slot filled by init') {
      this.#read = this.#readByInit()
    }
  }

  #readByInit(): PyValue | undefined {
    try {
      return this.#ofClass('persistent_load')
    } catch (error) {
      if (isException(error, 'AttributeError')) return undefined
      throw error
    }
  }

  /** Reads what is read when a load begins. @throws {PickleError} what a property raises */
  beginLoad(): void {
    if (this.#isReadByLoad) this.#read = this.#found('persistent_load')
  }

  get #isReadByLoad(): boolean {
    const { engine, persistentLoadAttribute } = this.#profile
    return engine === 'c' && persistentLoadAttribute !== 'slot filled by init'
  }

  /** What the class has under a name, a property asked; undefined for nothing. */
  #ofClass(name: string): PyValue | undefined {
    const found = this.#cls.attributes.get(name)
    return found instanceof PyProperty ? found.get(null) : found
  }

  /** `u.name = value` */
  setAttribute(name: string, value: PyValue): void {
    const kind = this.#profile.persistentLoadAttribute
    const isSlot =
      name === 'persistent_load' &&
      (kind === 'slot filled by init' || kind === 'method under a slot')
    if (!isSlot && this.#profile.engine === 'c' && !this.#cls.isSubclass) {
      throw new PickleError(
        'AttributeError',
        `'_pickle.Unpickler' object attribute '${name}' is read-only`,
      )
    }
    const isHidden = this.#cls.attributes.has(name)
    const isFirst = isSlot && kind === 'method under a slot'
    if (!isFirst && this.#cls.attributes.get(name) instanceof PyProperty) {
      const text = `property '${name}' of 'Unpickler' object has no setter`
      throw new PickleError('AttributeError', text)
    }
    if (isSlot && kind === 'slot filled by init' && !isHidden && !isCallable(value)) {
      throw typeError('persistent_load must be a callable taking one argument')
    }
    this.#own.set(name, value)
  }

  /** The result of `find_class(module, name)`. */
  findClass(u: Unpickling, module: PyStr, name: PyStr): PyValue {
    const hook = this.#found('find_class')
    return hook === undefined
      ? this.#names.findClass(u, module, name)
      : callLoaded(u, hook, [module, name])
  }

  /** The attribute of the unpickler, else that of its class. */
  #found(name: string): PyValue | undefined {
    return this.#own.has(name) ? this.#own.get(name) : this.#ofClass(name)
  }

  /** The result of `persistent_load(id)`. */
  persistentLoad(u: Unpickling, id: PyValue): PyValue {
    const hook = this.#persistentLoadHook()
    if (hook !== undefined) return callLoaded(u, hook, [id])
    if (this.#names.persistentLoad === undefined) throw this.#noPersistentLoad()
    return this.#names.persistentLoad(u, id)
  }

  /**
   * Refuses an id that nobody is there to load, before it is read.
   *
   * @throws {PickleError} UnpicklingError
   */
  wantPersistentLoad(): void {
    const isThere =
      this.#persistentLoadHook() !== undefined || this.#names.persistentLoad !== undefined
    if (!isThere) throw this.#noPersistentLoad()
  }

  #persistentLoadHook(): PyValue | undefined {
    if (this.#profile.engine === 'py') return this.#found('persistent_load')
    if (this.#isReadByLoad || this.#read !== undefined) return this.#read
    return this.#own.get('persistent_load')
  }

  #noPersistentLoad(): PickleError {
    switch (this.#profile.persistentLoadMissing) {
      case 'unsupported':
        return unpicklingError('unsupported persistent id encountered')
      case 'two lines':
      case 'one line': {
        const between = this.#profile.persistentLoadMissing === 'one line' ? ' ' : '\n'
        return unpicklingError(
          `A load persistent id instruction was encountered,${between}` +
            'but no persistent_load function was specified.',
        )
      }
    }
  }

  make(
    u: Unpickling,
    from: PyValue,
    by: 'call' | 'new',
    args: readonly PyValue[],
    keywords: PyDict | null,
  ): PyValue | undefined {
    return this.#names.make?.(u, from, by, args, keywords)
  }

  get takesMadeClasses(): boolean {
    return this.#names.make !== undefined
  }

  freeze(buffer: PyValue): PyValue | undefined {
    return this.#names.freeze?.(buffer)
  }

  findExtension(u: Unpickling, code: number): PyValue | undefined {
    return this.#names.findExtension?.(u, code)
  }

  /** The classes of symbols and of what comes of them. */
  symbolKinds(): SymbolKinds {
    return symbolKindsOf(this.#world)
  }
}
