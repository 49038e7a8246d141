/**
 * What Python has and JavaScript has not, for both directions of the conversions (README.md).
 */

/** A tuple. */
export class Tuple<T = unknown> {
  readonly items: readonly T[]
  constructor(items: Iterable<T> = []) {
    this.items = [...items]
  }
  get length(): number {
    return this.items.length
  }
  [Symbol.iterator](): IterableIterator<T> {
    return this.items[Symbol.iterator]()
  }
}

/** A tuple of these items. */
export function tuple<const T extends readonly unknown[]>(...items: T): Tuple<T[number]> {
  return new Tuple(items)
}

/** A frozenset. */
export class FrozenSet<T = unknown> extends Set<T> {}

/** A bytearray. */
export class ByteArray extends Uint8Array {}

/** A float that a plain number could not be told from an int by: `new Float(1)` is `1.0`. */
export class Float extends Number {}

/** A str in which a lone high surrogate stands before a lone low one: no string can hold it. */
export class CodePoints {
  readonly codePoints: readonly number[]
  constructor(codePoints: readonly number[]) {
    this.codePoints = [...codePoints]
  }
}

/** A class or function, by where an import finds it. */
export class Global {
  readonly module: string
  /** The qualified name, with dots for what is inside a class. */
  readonly name: string
  constructor(module: string, name: string) {
    this.module = module
    this.name = name
  }
  toString(): string {
    return `${this.module}.${this.name}`
  }
}

/** The class or function `module.name`. */
export function global(module: string, name: string): Global {
  return new Global(module, name)
}

/** What `reducerOverride` answers so that the object is reduced as if it had not been asked. */
export const NotImplemented: unique symbol = Symbol.for('picklespec.NotImplemented')

export const Ellipsis: unique symbol = Symbol.for('picklespec.Ellipsis')

/** Bytes that a protocol 5 pickle may leave out: `pickle.PickleBuffer`. */
export class PickleBuffer {
  readonly bytes: Uint8Array
  readonly isReadOnly: boolean
  constructor(bytes: Uint8Array, { isReadOnly = false }: { readonly isReadOnly?: boolean } = {}) {
    this.bytes = bytes
    this.isReadOnly = isReadOnly
  }
}
