import type { World } from '../values/world.ts'
import type { Constructor, DispatchTable, Reducer } from './reduction.ts'

/** Python's `copyreg`: what is registered here counts for every pickler without a table of its own. */
class Copyreg {
  readonly #table = new Map<Constructor, Reducer>()
  readonly #codes = new Map<string, number>()

  /** What `copyreg.dispatch_table` has beside Python's own entries. */
  get dispatchTable(): DispatchTable {
    return this.#table
  }

  /** Codes by `module\0name`. */
  get extensions(): ReadonlyMap<string, number> {
    return this.#codes
  }

  /**
   * Says how objects of a class are reduced.
   *
   * @clause COPYREG-02
   */
  pickle<T>(type: abstract new (...args: never[]) => T, reducer: Reducer<T>): void {
    this.#table.set(type, reducer as Reducer)
  }

  /** Takes back what `pickle` said. */
  unpickle(type: Constructor): void {
    this.#table.delete(type)
  }

  /**
   * Gives a global a code, written instead of its name from protocol 2 on.
   *
   * @clause EXT-01
   * @throws {RangeError} a code outside 1…2^31-1, or one that is taken
   */
  addExtension(module: string, name: string, code: number): void {
    if (!Number.isInteger(code) || code < 1 || code > 0x7fffffff) {
      throw new RangeError(`${code} is no extension code: wanted an integer from 1 to 2147483647`)
    }
    const key = `${module}\0${name}`
    for (const [other, taken] of this.#codes) {
      if (other === key && taken === code) return
      if (other === key) throw new RangeError(`${module}.${name} has the code ${taken} already`)
      if (taken === code)
        throw new RangeError(`the code ${code} is that of ${other.replace('\0', '.')}`)
    }
    this.#codes.set(key, code)
  }

  /** Takes back what `addExtension` said. */
  removeExtension(module: string, name: string): void {
    this.#codes.delete(`${module}\0${name}`)
  }
}

export const copyreg: Copyreg = new Copyreg()

/** Makes the extension codes of a world those that are registered now; the others are forgotten. */
export function copyExtensions({ extensionCache, extensionCodes }: World): void {
  for (const [name, code] of extensionCodes) {
    if (copyreg.extensions.get(name) !== code) extensionCache.delete(Number(code))
  }
  extensionCodes.clear()
  for (const [name, code] of copyreg.extensions) extensionCodes.set(name, code)
}
