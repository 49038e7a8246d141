import { textOfStr } from '../codecs/str-content.ts'
import { profile } from '../profiles.ts'
import { nameFromPython2 } from '../unpickler/names-from-python-2.ts'
import type { Source } from '../unpickler/source.ts'
import { Unpickler as PythonUnpickler } from '../unpickler/unpickler.ts'
import { plainUnpickler } from '../unpickler/unpickler-class.ts'
import type { Unpickling } from '../unpickler/unpickling.ts'
import { createWorld } from '../values/create-world.ts'
import type { PyStr, PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { copyExtensions } from './copyreg.ts'
import { FoundNames } from './found-names.ts'
import { FromProgram } from './from-program.ts'
import { RecordedCalls } from './recorded-calls.ts'
import { buffersOf, plainSource } from './sources.ts'
import { ToJavaScript } from './to-javascript.ts'
import { Global, PersistentId, type PickleBuffer } from './values.ts'

/** Where a pickle comes from: all of it, or a file, which is read no further than the pickle goes. */
export type PickleSource = Source

export type UnpicklerOptions = {
  /** Names of Python 2 are taken for those of Python 3, below protocol 3; true unless given. */
  readonly fixImports?: boolean
  /** How the 8-bit strings of Python 2 are read: `ASCII` unless given, `bytes` for Uint8Arrays. */
  readonly encoding?: string
  /** What is done with what `encoding` cannot read; `strict` unless given. */
  readonly errors?: string
  /** What a `bufferCallback` left out of the pickle, in order. */
  readonly buffers?: Iterable<Uint8Array | PickleBuffer> | null
  /** Whose unpickler this is; `documented` unless given. */
  readonly profile?: string
  /** Dicts are object literals where nothing is lost, Maps elsewhere; false unless given. */
  readonly dictsAsObjects?: boolean
}

/**
 * Python's `pickle.Unpickler` for JavaScript values. Nothing that a pickle names is run: a name is a
 * `Global`, a call of it a `Reduced`. A subclass overrides `findClass` to give classes and functions
 * of its own, which are called then, and `persistentLoad`.
 *
 * @clause UNP-04 UNP-06
 */
export class Unpickler {
  readonly #world: World
  readonly #toJavaScript: ToJavaScript
  readonly #calls: RecordedCalls
  readonly #unpickler: PythonUnpickler
  #reading: Unpickling | undefined

  constructor(source: PickleSource, options: UnpicklerOptions = {}) {
    const chosen = profile(options.profile ?? 'documented')
    const { fixImports = true, encoding = 'ASCII', errors = 'strict', buffers = null } = options
    this.#world = createWorld(chosen.release, { implementation: chosen.implementation })
    this.#toJavaScript = new ToJavaScript(options.dictsAsObjects ?? false)
    this.#calls = new RecordedCalls(this.#world, this.#toJavaScript)
    const found = new FoundNames(this.#world)
    const fromProgram = new FromProgram(this.#world, this.#toJavaScript, found)
    const names = {
      findClass: (u: Unpickling, module: PyStr, name: PyStr): PyValue => {
        this.#reading = u
        return fromProgram.value(
          u,
          this.findClass(textOfStr(module.content), textOfStr(name.content)),
        )
      },
      make: this.#calls.make,
      persistentLoad: (u: Unpickling, id: PyValue): PyValue =>
        fromProgram.value(u, this.persistentLoad(this.#toJavaScript.hand(id))),
    }
    this.#unpickler = new PythonUnpickler(
      this.#world,
      chosen,
      plainUnpickler,
      {
        fixImports,
        encoding,
        errors,
        buffers: buffers && buffersOf(buffers, this.#toJavaScript),
        names,
      },
      plainSource(source),
    )
  }

  /**
   * What a name in the pickle stands for: a class or function of the program, which is called when
   * the pickle says so, or a `Global`, of which calls are recorded. Here it is always a `Global`.
   */
  findClass(module: string, name: string): unknown {
    const u = this.#reading
    const isOld = u !== undefined && u.protocol < 3 && u.fixesImports
    if (!isOld) return new Global(module, name)
    return new Global(...nameFromPython2(module, name, u.profile.namesForPython2))
  }

  /** The object that a persistent id stands for. Here it is a `PersistentId`, dumped as its id. */
  persistentLoad(id: unknown): unknown {
    return new PersistentId(id)
  }

  /**
   * Loads the next pickle of the source. The memo is kept from one to the next.
   *
   * @throws {PickleError} as Python raises
   */
  load(): unknown {
    copyExtensions(this.#world)
    this.#calls.begin()
    const loaded = this.#toJavaScript.whole(this.#unpickler.load())
    this.#calls.settle()
    return loaded
  }
}

/**
 * The value of the next pickle in a file; the file stays at its end.
 *
 * @throws {PickleError} as {@link Unpickler.load}
 */
export function load(file: PickleSource, options: UnpicklerOptions = {}): unknown {
  return new Unpickler(file, options).load()
}

/**
 * The value of the first pickle in these bytes; what is behind it is not looked at.
 *
 * @throws {PickleError} as {@link Unpickler.load}
 */
export function loads(bytes: Uint8Array, options: UnpicklerOptions = {}): unknown {
  return load(bytes, options)
}
