/**
 * The language-neutral question, version 1. What each part means is written in README.md beside
 * this file; the parser gives these types, and adapters get exactly this JSON (canonical output).
 */

/** The version of the language, the value of the field `scenario`. */
export const scenarioVersion = 1

/** `Point` is a class of the scenario; `builtins:complex` is a global, `module:qualified.name`. */
export type ClassRef = string

/** A number is an int in JavaScript's safe range, a string is a str without lone surrogates. */
export type Value = null | boolean | number | string | TaggedValue

/** Every tagged value may have an `id`; the parser gives each that makes an object its `node`. */
type Made = { readonly id?: string; readonly node?: number }

export type BytesPart = string | { readonly fill: number; readonly of: string }
export type StrPart = number | string | { readonly fill: number; readonly of: string }

/** Inside a sequence: a value, `of` evaluated `repeat` times, or the ints from the first to before the second. */
export type Item =
  | Value
  | { readonly repeat: number; readonly of: Value }
  | { readonly range: readonly [number, number] }

/** Inside a dict: a key and its value, or ints as keys each with a newly evaluated `value`. */
export type Entry =
  | readonly [Value, Value]
  | { readonly range: readonly [number, number]; readonly value: Value }

export type NestKind = 'list' | 'dict' | 'tuple' | 'frozenset' | `instance:${string}`

export type InstanceValue = Made & {
  readonly instance: string
  /** The value of an instance of a subclass of int, str, bytes, bytearray, float, tuple, set, frozenset. */
  readonly of?: Value
  /** The name of a member of an enum; then nothing else is allowed. */
  readonly member?: string
  readonly attributes?: readonly (readonly [string, Value])[]
  readonly slots?: readonly (readonly [string, Value])[]
  /** Content of a subclass of list; of a subclass of dict. */
  readonly items?: readonly Item[]
  readonly entries?: readonly Entry[]
  /** Hooks as attributes of the instance itself. */
  readonly hooks?: Hooks
}

export type OpaqueReduction = {
  /** Releases of Python, `*`, `3.8-3.10`, `3.11+`, and protocols, `*`, `0-1`, `2-5`. */
  readonly versions: string
  readonly protocols: string
  readonly reduction: Value
}

export type TaggedValue =
  | (Made & { readonly int: string })
  | (Made & { readonly float: string })
  | (Made & { readonly str: readonly StrPart[] })
  | (Made & { readonly bytes: string | readonly BytesPart[] })
  | (Made & { readonly bytearray: string | readonly BytesPart[] })
  | (Made & { readonly tuple: readonly Item[] })
  | (Made & { readonly list: readonly Item[] })
  | (Made & { readonly set: readonly Item[] })
  | (Made & { readonly frozenset: readonly Item[] })
  | (Made & { readonly dict: readonly Entry[] })
  | (Made & { readonly nest: number; readonly in: NestKind; readonly of: Value })
  | { readonly singleton: 'Ellipsis' | 'NotImplemented' }
  | { readonly global: string }
  | { readonly class: string }
  | { readonly function: string }
  | { readonly ref: string }
  | { readonly self: true | '__dict__' }
  | InstanceValue
  | (Made & { readonly iterator: readonly Item[] })
  | (Made & {
      readonly buffer: Value
      readonly readonly?: boolean
      readonly stride?: number
      readonly released?: boolean
    })
  | (Made & {
      readonly opaque: string
      readonly arguments: readonly Value[]
      readonly reductions: readonly OpaqueReduction[]
    })

export type Raise = { readonly type: ClassRef; readonly message: string }

export type Match =
  | { readonly class: ClassRef }
  | { readonly object: string }
  | { readonly value: Value }

export type Rule = {
  readonly match?: Match
  /** Only the n-th call, from 1, for which `match` holds. */
  readonly nth?: number
  readonly do?: readonly Action[]
} & ({ readonly returns: Value } | { readonly raises: Raise })

/** What kind of callable stands for the rules; a `function` unless said. */
export type CallableKind = 'function' | 'lambda' | 'partial' | 'method' | 'class' | 'instance'

export type RulesHook = {
  readonly rules: readonly Rule[]
  readonly else?: Value
  readonly as?: CallableKind
}

/** Anything callable the scenario gives. `null` is the attribute present with the value None. */
export type Hook =
  | null
  | { readonly is: Value }
  | { readonly property: { readonly raises: Raise } | { readonly hook: RulesHook } }
  | RulesHook

/** Hooks by attribute name: `__reduce_ex__`, `__getstate__`, … */
export type Hooks = { readonly [name: string]: Hook }

export type TableEntry = readonly [ClassRef, Hook]

export type TableMethod = 'get' | '__getitem__' | '__missing__'

