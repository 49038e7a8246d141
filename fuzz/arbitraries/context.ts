import type { Arbitrary } from 'fast-check'
import type { Json } from '../json.ts'
import type { Features } from './features.ts'

/** What the storage of an instance is; `object` has none of its own. */
export type Layout =
  | 'object'
  | 'int'
  | 'float'
  | 'str'
  | 'bytes'
  | 'bytearray'
  | 'tuple'
  | 'list'
  | 'dict'
  | 'set'
  | 'frozenset'
  | 'exception'
  | 'enum'
  | 'type'

/** A class of the scenario that is being made, as far as its instances depend on it. */
export type KnownClass = {
  readonly name: string
  readonly layout: Layout
  readonly hasDict: boolean
  /** Slots as `setattr` sees them, private names mangled. */
  readonly slots: readonly string[]
  readonly members: readonly string[]
  /** Of a namedtuple or dataclass. */
  readonly fields: readonly string[]
  /** Its instances are keys by their identity. */
  readonly isKey: boolean
}

/**
 * The makers that need each other. They stand in different files, which may not import each other, so
 * each finds the others here.
 */
export type Makers = {
  /** Values of a place, containers in containers so many times. */
  readonly values: (context: Context, place: Place, depth?: number) => Arbitrary<Json>
  /** What can be a key of a dict or a member of a set. */
  readonly keys: (context: Context, place: Place) => Arbitrary<Json>
  /** Hooks that are attributes of an instance of the class at `at`. */
  readonly instanceHooks: (context: Context, at: number) => Arbitrary<Json>
  /** What a hook does before it answers. */
  readonly actionsInHooks: (context: Context) => Arbitrary<Json>
}

/** What the parts of one scenario may refer to. */
export type Context = {
  readonly make: Makers
  readonly features: Features
  readonly classes: readonly KnownClass[]
  readonly functions: readonly string[]
  /** The module that classes and functions are in unless they say otherwise. */
  readonly module: string
  /** The pickler is of a subclass, which can have attributes. */
  readonly hasSubclass: boolean
}

/** How the values of one place are made. */
export type Place = {
  /** `once`: may be shared. `answer`: what a hook returns, anew each time. `closed`: refers to nothing. */
  readonly scope: 'once' | 'answer' | 'closed'
  /** Only instances of classes before this one are made, so that hooks do not go on for ever. */
  readonly classes: number
  /** The object asked about may stand there, by itself or beside its attribute dict. */
  readonly self: 'none' | 'object' | 'dict'
}

/** Where values stand that are made once: the dumped ones, attributes of classes, … */
export function once({ classes }: Context): Place {
  return { scope: 'once', classes: classes.length, self: 'none' }
}
