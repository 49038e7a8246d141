/**
 * The Python object model as the pickler sees it. Object identity is identity: two values are the
 * same Python object exactly when they are the same JavaScript value, numbers and booleans apart.
 *
 * None is `null`, bools are booleans, an int is a `number` while safe and a `bigint` beyond; an int
 * whose identity can be seen (SAVE-22) is a `PyInt`. Everything else is one of the classes below,
 * told apart by `kind`. A value whose type is exactly the built-in one has that kind; an instance of
 * any other class, subclasses of built-ins included, is a `PyObject`.
 */
import type { StrContent } from '../codecs/str-content.ts'

/**
 * Every object that can enter a memo. The memo is this slot, valid while `memoOwner` is the memo
 * that asks (MEMO-01); a memo that finds another owner's mark keeps its own entry in a side table.
 */
abstract class Memoizable {
  memoOwner: object | null = null
  memoIndex = 0
}

/** An int with an identity of its own. */
export class PyInt extends Memoizable {
  readonly kind = 'int'
  readonly value: number | bigint
  constructor(value: number | bigint) {
    super()
    this.value = value
  }
}

export class PyFloat extends Memoizable {
  readonly kind = 'float'
  readonly value: number
  /** The big-endian double, where `value` is a NaN whose payload matters. */
  readonly bits: Uint8Array | null
  constructor(value: number, bits: Uint8Array | null = null) {
    super()
    this.value = value
    this.bits = bits
  }
}

export class PyStr extends Memoizable {
  readonly kind = 'str'
  readonly content: StrContent
  constructor(content: StrContent) {
    super()
    this.content = content
  }
}

export class PyBytes extends Memoizable {
  readonly kind = 'bytes'
  readonly data: Uint8Array
  constructor(data: Uint8Array) {
    super()
    this.data = data
  }
}

export class PyByteArray extends Memoizable {
  readonly kind = 'bytearray'
  data: Uint8Array
  constructor(data: Uint8Array) {
    super()
    this.data = data
  }
}

export class PyTuple extends Memoizable {
  readonly kind = 'tuple'
  /** Filled while the tuple is being made, never changed afterwards. */
  readonly items: PyValue[]
  constructor(items: PyValue[]) {
    super()
    this.items = items
  }
}

export class PyList extends Memoizable {
  readonly kind = 'list'
  readonly items: PyValue[]
  constructor(items: PyValue[]) {
    super()
    this.items = items
  }
}

/** Keys and values in insertion order; `keys[i]` belongs to `values[i]`. Look-ups are in dict.ts. */
export class PyDict extends Memoizable {
  readonly kind = 'dict'
  readonly keys: PyValue[]
  readonly values: PyValue[]
  constructor(keys: PyValue[] = [], values: PyValue[] = []) {
    super()
    this.keys = keys
    this.values = values
  }
}

/** Members in iteration order, which is taken as given (ATOM-63). */
export class PySet extends Memoizable {
  readonly kind = 'set'
  readonly members: PyValue[]
  constructor(members: PyValue[]) {
    super()
    this.members = members
  }
}

export class PyFrozenSet extends Memoizable {
  readonly kind = 'frozenset'
  readonly members: PyValue[]
  constructor(members: PyValue[]) {
    super()
    this.members = members
  }
}

/** A property: reading the attribute calls `get`, which may throw a PickleError. */
export class PyProperty extends Memoizable {
  readonly kind = 'property'
  readonly get: (self: PyValue) => PyValue
  constructor(get: (self: PyValue) => PyValue) {
    super()
    this.get = get
  }
}

/** The built-in type whose storage instances of a class have. */
export type Layout =
  | 'object' | 'int' | 'float' | 'complex' | 'str' | 'bytes' | 'bytearray' | 'tuple' | 'list'
  | 'dict' | 'set' | 'frozenset' | 'type' | 'exception' | 'function' | 'other'

export type ClassFields = {
  readonly name: string
  /** `__qualname__`: a str; a static type gives a new one each time it is asked (MODEL-02). */
  readonly qualname: PyStr
  /** `__module__`; null is None. Shared by all classes of a module, by identity. */
  readonly module: PyStr | null
  readonly bases: readonly PyClass[]
  /** From the class itself to `object`. */
  readonly mro?: readonly PyClass[]
  readonly metaclass?: PyClass
  readonly layout: Layout
  /** Made by a `class` statement or `type()`, and not in C. */
  readonly isHeap: boolean
  /** The names of its own `__slots__`, unmangled, or null without them. */
  readonly slots?: readonly string[] | null
  /** Instances have a `__dict__`. */
  readonly hasDict: boolean
}