export type Table =
  | null
  | { readonly is: Value }
  | {
      readonly kind: 'dict' | 'ChainMap' | 'proxy' | 'UserDict'
      readonly entries: readonly TableEntry[]
    }
  | {
      readonly kind: 'defaultdict'
      readonly entries: readonly TableEntry[]
      readonly default: Hook
    }
  | {
      /** An object with only these methods, or a dict subclass whose storage is empty and which overrides them. */
      readonly kind: 'methods' | 'subclass'
      readonly methods: readonly TableMethod[]
      readonly entries: readonly TableEntry[]
      /** What a look-up method raises for a missing key: KeyError unless said. */
      readonly missing?: Raise
    }

export type FunctionSpec = {
  readonly name: string
  readonly qualname?: string
  /** `null` is `__module__ = None`. */
  readonly module?: string | null
  /** false: its module has no such name; `other`: the name is bound to another object. */
  readonly found?: false | 'other'
  readonly lambda?: boolean
  /** What a call does when the function is used as a hook (`{"is":{"function":…}}`). */
  readonly call?: RulesHook
}

export type ClassKind = 'plain' | 'enum' | 'namedtuple' | 'dataclass' | 'exception'

export type ClassSpec = {
  readonly name: string
  readonly qualname?: string
  readonly module?: string | null
  readonly found?: false | 'other'
  readonly kind?: ClassKind
  readonly bases?: readonly ClassRef[]
  readonly metaclass?: string
  readonly slots?: readonly string[]
  /** Fields of a namedtuple or dataclass, in order; members of an enum, in order. */
  readonly fields?: readonly string[]
  readonly members?: readonly (readonly [string, Value])[]
  readonly attributes?: readonly (readonly [string, Value])[]
  readonly hooks?: Hooks
}

export type PicklerAttributes = {
  readonly fast?: Value
  readonly dispatch_table?: Table
  readonly reducer_override?: Hook
  readonly persistent_id?: Hook
}

export type PicklerSettings = {
  readonly init: {
    readonly protocol?: Value
    readonly fix_imports?: boolean
    readonly buffer_callback?: Hook
  }
  /** null: the Pickler class itself; an object, if empty too: a subclass with these attributes. */
  readonly subclass: null | PicklerAttributes
  /** Assigned on the instance right after construction, in the order of the type above. */
  readonly instance: PicklerAttributes
}

export type UnpicklerAttributes = {
  readonly find_class?: Hook
  readonly persistent_load?: Hook
}

/** How each unpickler of a run is made; it is always one of a subclass, see README.md, "Loads". */
export type UnpicklerSettings = {
  readonly fix_imports?: boolean
  readonly encoding?: string
  readonly errors?: string
  readonly buffers?: readonly Value[]
  /** Attributes of its class. */
  readonly subclass?: UnpicklerAttributes
  /** Assigned on the instance right after construction, in the order of the type above. */
  readonly instance?: UnpicklerAttributes
}

/** What an action is on: the pickler, its class, an object with an id. */
export type Target = 'pickler' | 'class' | { readonly object: string }

export type AttributeName = 'fast' | 'dispatch_table' | 'reducer_override' | 'persistent_id'

export type Action =
  | { readonly dump: Value }
  | {
      /** Hex, what a step gave, or what follows the pickle that the latest `load` step loaded. */
      readonly load: string | { readonly step: number } | { readonly next: true }
      readonly from?: 'bytes' | 'stream' | 'short-reads'
    }
  | {
      readonly set: {
        readonly on: Target
        readonly name: string
        /** A Table for `dispatch_table`, `{"is":value}` for `fast` and attributes of objects, else a Hook. */
        readonly to: Table | Hook
      }
    }
  | { readonly delete: { readonly on: Target; readonly name: string } }
  | {
      readonly put: {
        readonly table: 'pickler' | 'class' | 'copyreg'
        readonly key: ClassRef
        readonly to: Hook
      }
    }
  | {
      readonly remove: { readonly table: 'pickler' | 'class' | 'copyreg'; readonly key: ClassRef }
    }
  | {
      readonly call: {
        readonly on: Target
        readonly method: string
        readonly arguments: readonly Value[]
      }
    }

export type Scenario = {
  readonly scenario: typeof scenarioVersion
  readonly module: string
  readonly functions: readonly FunctionSpec[]
  readonly classes: readonly ClassSpec[]
  readonly missingModules: readonly string[]
  readonly copyreg: {
    readonly dispatch_table: readonly TableEntry[]
    readonly extensions: readonly (readonly [string, string, number])[]
  }
  readonly pickler: PicklerSettings
  readonly unpickler: UnpicklerSettings
  readonly steps: readonly Action[]
}
