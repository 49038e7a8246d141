import { PickleError } from '../errors.ts'
import { classFields } from '../values/build.ts'
import { dictDelete, dictStore } from '../values/dict.ts'
import {
  PyClass,
  PyDict,
  type PyFunction,
  PyIterator,
  PyStr,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import { makeFunction } from './make-function.ts'
import {
  type Constructor,
  type DispatchTable,
  type Reduction,
  type ReductionParts,
  wrongReduction,
} from './reduction.ts'
import { NotImplemented, Tuple } from './values.ts'

/** What makes Python values; see to-python.ts. */
type Converter = {
  convert(value: unknown): PyValue
  /** What a hook is given: the object that was dumped, else a value like it. */
  given(value: PyValue): unknown
}

/** A method that an object may have, as in Python. */
type Reducing = {
  readonly __reduce_ex__?: (protocol: number) => Reduction
  readonly __reduce__?: () => Reduction
}

/** Objects of JavaScript classes: each class is a class of Python that no import finds. */
export class Instances {
  readonly #converter: Converter
  readonly #world: World
  readonly #classes = new Map<Constructor, PyClass>()
  /** The classes that have an entry in copyreg's table. */
  #registered: readonly Constructor[] = []

  constructor(converter: Converter, world: World) {
    this.#converter = converter
    this.#world = world
  }

  /** The class of an object. */
  classOf(object: object): PyClass {
    return this.#classFor(object.constructor as Constructor)
  }

  /** A function of Python that calls one of JavaScript with objects and plain values. */
  hook(name: string, call: (object: unknown) => PyValue): PyFunction {
    return makeFunction(this.#world, name, ([object = null]) => call(this.#converter.given(object)))
  }

  /** A dispatch table as a dict. */
  tableOf(table: DispatchTable): PyDict {
    const dict = new PyDict()
    this.#enter(table, dict)
    return dict
  }

  /** Makes the entries of classes of JavaScript in copyreg's table those that are registered now. */
  register(table: DispatchTable, copyregTable: PyDict): void {
    for (const type of this.#registered) dictDelete(copyregTable, this.#classFor(type))
    this.#registered = [...table.keys()]
    this.#enter(table, copyregTable)
  }

  #enter(table: DispatchTable, dict: PyDict): void {
    for (const [type, reducer] of table) {
      const hook = this.hook(reducer.name, (object) => this.reduction(reducer(object as never)))
      dictStore(dict, this.#classFor(type), hook)
    }
  }

  /**
   * The tuple or str of a reduction.
   *
   * @throws {PickleError} PicklingError, when it is none
   */
  reduction(answer: unknown): PyValue {
    if (answer === NotImplemented) return this.#world.notImplemented
    if (typeof answer === 'string') return new PyStr(answer)
    if (!Array.isArray(answer) || answer.length < 2 || answer.length > 6)
      throw wrongReduction(answer)
    const [callable, args, state, listItems, dictItems, stateSetter] =
      answer as unknown as ReductionParts
    const parts = [
      this.#converter.convert(callable),
      this.#converter.convert(args instanceof Tuple ? args : new Tuple(args)),
      this.#converter.convert(state ?? null),
      this.#iterator(listItems, (item) => this.#converter.convert(item)),
      this.#iterator(dictItems, (pair) => this.#converter.convert(new Tuple(pair))),
      this.#converter.convert(stateSetter ?? null),
    ]
    return new PyTuple(parts.slice(0, answer.length))
  }

  #iterator<T>(items: Iterable<T> | null | undefined, convert: (item: T) => PyValue): PyValue {
    if (items == null) return null
    const iterator = items[Symbol.iterator]()
    return new PyIterator('iterator', () => {
      const { done, value } = iterator.next()
      return done === true ? undefined : convert(value)
    })
  }

  #classFor(type: Constructor): PyClass {
    let cls = this.#classes.get(type)
    if (cls === undefined) {
      cls = new PyClass(classFields(this.#world, type.name, 'javascript'))
      cls.namespace.set('__reduce_ex__', this.#ownReduction(type.name))
      this.#classes.set(type, cls)
    }
    return cls
  }

  /** `__reduce_ex__` of the class: what the object's own method says. */
  #ownReduction(name: string): PyFunction {
    return makeFunction(this.#world, '__reduce_ex__', ([self = null, protocol = null]) => {
      const object = this.#converter.given(self) as Reducing
      if (typeof object.__reduce_ex__ === 'function') {
        return this.reduction(object.__reduce_ex__(Number(protocol)))
      }
      if (typeof object.__reduce__ === 'function') return this.reduction(object.__reduce__())
      throw new PickleError(
        'TypeError',
        `cannot pickle '${name}' object: it has no __reduce__, and no table has its class`,
      )
    })
  }
}
