/**
 * What is taken for granted of a class or function, where pickles do not say it and a dump at this
 * protocol depends on it.
 */
export type Assumption =
  /** Of what protocols 0 and 1 reconstruct: they write no arguments of `__new__`. */
  | 'has no __getnewargs__'
  /** Of an instance without items: its class may derive from list, dict or another built-in type. */
  | 'derives from object alone'
  /** Of a call of `getattr`, which below protocol 4 a function in a class is, too. */
  | 'is no bound method'
  | 'is a bound method'
  /** Of names in a module written in C, where each class may have a str of its own for it. */
  | 'shares the name of its module'
  /** Of objects whose state is made anew when they are loaded. */
  | 'is loaded as it was dumped'

/** By the names of what was made or named. */
export class Assumptions {
  readonly #made = new Map<string, Set<Assumption>>()

  /** Takes this for granted of what has this name. */
  add(name: string, assumption: Assumption): void {
    const made = this.#made.get(name) ?? new Set()
    this.#made.set(name, made.add(assumption))
  }

  /** Forgets all. */
  clear(): void {
    this.#made.clear()
  }

  /** What was assumed of each, in the order of the names. */
  list(): ReadonlyMap<string, readonly Assumption[]> {
    return new Map([...this.#made].map(([name, found]) => [name, [...found]]))
  }
}
