import { Pickler as PythonPickler } from '../pickler/pickler.ts'
import { profile } from '../profiles.ts'
import { createWorld } from '../values/create-world.ts'
import type { PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { copyExtensions, copyreg } from './copyreg.ts'
import type { DispatchTable } from './reduction.ts'
import { ToPython } from './to-python.ts'
import { NotImplemented, PersistentId, type PickleBuffer } from './values.ts'

/** Where a pickle goes. */
export type PickleFile = { write(bytes: Uint8Array): unknown }

export type PicklerOptions = {
  /** 0 to 5, or negative for the highest; the default of the profile's release when absent. */
  readonly protocol?: number
  /** Names of Python 2 for what has moved, below protocol 3; true unless given. */
  readonly fixImports?: boolean
  /** Given each buffer; a falsy answer leaves it out of the pickle. Protocol 5. */
  readonly bufferCallback?: (buffer: PickleBuffer) => unknown
  /** Whose pickler this is; `documented` unless given. */
  readonly profile?: string
}

const hookNames = {
  dispatchTable: 'dispatch_table',
  reducerOverride: 'reducer_override',
  persistentId: 'persistent_id',
} as const

type HookName = keyof typeof hookNames

const isHookName = (name: string): name is HookName => Object.hasOwn(hookNames, name)

/**
 * Python's `pickle.Pickler` for JavaScript values. A subclass overrides `reducerOverride` and
 * `persistentId` and has a static `dispatchTable`; an instance may be given its own. Python's rules
 * say who is asked.
 *
 * @clause DISP-01 RO-01 PERS-01 FAST-01
 */
export class Pickler {
  /** Reducers by class, asked instead of copyreg's: Python's class attribute `dispatch_table`. */
  static readonly dispatchTable?: DispatchTable
  /** The same for this pickler alone: Python's instance attribute. */
  dispatchTable?: DispatchTable
  /** No memo: smaller for trees, endless for cycles. */
  fast = false
  readonly #world: World
  readonly #toPython: ToPython
  readonly #pickler: PythonPickler
  readonly #assigned = new Set<HookName>()

  /** @throws {PickleError} ValueError, for a protocol that is none, or buffers below protocol 5 */
  constructor(file: PickleFile, options: PicklerOptions = {}) {
    const chosen = profile(options.profile ?? 'documented')
    this.#world = createWorld(chosen.release, { implementation: chosen.implementation })
    this.#toPython = new ToPython(this.#world)
    const { protocol, fixImports = true, bufferCallback } = options
    this.#pickler = new PythonPickler(
      this.#world,
      chosen,
      {
        isSubclass: new.target !== Pickler,
        name: new.target.name,
        attributes: new Map(this.#classAttributes(new.target)),
      },
      {
        ...(protocol === undefined ? {} : { protocol }),
        fixImports,
        bufferCallback: bufferCallback === undefined ? null : this.#callback(bufferCallback),
      },
      { write: (bytes) => file.write(bytes) },
    )
  }

  /**
   * Asked about an object before any table, where a subclass or an instance has its own. Once it is
   * asked, `NotImplemented` leaves the object to the tables.
   */
  reducerOverride(_object: unknown): unknown {
    return NotImplemented
  }

  /** What stands for an object in the pickle, null for nothing. Here only a `PersistentId` has one. */
  persistentId(object: unknown): unknown {
    return object instanceof PersistentId ? object.id : null
  }

  /**
   * Writes the pickle of a value. What was dumped before is in the memo: a second dump refers to it.
   *
   * @throws {PickleError} as Python raises, and TypeError for what has no counterpart in Python
   */
  dump(value: unknown): void {
    this.#toPython.begin()
    this.#toPython.instances.register(copyreg.dispatchTable, this.#world.copyregTable)
    copyExtensions(this.#world)
    const converted = this.#toPython.convert(value)
    this.#readOwnHooks()
    this.#pickler.dump(converted)
  }

  /** Forgets what was dumped. */
  clearMemo(): void {
    this.#pickler.clearMemo()
  }

  *#classAttributes(cls: typeof Pickler): Iterable<[string, PyValue]> {
    if (cls.dispatchTable !== undefined) yield this.#attribute('dispatchTable', cls.dispatchTable)
    for (const name of ['reducerOverride', 'persistentId'] as const) {
      const method = cls.prototype[name]
      if (method !== Pickler.prototype[name]) yield this.#attribute(name, method)
    }
  }

  /** What was assigned to the instance is an attribute of Python's. */
  #readOwnHooks(): void {
    this.#pickler.setAttribute('fast', this.fast)
    const own = Object.keys(this).filter(isHookName)
    if (this.#toPython.hasPersistentIds) own.push('persistentId')
    for (const name of this.#assigned) {
      if (this[name] === undefined || !own.includes(name)) {
        this.#pickler.deleteAttribute(hookNames[name])
        this.#assigned.delete(name)
      }
    }
    for (const name of own) {
      if (this[name] === undefined) continue
      this.#pickler.setAttribute(...this.#attribute(name, this[name]))
      this.#assigned.add(name)
    }
  }

  #attribute(name: HookName, hook: DispatchTable | Method): [string, PyValue] {
    const { instances } = this.#toPython
    const attribute = hookNames[name]
    if (typeof hook !== 'function') return [attribute, instances.tableOf(hook)]
    const ask = (object: unknown) => hook.call(this, object)
    return [
      attribute,
      instances.hook(attribute, (object) =>
        name === 'reducerOverride'
          ? instances.reduction(ask(object))
          : this.#toPython.convert(ask(object) ?? null),
      ),
    ]
  }

  #callback(callback: (buffer: PickleBuffer) => unknown): PyValue {
    return this.#toPython.instances.hook('buffer_callback', (buffer) =>
      Boolean(callback(buffer as PickleBuffer)),
    )
  }
}

type Method = (object: unknown) => unknown

/**
 * Writes the pickle of a value to a file.
 *
 * @throws {PickleError} as {@link Pickler.dump}
 */
export function dump(value: unknown, file: PickleFile, options: PicklerOptions = {}): void {
  new Pickler(file, options).dump(value)
}

/**
 * The pickle of a value.
 *
 * @throws {PickleError} as {@link Pickler.dump}
 */
export function dumps(value: unknown, options: PicklerOptions = {}): Uint8Array {
  const pieces: Uint8Array[] = []
  dump(value, { write: (bytes) => pieces.push(bytes.slice()) }, options)
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
