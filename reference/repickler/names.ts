import { textOfStr } from '../codecs/str-content.ts'
import { PyRecorded, PySymbol, type SymbolKinds, symbolKindsOf } from '../unpickler/recorded.ts'
import { moduleOf } from '../values/build.ts'
import { PyClass, PyFunction, PyStr, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'

/** The module of names that stand for extension codes: no import can name it. */
const extensionModule = ' extension'

/**
 * The classes and functions that pickles name: those of Python's library as they are known, all others
 * as symbols. Each symbol is put where an import of its name finds it, so that it can be saved again.
 */
export class Names {
  readonly #world: World
  readonly #kinds: SymbolKinds
  /** The names of modules that the pickle has, and what symbols have for each. */
  readonly #moduleStrs = new Map<PyStr, PyStr>()
  readonly #writtenModules = new Set<string>()
  /** How many symbols each module has. */
  readonly #counts = new Map<string, number>()

  constructor(world: World) {
    this.#world = world
    this.#kinds = symbolKindsOf(world)
  }

  /**
   * What a dotted name in a module leads to. Where the pickle has the name of the module in a second
   * str, though it could have referred to the first again, `hasStr` is true: the symbol has that str.
   */
  find(module: string, path: readonly string[], written?: PyStr, hasStr?: boolean): PyValue {
    const known = this.#world.findKnown(`${module}:${path.join('.')}`)
    if (known !== undefined) return known
    const [first = '', ...rest] = path
    let found =
      this.#world.findKnown(`${module}:${first}`) ??
      this.#symbol(module, first, this.#moduleStr(module, written, hasStr))
    for (const part of rest)
      found = this.attribute(found, part) ?? this.#symbol(module, path.join('.'))
    return found
  }

  /**
   * The class or function that lies in a class under this name; undefined where it is none that can
   * be named: an attribute of anything else, or a method that says how objects reduce.
   */
  attribute(owner: PyValue, name: string): PyValue | undefined {
    if (!(owner instanceof PySymbol || isOfPython(owner))) return undefined
    if (owner instanceof PySymbol ? isAsked(name) : name.startsWith('__')) return undefined
    const there = owner.namespace.get(name)
    if (there !== undefined) return there
    const qualname = new PyStr(`${textOfStr(owner.qualname.content)}.${name}`)
    const made = new PySymbol(this.#kinds, owner.module as PyStr, qualname)
    owner.namespace.set(name, made)
    return made
  }

  /** The modules of which more than one name was found that nobody knows. */
  get sharedModules(): readonly string[] {
    return [...this.#counts].flatMap(([module, count]) => (count > 1 ? [module] : []))
  }

  /** What stands for an extension code that nobody registered. */
  extension(code: number): PyValue {
    this.#world.extensionCodes.set(`${extensionModule}\0${code}`, code)
    return this.#symbol(extensionModule, String(code))
  }

  #symbol(module: string, name: string, moduleStr = this.#world.moduleStr(module)): PyValue {
    const world = this.#world
    const { attributes } = this.#module(module)
    const there = attributes.get(name)
    if (there !== undefined) return there
    this.#counts.set(module, (this.#counts.get(module) ?? 0) + 1)
    const qualname = isMadeInC(module) ? new PyStr(name) : world.intern(name)
    const made = new PySymbol(this.#kinds, moduleStr, qualname)
    attributes.set(name, made)
    return made
  }

  #moduleStr(module: string, written?: PyStr, hasStr?: boolean): PyStr {
    const common = this.#world.moduleStr(module)
    if (written === undefined) return common
    const there = this.#moduleStrs.get(written)
    if (there !== undefined || !hasStr) return there ?? common
    const made = this.#writtenModules.has(module) ? new PyStr(module) : common
    this.#writtenModules.add(module)
    this.#moduleStrs.set(written, made)
    return made
  }

  /** With the packages it lies in. */
  #module(name: string) {
    const [first = '', ...rest] = name.split('.')
    let path = first
    let module = moduleOf(this.#world, path)
    for (const part of rest) {
      path += `.${part}`
      module = moduleOf(this.#world, path)
    }
    return module
  }
}

/** A class of the library that a class statement made, as far as is known. */
export const isOfPython = (value: PyValue): value is PyClass =>
  value instanceof PyClass && value.library !== null && value.isHeap

/** The names of classes made in C are no interned strs. */
const isMadeInC = (module: string): boolean => module === 'ast' || module === '_ast'

/** The name under which the library knows a class or function. */
export function libraryNameOf(value: PyValue): string | undefined {
  if (value instanceof PyClass) return value.library?.name
  return value instanceof PyFunction ? value.library : undefined
}

/** Names of methods that a load or a dump may ask for, and would find what cannot be carried out. */
const isAsked = (name: string): boolean =>
  ['__reduce__', '__reduce_ex__', '__getinitargs__'].includes(name)

/** `module:name` of a class or function, with `()` behind it for what a call of it gave. */
export function nameOf(value: PyValue): string {
  let calls = ''
  let at = value
  for (; at instanceof PyRecorded; at = at.making.from) calls += '()'
  if (at instanceof PySymbol) return saidSymbol(at.symbol) + calls
  return (libraryNameOf(at) ?? 'an object') + calls
}

const saidSymbol = (symbol: string): string =>
  symbol.startsWith(extensionModule)
    ? `extension code ${symbol.slice(extensionModule.length + 1)}`
    : symbol

/** It stands for an extension code. */
export const isExtension = (value: PyValue): boolean =>
  value instanceof PySymbol && value.symbol.startsWith(extensionModule)
