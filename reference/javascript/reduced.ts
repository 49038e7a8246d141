import type { Deed } from './values.ts'

/** What a {@link Reduced} gets besides its callable and arguments. */
export type ReducedParts = {
  readonly keywords?: unknown
  readonly isNew?: boolean
  readonly state?: unknown
  readonly listItems?: Iterable<unknown>
  readonly dictItems?: Iterable<readonly [unknown, unknown]>
  readonly stateSetter?: unknown
}

/**
 * An object that Python would make by calling what is only known here by name: the call, and what
 * was done to the object afterwards. Nothing was called. It is dumped as it was recorded.
 */
export class Reduced {
  /** A Global, or what a recorded call would have given. */
  callable: unknown
  args: unknown[]
  /** The dict of keyword arguments; null without them. */
  keywords: unknown
  /** The object is what the class's `__new__` gives: its `__init__` is not called. */
  isNew: boolean
  /** For its `__setstate__`, or its attributes; undefined for an object without state. */
  state: unknown
  /** What was appended. */
  listItems: unknown[]
  /** What was set, key and value. */
  dictItems: (readonly [unknown, unknown])[]
  /** What is called with the object and its state to set it, instead of the object's own way; or null. */
  stateSetter: unknown
  /** All that was done, where items, entries and state in this order do not tell it: not dumped. */
  deeds: readonly Deed[] = []

  constructor(callable: unknown, args: Iterable<unknown> = [], parts: ReducedParts = {}) {
    this.callable = callable
    this.args = [...args]
    this.keywords = parts.keywords ?? null
    this.isNew = parts.isNew ?? false
    this.state = parts.state
    this.listItems = [...(parts.listItems ?? [])]
    this.dictItems = [...(parts.dictItems ?? [])]
    this.stateSetter = parts.stateSetter ?? null
  }
}