export class PyClass extends Memoizable {
  readonly kind = 'class'
  readonly name: string
  readonly qualname: PyStr
  readonly module: PyStr | null
  readonly bases: readonly PyClass[]
  readonly mro: readonly PyClass[]
  /** null stands for `type` itself. */
  readonly metaclass: PyClass | null
  readonly layout: Layout
  readonly isHeap: boolean
  readonly slots: readonly string[] | null
  readonly hasDict: boolean
  /** Attributes of this class alone, in order of definition. */
  readonly namespace = new Map<string, PyValue>()
  constructor(fields: ClassFields) {
    super()
    this.name = fields.name
    this.qualname = fields.qualname
    this.module = fields.module
    this.bases = fields.bases
    this.mro = fields.mro === undefined ? [this, ...fields.bases.flatMap((b) => b.mro)] : [this, ...fields.mro.slice(1)]
    this.metaclass = fields.metaclass ?? null
    this.layout = fields.layout
    this.isHeap = fields.isHeap
    this.slots = fields.slots ?? null
    this.hasDict = fields.hasDict
  }
}

export type FunctionFields = {
  /** Its exact type: function, builtin_function_or_method, method, functools.partial … */
  readonly type: PyClass
  readonly name: string
  readonly qualname: PyValue
  /** `__module__`; undefined when it has no such attribute, null when it is None. */
  readonly module: PyValue | undefined
  /** What a bound method or a method of a built-in object is bound to. */
  readonly self?: PyValue
  /** What a call does. Only hooks of a scenario have one: nothing out of a pickle is ever called. */
  readonly call?: (args: readonly PyValue[]) => PyValue
}

/** Anything callable that is not a class or an instance of a scenario class. */
export class PyFunction extends Memoizable {
  readonly kind = 'function'
  readonly type: PyClass
  readonly name: string
  readonly qualname: PyValue
  readonly module: PyValue | undefined
  readonly self: PyValue | undefined
  readonly call: ((args: readonly PyValue[]) => PyValue) | undefined
  constructor(fields: FunctionFields) {
    super()
    this.type = fields.type
    this.name = fields.name
    this.qualname = fields.qualname
    this.module = fields.module
    this.self = fields.self
    this.call = fields.call
  }
}

/** An instance of a class that has no kind of its own. */
export class PyObject extends Memoizable {
  readonly kind = 'object'
  readonly type: PyClass
  /** `__dict__`: keys are interned strs. null when the class has none, or it was never needed. */
  dict: PyDict | null
  /** Slot values by unmangled name, in the order they were set. */
  slots: Map<string, PyValue> | null = null
  /**
   * The built-in value inside an instance of a subclass: the int, str, bytes, tuple, list, dict, set …
   * of the exact built-in type, an object of its own. undefined for plain objects. For an exception
   * the tuple of its args.
   */
  value: PyValue | undefined
  /** For library objects whose reduction is given rather than derived: asked by `__reduce_ex__`. */
  reduction: ((protocol: number) => PyValue) | null = null
  constructor(type: PyClass, dict: PyDict | null = null, value: PyValue | undefined = undefined) {
    super()
    this.type = type
    this.dict = dict
    this.value = value
  }
}

/** An iterator; `next` gives undefined at the end and may throw a PickleError. */
export class PyIterator extends Memoizable {
  readonly kind = 'iterator'
  readonly typeName: string
  readonly next: () => PyValue | undefined
  constructor(typeName: string, next: () => PyValue | undefined) {
    super()
    this.typeName = typeName
    this.next = next
  }
}

/** A PickleBuffer (section OOB). */
export class PyBuffer extends Memoizable {
  readonly kind = 'buffer'
  /** The contiguous bytes in memory order; null once released. */
  data: Uint8Array | null
  readonly isReadOnly: boolean
  readonly isContiguous: boolean
  constructor(data: Uint8Array | null, isReadOnly: boolean, isContiguous: boolean) {
    super()
    this.data = data
    this.isReadOnly = isReadOnly
    this.isContiguous = isContiguous
  }
}

/** `Ellipsis` and `NotImplemented`; there is one of each (values/singletons.ts). */
export class PySingleton extends Memoizable {
  readonly kind = 'singleton'
  readonly name: 'Ellipsis' | 'NotImplemented'
  constructor(name: 'Ellipsis' | 'NotImplemented') {
    super()
    this.name = name
  }
}

/** A module: what an import finds (values/world.ts). */
export class PyModule extends Memoizable {
  readonly kind = 'module'
  readonly name: PyStr
  readonly attributes = new Map<string, PyValue>()
  constructor(name: PyStr) {
    super()
    this.name = name
  }
}

export type PyValue =
  | null | boolean | number | bigint
  | PyInt | PyFloat | PyStr | PyBytes | PyByteArray | PyTuple | PyList | PyDict | PySet | PyFrozenSet
  | PyClass | PyFunction | PyProperty | PyObject | PyIterator | PyBuffer | PySingleton | PyModule

/** Every value that is an object in JavaScript too, and so has a memo slot. */
export type PyHeapValue = Exclude<PyValue, null | boolean | number | bigint>
