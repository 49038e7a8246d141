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
import { PickleError } from '../errors.ts'

/**
 * Every object that can enter a memo (MODEL-01). What is in the slot is the index of the entry in
 * the memo that wrote it last; a memo believes it only where that entry is this very object.
 */
abstract class Memoizable {
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
  /** Whether there is a buffer or a view of it, which keeps it as long as it is. */
  isExported = false
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
  /** Positions by what a key equals, made by dict.ts when a larger dict is searched. */
  index: Map<unknown, number> | null = null
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
  | 'object'
  | 'int'
  | 'float'
  | 'complex'
  | 'str'
  | 'bytes'
  | 'bytearray'
  | 'tuple'
  | 'list'
  | 'dict'
  | 'set'
  | 'frozenset'
  | 'type'
  | 'exception'
  | 'function'
  | 'other'

export type ClassFields = {
  readonly name: string
  /** `__qualname__`: a str; a static type gives a new one each time it is asked (MODEL-02). */
  readonly qualname: PyStr
  /** `__module__`; null is None. Shared by all classes of a module, by identity. */
  readonly module: PyStr | null
  readonly bases: readonly PyClass[]
  readonly metaclass?: PyClass
  readonly layout: Layout
  /** Made by a `class` statement or `type()`, and not in C. */
  readonly isHeap: boolean
  /** The names of its own `__slots__`, unmangled, or null without them. */
  readonly slots?: readonly string[] | null
  /** Instances have a `__dict__`. */
  readonly hasDict: boolean
  /** For a class of Python's library. */
  readonly library?: LibraryTraits
}

/** What is known about a class of Python's library besides its names and bases. */
export type LibraryTraits = {
  /** `module:qualified.name`, under which the world knows it. */
  readonly name: string
  /** The special methods that it defines itself. */
  readonly methods: ReadonlySet<string>
  /** Its `__new__` is its own and built in (RED-41). */
  readonly hasOwnNew: boolean
  /** Its instances cannot be keys. */
  readonly isUnhashable: boolean
}

export class PyClass extends Memoizable {
  readonly kind = 'class'
  readonly name: string
  readonly qualname: PyStr
  readonly module: PyStr | null
  readonly bases: readonly PyClass[]
  /** From the class itself to `object`. */
  readonly mro: readonly PyClass[]
  /** null stands for `type` itself. */
  readonly metaclass: PyClass | null
  readonly layout: Layout
  readonly isHeap: boolean
  readonly slots: readonly string[] | null
  readonly hasDict: boolean
  readonly library: LibraryTraits | null
  /** Attributes of this class alone, in order of definition. */
  readonly namespace = new Map<string, PyValue>()
  /** `__slotnames__`: what copyreg keeps on the class once it was asked (RED-43). */
  slotNames: readonly PyStr[] | null = null
  constructor(fields: ClassFields) {
    super()
    this.name = fields.name
    this.qualname = fields.qualname
    this.module = fields.module
    this.bases = fields.bases
    this.mro = [this, ...mergeBases(fields.name, fields.bases)]
    this.metaclass = fields.metaclass ?? null
    this.layout = fields.layout
    this.isHeap = fields.isHeap
    this.slots = fields.slots ?? null
    this.hasDict = fields.hasDict
    this.library = fields.library ?? null
  }
}

/** The method resolution order after the class itself: the C3 merge of those of its bases. */
function mergeBases(name: string, bases: readonly PyClass[]): readonly PyClass[] {
  if (bases.length < 2) return bases[0]?.mro ?? []
  const lists = [...bases.map((base) => [...base.mro]), [...bases]]
  const merged: PyClass[] = []
  for (;;) {
    const open = lists.filter((list) => list.length > 0)
    if (open.length === 0) return merged
    const next = open.find(([head]) => !open.some((list) => list.indexOf(head as PyClass) > 0))?.[0]
    if (next === undefined) {
      const names = bases.map((base) => base.name).join(', ')
      throw new PickleError(
        'TypeError',
        `Cannot create a consistent method resolution order (MRO) for bases ${names} of ${name}`,
      )
    }
    merged.push(next)
    for (const list of open) if (list[0] === next) list.shift()
  }
}

export type FunctionFields = {
  /** Its exact type: function, builtin_function_or_method, method, functools.partial … */
  readonly type: PyClass
  readonly name: string
  readonly qualname: PyValue
  /** Reading `__qualname__` gives a new str each time: built-in functions (MODEL-02). */
  readonly hasFreshQualname?: boolean
  /** `__module__`; undefined when it has no such attribute, null when it is None. */
  readonly module: PyValue | undefined
  /** What a bound method or a method of a built-in object is bound to. */
  readonly self?: PyValue
  /** What a call does. Only hooks of a scenario have one: nothing out of a pickle is ever called. */
  readonly call?: (args: readonly PyValue[], keywords?: PyDict | null) => PyValue
  /** For a function of Python's library: `module:qualified.name`, under which the world knows it. */
  readonly library?: string
  /** What a functools.partial object calls, and with what. */
  readonly partial?: PartialParts
}

export type PartialParts = {
  readonly fn: PyValue
  readonly args: PyTuple
  readonly keywords: PyDict
}

/** Anything callable that is not a class or an instance of a scenario class. */
export class PyFunction extends Memoizable {
  readonly kind = 'function'
  readonly type: PyClass
  readonly name: string
  readonly qualname: PyValue
  readonly module: PyValue | undefined
  readonly hasFreshQualname: boolean
  readonly self: PyValue | undefined
  readonly call: FunctionFields['call']
  readonly library: string | undefined
  readonly partial: PartialParts | undefined
  /** `__dict__` of a function that is written in Python; null while it was not needed. */
  dict: PyDict | null = null
  constructor(fields: FunctionFields) {
    super()
    this.type = fields.type
    this.name = fields.name
    this.qualname = fields.qualname
    this.hasFreshQualname = fields.hasFreshQualname ?? false
    this.module = fields.module
    this.self = fields.self
    this.call = fields.call
    this.library = fields.library
    this.partial = fields.partial
  }
}

/** An instance of a class that has no kind of its own. */
export class PyObject extends Memoizable {
  readonly kind = 'object'
  type: PyClass
  /** `__dict__`: keys are interned strs. null when the class has none, or it was never needed. */
  dict: PyDict | null
  /** Slot values by attribute name (private ones mangled), in the order they were set. */
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

