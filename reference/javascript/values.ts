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

/** A float where a plain number would be an int, or could not be it: `new Float(1)` is `1.0`. */
export class Float extends Number {
  /** The big-endian double, of a NaN whose payload matters. */
  readonly bits: Uint8Array | undefined
  constructor(value: number, bits?: Uint8Array) {
    super(value)
    this.bits = bits
  }
}

/** A str in which a lone high surrogate stands before a lone low one: no string can hold it. */
export class CodePoints {
  readonly codePoints: readonly number[]
  constructor(codePoints: readonly number[]) {
    this.codePoints = [...codePoints]
  }
}

/** What a pickle did to something that is only known by name: the instruction, and what was given. */
export type Deed = readonly [name: 'state' | 'append' | 'add' | 'setitem', ...given: unknown[]]

/** A class or function, by where an import finds it. */
export class Global {
  readonly module: string
  /** The qualified name, with dots for what is inside a class. */
  readonly name: string
  /** What a pickle did to it, which no pickler makes it do: such a global is not dumped. */
  deeds: readonly Deed[] = []
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

/** An object that is outside of the pickle, by the persistent id that is in the pickle instead. */
export class PersistentId {
  readonly id: unknown
  constructor(id: unknown) {
    this.id = id
  }
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
