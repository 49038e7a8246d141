import {
  type KnownRow,
  knownRow,
  membersOfModules,
  type NameSource,
  namesShared,
} from './known-names/known-names.ts'
import { type LibraryTraits, PyClass, PyFunction, PyObject, PyStr, type PyValue } from './value.ts'

/**
 * The classes and functions of Python's library in one release, made when they are first asked for.
 * They are the same in every world of that release: nothing a scenario does can change them, and
 * their place in a memo is the memo's own.
 */
export class Library {
  readonly #minor: number
  readonly #known = new Map<string, PyValue>()
  readonly #interned = new Map<string, PyStr>()
  readonly #types = new Map<string, PyClass>()
  readonly #groups = new Map<string, PyStr>()
  #members: ReadonlyMap<string, string> | undefined

  constructor(minor: number) {
    this.#minor = minor
    for (const text of namesShared(minor)) this.#interned.set(text, new PyStr(text))
  }

  /** The interned str of a name that the library uses; undefined for any other text. */
  interned(text: string): PyStr | undefined {
    return this.#interned.get(text)
  }

  /**
   * The str that classes of a module made in Python have as `__module__`, where it is not the interned
   * one.
   *
   * @clause MODEL-02
   */
  moduleStr(text: string): PyStr | undefined {
    this.#members ??= membersOfModules(this.#minor)
    const name = this.#members.get(text)
    const member = name === undefined ? undefined : this.find(name)
    const module =
      member instanceof PyClass || member instanceof PyFunction ? member.module : undefined
    return module instanceof PyStr ? module : undefined
  }

  /** What `module:qualified.name` names; undefined for what the library has not, or each world anew. */
  find(name: string): PyValue | undefined {
    const made = this.#known.get(name)
    if (made !== undefined) return made
    const row = knownRow(this.#minor, name)
    const value = row === undefined ? undefined : this.#make(name, row)
    if (value !== undefined) this.#known.set(name, value)
    return value
  }

  /** The built-in type of exactly this kind. */
  typeOfKind(kind: string): PyClass {
    let type = this.#types.get(kind)
    if (type === undefined) {
      type = this.#class(`builtins:${kind}`)
      this.#types.set(kind, type)
    }
    return type
  }

  #class(name: string): PyClass {
    const found = this.find(name)
    if (found instanceof PyClass) return found
    throw new Error(`${name} is no class of the library`)
  }

  #make(name: string, row: KnownRow): PyValue | undefined {
    switch (row.kind) {
      case 'same':
        return this.find(row.as)
      case 'class':
        return this.#makeClass(name, row)
      case 'function':
        return this.#makeFunction(name, row)
      case 'object':
        return this.#makeObject(row)
      case 'constant':
        return undefined
    }
  }

  /** An object that is saved under its name, such as `typing.Any`. */
  #makeObject({ type, module, reduced }: KnownRow & { kind: 'object' }): PyObject {
    const object = new PyObject(this.#class(type))
    const moduleStr = this.moduleStr(module) ?? one(this.#interned, module, module)
    object.slots = new Map<string, PyValue>([['__module__', moduleStr]])
    object.reduction = () => new PyStr(reduced)
    return object
  }

  #makeClass(name: string, row: KnownRow & { kind: 'class' }): PyClass {
    const library: LibraryTraits = {
      name,
      methods: row.methods,
      hasOwnNew: row.hasOwnNew,
      isUnhashable: row.isUnhashable,
    }
    return new PyClass({
      name: lastPart(row.qualname.text),
      qualname: this.#nameStr(row.qualname),
      module: this.#nameStr(row.module),
      bases: row.bases.map((base) => this.#class(base)),
      ...(row.metaclass !== null && { metaclass: this.#class(row.metaclass) }),
      layout: row.layout,
      isHeap: row.isHeap,
      slots: row.slots,
      hasDict: row.hasDict,
      library,
    })
  }

  #makeFunction(name: string, row: KnownRow & { kind: 'function' }): PyFunction {
    return new PyFunction({
      type: this.#class(row.type),
      name: lastPart(row.qualname.text),
      qualname: this.#nameStr(row.qualname),
      hasFreshQualname: row.qualname.sharing === 'fresh',
      module: row.module ? this.#nameStr(row.module) : row.module,
      ...(row.owner !== null && { self: this.#class(row.owner) }),
      library: name,
    })
  }

  /** @clause MODEL-02 */
  #nameStr({ text, sharing }: NameSource): PyStr {
    if (sharing === 'interned') return one(this.#interned, text, text)
    if (sharing === 'fresh' || sharing === 'own') return new PyStr(text)
    return one(this.#groups, `${sharing} ${text}`, text)
  }
}

/** The one str of this key, made when it is first asked for. */
function one(strs: Map<string, PyStr>, key: string, text: string): PyStr {
  const str = strs.get(key) ?? new PyStr(text)
  strs.set(key, str)
  return str
}

const lastPart = (qualname: string): string => qualname.slice(qualname.lastIndexOf('.') + 1)

const libraries = new Map<number, Library>()

/** The library of the release 3.`minor`. */
export function libraryOf(minor: number): Library {
  let library = libraries.get(minor)
  if (library === undefined) {
    library = new Library(minor)
    libraries.set(minor, library)
  }
  return library
}
