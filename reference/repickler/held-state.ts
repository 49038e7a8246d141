import type { Deed } from '../unpickler/recorded.ts'
import { dictLookupText, dictStore } from '../values/dict.ts'
import { PyDict, PyStr, PyTuple, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'

/** How a state is held: names interned or not, or all of it as it was given. */
export type Holding = 'interned' | 'fresh' | 'given'

/**
 * What an object has of the states it was given: attributes and slots as BUILD sets them, or a state
 * of any other kind as it was.
 */
export class HeldState {
  readonly #world: World
  readonly #holding: Holding
  /** The attribute dict: one object for as long as the object lives. */
  readonly #attributes = new PyDict()
  readonly #slots = new PyDict()
  /** undefined where all states were of the default kind. */
  #other: PyValue | undefined
  #isGiven = false

  constructor(world: World, done: readonly Deed[], holding: Holding) {
    this.#world = world
    this.#holding = holding
    for (const [name, [given = null]] of done) {
      if (name === 'state') this.#set(given)
    }
  }

  /** The slots have values, which protocols 0 and 1 write with a `__getstate__` alone. */
  get hasSlots(): boolean {
    return this.#slots.keys.length > 0
  }

  /** The value of an attribute. */
  attribute(name: string): PyValue | undefined {
    return dictLookupText(this.#attributes, name)
  }

  /**
   * The state as the default reduction has it, None where there is nothing to be said.
   *
   * @clause RED-43
   */
  asReduced(): PyValue {
    if (this.#other !== undefined) return this.#other
    const attributes = this.#attributes.keys.length === 0 ? null : this.#attributes
    if (!this.hasSlots) return attributes
    const slots = new PyDict([...this.#slots.keys], [...this.#slots.values])
    return new PyTuple([attributes, slots])
  }

  /** The state as it was given, also where it says nothing. */
  asGiven(): PyValue {
    const reduced = this.asReduced()
    return reduced === null && this.#isGiven ? this.#attributes : reduced
  }

  /** @clause UNP-20 */
  #set(given: PyValue): void {
    this.#isGiven = true
    const parts = this.#holding === 'given' ? undefined : partsOfState(given)
    if (parts === undefined) this.#other = given
    else {
      this.#add(this.#attributes, parts[0])
      this.#add(this.#slots, parts[1])
    }
  }

  #add(held: PyDict, given: PyDict | null): void {
    given?.keys.forEach((key, at) => {
      dictStore(held, this.#interned(key), given.values[at] ?? null)
    })
  }

  #interned(key: PyValue): PyValue {
    if (!(key instanceof PyStr) || typeof key.content !== 'string') return key
    return this.#holding === 'interned' ? this.#world.intern(key.content) : new PyStr(key.content)
  }
}

/** Attributes and slots of a state of the default kind, null for none; undefined for another kind. */
function partsOfState(state: PyValue): readonly [PyDict | null, PyDict | null] | undefined {
  if (state instanceof PyDict) return [state, null]
  if (!(state instanceof PyTuple) || state.items.length !== 2) return undefined
  const [attributes = null, slots = null] = state.items
  const isOfDict = attributes === null || attributes instanceof PyDict
  if (!isOfDict || !(slots instanceof PyDict) || slots.keys.length === 0) return undefined
  return [attributes, slots]
}