  /** It stands for what a call would have given, which nobody carried out: a class, for all is known. */
  get isStandIn(): boolean {
    return false
  }
}

/** An iterator; `next` gives undefined at the end and may throw a PickleError. */
export class PyIterator extends Memoizable {
  readonly kind = 'iterator'
  readonly typeName: string
  readonly next: () => PyValue | undefined
  /** What its own `__reduce__` gives; null for the types that cannot be pickled. */
  readonly reduction: (() => PyValue) | null
  /** What an iterator over a list has not given yet; null for other iterators. */
  readonly rest: (() => readonly PyValue[]) | null
  constructor(
    typeName: string,
    next: () => PyValue | undefined,
    reduction: (() => PyValue) | null = null,
    rest: (() => readonly PyValue[]) | null = null,
  ) {
    super()
    this.typeName = typeName
    this.next = next
    this.reduction = reduction
    this.rest = rest
  }
}

export type BufferUnder = { readonly object: PyValue; readonly stride: number }

/** A PickleBuffer (section OOB). */
export class PyBuffer extends Memoizable {
  readonly kind = 'buffer'
  /** The contiguous bytes in memory order; null once released. */
  data: Uint8Array | null
  readonly isReadOnly: boolean
  readonly isContiguous: boolean
  /** What it is a buffer of, and in which steps, where that is known. */
  readonly under: BufferUnder | undefined
  constructor(
    data: Uint8Array | null,
    isReadOnly: boolean,
    isContiguous = true,
    under?: BufferUnder,
  ) {
    super()
    this.data = data
    this.isReadOnly = isReadOnly
    this.isContiguous = isContiguous
    this.under = under
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
  readonly attributes: Map<string, PyValue>
  constructor(name: PyStr, attributes: Map<string, PyValue> = new Map()) {
    super()
    this.name = name
    this.attributes = attributes
  }
}

export type PyValue =
  | null
  | boolean
  | number
  | bigint
  | PyInt
  | PyFloat
  | PyStr
  | PyBytes
  | PyByteArray
  | PyTuple
  | PyList
  | PyDict
  | PySet
  | PyFrozenSet
  | PyClass
  | PyFunction
  | PyProperty
  | PyObject
  | PyIterator
  | PyBuffer
  | PySingleton
  | PyModule

/** Every value that is an object in JavaScript too, and so has a memo slot. */
export type PyHeapValue = Exclude<PyValue, null | boolean | number | bigint>
