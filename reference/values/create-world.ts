import { type Release, releaseText } from '../release.ts'
import { copyregReducers } from './copyreg-reducers.ts'
import { dictStore } from './dict.ts'
import { EqualIsSame } from './equal-is-same.ts'
import { hasModule, type KnownRow, knownRow } from './known-names/known-names.ts'
import { type Library, libraryOf } from './library.ts'
import { Singletons } from './singletons.ts'
import {
  PyClass,
  PyDict,
  PyFrozenSet,
  PyFunction,
  type PyHeapValue,
  PyModule,
  type PySingleton,
  type PyStr,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

export type WorldOptions = {
  readonly implementation?: 'cpython' | 'pypy'
  readonly boxesInts?: boolean
}

/**
 * A new world of this release. The library's classes and functions are those of every world of the
 * release; all that a run can change is the world's own.
 *
 * @clause COPYREG-01
 */
export function createWorld(release: Release, options: WorldOptions = {}): World {
  return new LibraryWorld(release, options)
}

/**
 * The characters that are names in modules frozen into the interpreter, by minor release: interned
 * there before the one str of each character, so that there are two.
 */
const frozenCharacters: Readonly<Record<number, string>> = {
  11: 'BCLST_abcdefhijklmnopqrstvwxy',
  12: '_abcdenprsx',
}

class LibraryWorld implements World {
  readonly release: Release
  readonly implementation: 'cpython' | 'pypy'
  boxesInts: boolean
  readonly largestSmallInt: number
  readonly equalIsSame: EqualIsSame | null
  readonly modules = new Map<string, PyModule>()
  readonly missingModules = new Set<string>()
  readonly copyregTable = new PyDict()
  readonly extensionCodes = new Map<string, PyValue>()
  readonly extensionCache = new Map<number, PyValue>()
  readonly #minor: number
  readonly #singletons: Singletons
  readonly #library: Library
  readonly #addresses = new Map<PyHeapValue, number>()

  constructor(release: Release, options: WorldOptions) {
    this.release = release
    this.implementation = options.implementation ?? 'cpython'
    this.boxesInts = options.boxesInts ?? false
    this.largestSmallInt = release[1] >= 15 ? 1024 : 256
    this.equalIsSame = this.implementation === 'pypy' ? new EqualIsSame() : null
    this.#minor = release[1]
    this.#library = libraryOf(release[1])
    this.#singletons = new Singletons({
      computedApart: (this.implementation === 'cpython' && frozenCharacters[this.#minor]) || '',
      hasEmptyFrozenSet: this.implementation === 'pypy' || this.#minor < 10,
    })
    // Every interpreter has imported these; what has no module of its own is looked for in them.
    for (const name of ['sys', 'builtins']) this.findModule(name)
    this.modules.set('__main__', new PyModule(this.intern('__main__')))
    for (const [type, reducer] of copyregReducers) {
      const cls = this.findKnown(type)
      const fn = this.findKnown(reducer)
      if (cls !== undefined && fn !== undefined) dictStore(this.copyregTable, cls, fn)
    }
  }

  get objectClass(): PyClass {
    return this.#library.typeOfKind('object')
  }
  get typeClass(): PyClass {
    return this.#library.typeOfKind('type')
  }
  get none(): PyClass {
    return this.#library.typeOfKind('NoneType')
  }
  get ellipsis(): PySingleton {
    return this.#singletons.ellipsis
  }
  get notImplemented(): PySingleton {
    return this.#singletons.notImplemented
  }
  get emptyStr() {
    return this.#singletons.emptyStr
  }
  get emptyBytes() {
    return this.#singletons.emptyBytes
  }
  get emptyTuple() {
    return this.#singletons.emptyTuple
  }

  emptyFrozenSet() {
    return this.#singletons.emptyFrozenSet ?? new PyFrozenSet([])
  }

  intern(text: string): PyStr {
    return this.#library.interned(text) ?? this.#singletons.intern(text)
  }

  moduleStr(module: string): PyStr {
    return this.#library.moduleStr(module) ?? this.intern(module)
  }

  latin1Character(codePoint: number): PyStr {
    return this.#singletons.latin1Character(codePoint)
  }

  singleByte(byte: number) {
    return this.#singletons.singleByte(byte)
  }

  findModule(name: string): PyModule | undefined {
    if (this.missingModules.has(name)) return undefined
    let module = this.modules.get(name)
    if (module === undefined && hasModule(this.#minor, name)) {
      module = new PyModule(this.intern(name), new LibraryAttributes(this, name, this.#minor))
      this.modules.set(name, module)
    }
    return module
  }

  known(name: string): PyValue {
    const value = this.findKnown(name)
    if (value === undefined) {
      const release = releaseText(this.release)
      throw new Error(`${name} is not in the table of known names of Python ${release}`)
    }
    return value
  }

  findKnown(name: string): PyValue | undefined {
    return this.#library.find(name) ?? this.#own(name)
  }

  knownClass(name: string): PyClass {
    const value = this.known(name)
    if (value instanceof PyClass) return value
    throw new Error(`${name} is no class`)
  }

  knownFunction(name: string): PyFunction {
    const value = this.known(name)
    if (value instanceof PyFunction) return value
    throw new Error(`${name} is no function`)
  }

  addressOf(value: PyHeapValue): string {
    let number = this.#addresses.get(value)
    if (number === undefined) {
      number = this.#addresses.size + 1
      this.#addresses.set(value, number)
    }
    return `0x${(0x7f0000000000 + number).toString(16)}`
  }

  typeOf(value: PyValue): PyClass {
    const library = this.#library
    if (value === null) return library.typeOfKind('NoneType')
    if (typeof value === 'boolean') return library.typeOfKind('bool')
    if (typeof value !== 'object') return library.typeOfKind('int')
    switch (value.kind) {
      case 'object':
      case 'function':
        return value.type
      case 'class':
        return value.metaclass ?? library.typeOfKind('type')
      case 'iterator':
        return library.typeOfKind(value.typeName)
      case 'buffer':
        return this.knownClass('pickle:PickleBuffer')
      case 'singleton':
        return library.typeOfKind(value.name === 'Ellipsis' ? 'ellipsis' : 'NotImplementedType')
      default:
        return library.typeOfKind(value.kind)
    }
  }

  /** What each world has of its own: constants. */
  #own(name: string): PyValue | undefined {
    return knownRow(this.#minor, name)?.kind === 'constant' ? this.#constant(name) : undefined
  }

  #constant(name: string): PyValue | undefined {
    const constants: Readonly<Record<string, PyValue>> = {
      Ellipsis: this.ellipsis,
      NotImplemented: this.notImplemented,
      None: null,
      True: true,
      False: false,
    }
    return constants[name.slice(name.indexOf(':') + 1)]
  }
}

/** The attributes of a module of the library, each made when it is first read. */
class LibraryAttributes extends Map<string, PyValue> {
  readonly #world: World
  readonly #module: string
  readonly #minor: number

  constructor(world: World, module: string, minor: number) {
    super()
    this.#world = world
    this.#module = module
    this.#minor = minor
  }

  override get(path: string): PyValue | undefined {
    const own = super.get(path)
    if (own !== undefined || path.includes('.')) return own
    const name = `${this.#module}:${path}`
    const row = knownRow(this.#minor, name)
    if (row === undefined || isNameless(this.#module, path, row)) return undefined
    const value = this.#world.known(name)
    this.set(path, value)
    return value
  }
}

/** A type that no attribute of its module leads to. */
function isNameless(module: string, path: string, row: KnownRow): boolean {
  return (
    row.kind === 'class' && !row.isFound && row.module.text === module && row.qualname.text === path
  )
}
