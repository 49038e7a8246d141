import type { BytesPart, StrPart } from './scenario.ts'

/**
 * What a load built or left symbolic: a table of objects in the order in which they are found,
 * breadth first, and the value at the top. What each part means is written in README.md, "Loaded
 * values". Depth and sharing of the graph cost nothing here, since objects refer by number.
 */
export type LoadedGraph = {
  readonly value: LoadedLeaf
  readonly objects: readonly LoadedObject[]
}

/** An atom, a name, or the number of an object. */
export type LoadedLeaf =
  | null
  | boolean
  | number
  | string
  | { readonly int: string }
  | { readonly float: string }
  | { readonly str: readonly StrPart[] }
  | { readonly bytes: string | readonly BytesPart[] }
  | { readonly singleton: 'Ellipsis' | 'NotImplemented' }
  | { readonly global: string }
  | { readonly class: string }
  | { readonly function: string }
  | { readonly extension: number }
  | { readonly outOfBand: number; readonly readonly: boolean }
  | { readonly at: number }

type Pairs = readonly (readonly [LoadedLeaf, LoadedLeaf])[]

/** What was done to a symbol or to what was made from one: its name and its arguments. */
export type LoadedDeed = readonly [
  name: 'state' | 'append' | 'add' | 'setitem',
  ...given: LoadedLeaf[],
]

export type LoadedObject =
  | { readonly tuple: readonly LoadedLeaf[] }
  | { readonly list: readonly LoadedLeaf[] }
  | { readonly set: readonly LoadedLeaf[] }
  | { readonly frozenset: readonly LoadedLeaf[] }
  | { readonly dict: Pairs }
  | { readonly bytearray: string }
  | { readonly iterator: readonly LoadedLeaf[] }
  | { readonly instance: string; readonly member: string }
  | {
      readonly instance: string
      readonly of?:
        | LoadedLeaf
        | { readonly bytearray: string }
        | { readonly tuple: readonly LoadedLeaf[] }
        | { readonly set: readonly LoadedLeaf[] }
        | { readonly frozenset: readonly LoadedLeaf[] }
      readonly attributes?: Pairs
      readonly slots?: Pairs
      readonly items?: readonly LoadedLeaf[]
      readonly entries?: Pairs
    }
  | {
      readonly reduced: LoadedLeaf
      readonly by: 'call' | 'new'
      readonly arguments: readonly LoadedLeaf[]
      readonly keywords?: Pairs
      readonly done?: readonly LoadedDeed[]
    }
  /** A symbol that something was done to; without that it is a leaf, `global`. */
  | { readonly symbol: string; readonly done: readonly LoadedDeed[] }
  | { readonly persistent: LoadedLeaf }
  | { readonly buffer: LoadedLeaf; readonly readonly: boolean; readonly stride?: number }
  | { readonly buffer: null; readonly released: true }
  /** A memoryview, as READONLY_BUFFER makes of a writable buffer. */
  | { readonly outOfBand: string; readonly readonly: boolean }
  | { readonly opaque: string; readonly repr: string }
