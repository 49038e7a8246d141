import { PyBytes, PyFrozenSet, PySingleton, PyStr, PyTuple } from './value.ts'

/**
 * The objects of which an interpreter has exactly one (MODEL-03): made anew for each world, so that
 * nothing a pickler notes on them outlives its run.
 */
export class Singletons {
  readonly ellipsis = new PySingleton('Ellipsis')
  readonly notImplemented = new PySingleton('NotImplemented')
  readonly emptyStr = new PyStr('')
  readonly emptyBytes = new PyBytes(new Uint8Array(0))
  readonly emptyTuple = new PyTuple([])
  readonly #interned = new Map<string, PyStr>()
  readonly #computed = new Map<number, PyStr>()
  readonly #computedApart: string
  readonly #bytes: (PyBytes | undefined)[] = []

  /** null where each empty frozenset is a new object. */
  readonly emptyFrozenSet: PyFrozenSet | null

  /**
   * A character of `computedApart`, when it is computed, is another object than the interned one
   * (MODEL-03: CPython 3.11 and 3.12).
   */
  constructor(options: { readonly computedApart: string; readonly hasEmptyFrozenSet: boolean }) {
    this.#interned.set('', this.emptyStr)
    this.#computedApart = options.computedApart
    this.emptyFrozenSet = options.hasEmptyFrozenSet ? new PyFrozenSet([]) : null
  }

  intern(text: string): PyStr {
    let str = this.#interned.get(text)
    if (str === undefined) {
      str = new PyStr(text)
      this.#interned.set(text, str)
    }
    return str
  }

  latin1Character(codePoint: number): PyStr {
    const character = String.fromCharCode(codePoint)
    if (!this.#computedApart.includes(character)) return this.intern(character)
    let str = this.#computed.get(codePoint)
    if (str === undefined) {
      str = new PyStr(character)
      this.#computed.set(codePoint, str)
    }
    return str
  }

  singleByte(byte: number): PyBytes {
    let bytes = this.#bytes[byte]
    if (bytes === undefined) {
      bytes = new PyBytes(Uint8Array.of(byte))
      this.#bytes[byte] = bytes
    }
    return bytes
  }
}
