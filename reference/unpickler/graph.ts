/**
 * A graph of values as a table of objects that refer to each other by number, in the order in which
 * they are found, breadth first; and the value at the top.
 */
export type ValueGraph = {
  readonly value: GraphLeaf
  readonly objects: readonly GraphObject[]
}

/** An atom, a name, or the number of an object. */
export type GraphLeaf =
  | null
  | boolean
  | number
  | string
  | { readonly int: string }
  /** The big-endian double in hex. */
  | { readonly float: string }
  /** Text, and code points of lone surrogates. */
  | { readonly str: readonly (number | string)[] }
  | { readonly bytes: string }
  | { readonly singleton: 'Ellipsis' | 'NotImplemented' }
  | { readonly global: string }
  | { readonly class: string }
  | { readonly function: string }
  | ElsewhereLeaf
  | { readonly at: number }

/** What is not in the pickle: the global of an extension code, a buffer by its number. */
export type ElsewhereLeaf =
  | { readonly extension: number }
  | { readonly outOfBand: number; readonly readonly: boolean }

type Leaves = readonly GraphLeaf[]
type Pairs = readonly (readonly [GraphLeaf, GraphLeaf])[]

/** What was done to a symbol or to what came of one: its name and what was given. */
export type GraphDeed = readonly [
  name: 'state' | 'append' | 'add' | 'setitem',
  ...given: GraphLeaf[],
]

export type GraphObject =
  | { readonly tuple: Leaves }
  | { readonly list: Leaves }
  | { readonly set: Leaves }
  | { readonly frozenset: Leaves }
  | { readonly dict: Pairs }
  | { readonly bytearray: string }
  | { readonly iterator: readonly GraphLeaf[] }
  | { readonly instance: string; readonly member: string }
  | {
      readonly instance: string
      readonly of?:
        | GraphLeaf
        | { readonly bytearray: string }
        | { readonly tuple: Leaves }
        | { readonly set: Leaves }
        | { readonly frozenset: Leaves }
      readonly attributes?: Pairs
      readonly slots?: Pairs
      readonly items?: Leaves
      readonly entries?: Pairs
    }
  | {
      readonly reduced: GraphLeaf
      readonly by: 'call' | 'new'
      readonly arguments: Leaves
      readonly keywords?: Pairs
      readonly done?: readonly GraphDeed[]
    }
  | { readonly symbol: string; readonly done: readonly GraphDeed[] }
  | { readonly persistent: GraphLeaf }
  | { readonly buffer: GraphLeaf; readonly readonly: boolean }
  | { readonly buffer: null; readonly released: true }
  | { readonly outOfBand: string; readonly readonly: boolean }
  | { readonly opaque: string; readonly repr: string }
