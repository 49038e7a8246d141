import { PickleError } from '../errors.ts'
import { cTypeName } from '../values/type-of.ts'
import type { PyDict, PyFrozenSet, PyHeapValue, PyList } from '../values/value.ts'
import type { World } from '../values/world.ts'

/** From this nesting on, what is entered is recorded and looked for. */
const nestingLimit = 50

/**
 * C's guard against cycles in fast mode, which counts exact lists, dicts and frozensets.
 *
 * After a report the count is negative, one less for each container left, and what was recorded
 * stays (FAST-08).
 *
 * Latitude: addresses are identities here, so an object that takes the place of a freed one is not
 * mistaken for it.
 *
 * @clause FAST-04
 */
export class FastGuard {
  readonly #world: World
  readonly #forgetsFrozensets: boolean
  readonly #failsTwice: boolean
  #nesting = 0
  readonly #entered = new Set<PyHeapValue>()

  constructor(world: World, forgetsFrozensets: boolean, failsTwice: boolean) {
    this.#world = world
    this.#forgetsFrozensets = forgetsFrozensets
    this.#failsTwice = failsTwice
  }

  /** @throws {PickleError} ValueError, when the container is being saved already */
  enter(container: PyList | PyDict | PyFrozenSet): void {
    if (++this.#nesting < nestingLimit) return
    if (!this.#entered.has(container)) {
      this.#entered.add(container)
      return
    }
    this.#nesting = -1
    const typeName = cTypeName(this.#world.typeOf(container))
    const address = this.#world.addressOf(container)
    throw new PickleError(
      'ValueError',
      `fast mode: can't pickle cyclic objects including object type ${typeName} at ${address}`,
    )
  }

  /**
   * @param raised what the container is left with, when something in it was refused
   * @throws {PickleError} KeyError, when the container was never recorded (FAST-07); SystemError
   *   instead where an engine refuses to go on with an exception over an exception
   */
  leave(container: PyList | PyDict | PyFrozenSet, raised?: unknown): void {
    if (container.kind === 'frozenset' && this.#forgetsFrozensets) return
    if (this.#nesting-- < nestingLimit) return
    if (this.#entered.delete(container)) return
    if (raised instanceof PickleError && this.#failsTwice) {
      throw new PickleError('SystemError', 'a result with an exception set', { cause: raised })
    } else {
      throw new PickleError('KeyError', `${Number(this.#world.addressOf(container))}`)
    }
  }
}
