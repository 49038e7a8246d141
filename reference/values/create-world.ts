import { copyregReducers, isCopyregReducer, reduceByCopyreg } from './copyreg-reducers.ts'
import { dictStore } from './dict.ts'
import { hasModule, type KnownRow, knownRow, type NameSource } from './known-names/known-names.ts'
import { Singletons } from './singletons.ts'
import {
  type LibraryTraits,
  PyClass,
  PyDict,
  PyFrozenSet,
  PyFunction,
  type PyHeapValue,
  PyModule,
  PyObject,
  type PySingleton,
  PyStr,
  type PyValue,
} from './value.ts'
import type { Release, World } from './world.ts'

export type WorldOptions = {
  readonly implementation?: 'cpython' | 'pypy'
  readonly boxesInts?: boolean
}

/**
 * A new world of this release: nothing in it is shared with another world. The library's classes,
 * functions and modules are made when they are first asked for.
 *
 * @clause COPYREG-01
 */
export function createWorld(release: Release, options: WorldOptions = {}): World {
  return new LibraryWorld(release, options)
}

class LibraryWorld implements World {
  readonly release: Release
  readonly implementation: 'cpython' | 'pypy'
  boxesInts: boolean
  readonly modules = new Map<string, PyModule>()
  readonly missingModules = new Set<string>()
  readonly copyregTable = new PyDict()
  readonly extensionCodes = new Map<string, PyValue>()
  readonly #minor: number
  readonly #singletons: Singletons
  readonly #known = new Map<string, PyValue>()
  readonly #sharedNames = new Map<string, PyStr>()
  readonly #addresses = new Map<PyHeapValue, number>()

  constructor(release: Release, options: WorldOptions) {
    this.release = release
    this.implementation = options.implementation ?? 'cpython'
    this.boxesInts = options.boxesInts ?? false
    this.#minor = release[1]
    const isComputedApart =
      this.implementation === 'cpython' && (this.#minor === 11 || this.#minor === 12)
    this.#singletons = new Singletons({
      isComputedApart,
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
    return this.knownClass('builtins:object')
  }
  get typeClass(): PyClass {
    return this.knownClass('builtins:type')
  }
  get none(): PyClass {
    return this.knownClass('builtins:NoneType')
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
    return this.#singletons.intern(text)
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
      const release = this.release.join('.')
      throw new Error(`${name} is not in the table of known names of Python ${release}`)
    }
    return value
  }

  findKnown(name: string): PyValue | undefined {
    const made = this.#known.get(name)
    if (made !== undefined) return made
    const row = knownRow(this.#minor, name)
    if (row === undefined) return undefined
    const value = this.#make(name, row)
    this.#known.set(name, value)
    return value
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
    if (value === null) return this.none
    if (typeof value === 'boolean') return this.knownClass('builtins:bool')
    if (typeof value !== 'object') return this.knownClass('builtins:int')
    switch (value.kind) {
      case 'object':
        return value.type
      case 'class':
        return value.metaclass ?? this.typeClass
      case 'function':
        return value.type
      case 'iterator':
        return this.knownClass(`builtins:${value.typeName}`)
      case 'buffer':
        return this.knownClass('pickle:PickleBuffer')
      case 'singleton':
        return this.knownClass(
          value.name === 'Ellipsis' ? 'builtins:ellipsis' : 'builtins:NotImplementedType',
        )
      default:
        return this.knownClass(`builtins:${value.kind}`)
    }
  }

  #make(name: string, row: KnownRow): PyValue {
    switch (row.kind) {
      case 'same':
        return this.known(row.as)
      case 'class':
        return this.#makeClass(name, row)
      case 'function':
        return this.#makeFunction(name, row)
      case 'object':
        return new PyObject(this.knownClass(row.type))
      case 'module':
        return this.findModule(name.replace(':', '.')) ?? null
      case 'constant':
        return this.#constant(name)
    }
  }

  #makeClass(name: string, row: KnownRow & { kind: 'class' }): PyClass {
    const library: LibraryTraits = {
      name,
      methods: row.methods,
      hasOwnNew: row.hasOwnNew,
      isUnhashable: row.isUnhashable,
    }
    return new PyClass({
      name: row.qualname.text?.split('.').at(-1) ?? '',
      qualname: this.#nameStr(row.qualname) ?? this.emptyStr,
      module: this.#nameStr(row.module),
      bases: row.bases.map((base) => this.knownClass(base)),
      ...(row.metaclass !== null && { metaclass: this.knownClass(row.metaclass) }),
      layout: row.layout,
      isHeap: row.isHeap,
      slots: row.slots,
      hasDict: row.hasDict,
      library,
    })
  }

  #makeFunction(name: string, row: KnownRow & { kind: 'function' }): PyFunction {
    const text = row.qualname.text ?? ''
    return new PyFunction({
      type: this.knownClass(row.type),
      name: text.slice(text.lastIndexOf('.') + 1),
      qualname: this.#nameStr(row.qualname) ?? this.emptyStr,
      hasFreshQualname: row.qualname.sharing === 'fresh',
      module: row.module === null ? undefined : this.#nameStr(row.module),
      ...(row.owner !== null && { self: this.knownClass(row.owner) }),
      library: name,
      ...(isCopyregReducer(name) && { call: ([value = null]) => reduceByCopyreg(this, value) }),
    })
  }

  #constant(name: string): PyValue {
    const constants: Readonly<Record<string, PyValue>> = {
      Ellipsis: this.ellipsis,
      NotImplemented: this.notImplemented,
      None: null,
      True: true,
      False: false,
      __debug__: true,
    }
    return constants[name.slice(name.indexOf(':') + 1)] ?? null
  }

  /** @clause MODEL-02 */
  #nameStr(source: NameSource | null): PyStr | null {
    if (source === null || source.text === null) return null
    if (source.sharing === 'interned') return this.intern(source.text)
    if (source.sharing === 'fresh' || source.sharing === 'own') return new PyStr(source.text)
    const key = `${source.sharing} ${source.text}`
    let str = this.#sharedNames.get(key)
    if (str === undefined) {
      str = new PyStr(source.text)
      this.#sharedNames.set(key, str)
    }
    return str
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

  override has(path: string): boolean {
    return this.get(path) !== undefined
  }
}

/** A type that no attribute of its module leads to. */
function isNameless(module: string, path: string, row: KnownRow): boolean {
  return (
    (row.kind === 'class' || row.kind === 'function') &&
    !row.isFound &&
    row.module?.text === module &&
    row.qualname.text === path
  )
}
