import { unpicklingError } from '../unpickler/errors.ts'
import type { LoadNames } from '../unpickler/load-names.ts'
import { PyRecorded, PySymbol, symbolKindsOf } from '../unpickler/recorded.ts'
import type { World } from '../values/world.ts'
import { PyForeign } from './foreign.ts'
import type { ToJavaScript } from './to-javascript.ts'

/**
 * Calls of what is only known by name. One of an object and a state whose answer is thrown away sets
 * the state, as item 6 of a reduction says.
 */
export class RecordedCalls {
  readonly #world: World
  readonly #toJavaScript: ToJavaScript
  /** Calls of an object and something else in this load. */
  #settings: PyRecorded[] = []

  constructor(world: World, toJavaScript: ToJavaScript) {
    this.#world = world
    this.#toJavaScript = toJavaScript
  }

  begin(): void {
    this.#settings = []
  }

  readonly make: NonNullable<LoadNames['make']> = (_u, from, by, args, keywords) => {
    const isSymbol = from instanceof PySymbol
    if (!(isSymbol || from instanceof PyRecorded) || (isSymbol && by === 'new')) return undefined
    const { made: type } = symbolKindsOf(this.#world)
    const made = new PyRecorded(this.#world, type, { from, by, args, keywords })
    const [object] = args
    const isObject = object instanceof PyRecorded || object instanceof PyForeign
    if (by === 'call' && args.length === 2 && isObject) this.#settings.push(made)
    return made
  }

  /**
   * After a load, from the last call to the first: what a state holds was given its own state before.
   *
   * @throws {PickleError} UnpicklingError, where the program's object was to get a state in a way
   *   that nobody knows
   */
  settle(): void {
    for (const call of this.#settings.reverse()) {
      const [object] = call.making.args
      if (this.#toJavaScript.has(call)) continue
      if (object instanceof PyForeign)
        throw unknownSetter(this.#toJavaScript.whole(call.making.from))
      this.#toJavaScript.setBy(object as PyRecorded, call) // others are not kept
    }
  }
}

function unknownSetter(setter: unknown): Error {
  return unpicklingError(
    `${setter} is to set the state of an object, and findClass does not give it`,
  )
}
