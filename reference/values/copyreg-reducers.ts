import { PickleError } from '../errors.ts'
import { partsOfComplex } from './reduce-content.ts'
import { cTypeName } from './type-of.ts'
import { PyObject, PyTuple, type PyValue } from './value.ts'
import type { World } from './world.ts'

/**
 * What `copyreg.dispatch_table` holds from the start: type and reducer, those that a release has.
 * `re` is among the modules that every interpreter has imported by then.
 *
 * @clause COPYREG-01
 */
export const copyregReducers: readonly (readonly [type: string, reducer: string])[] = [
  ['builtins:complex', 'copyreg:pickle_complex'],
  ['types:UnionType', 'copyreg:pickle_union'],
  ['builtins:super', 'copyreg:pickle_super'],
  ['re:Pattern', 're:_pickle'],
]

const reducerNames: ReadonlySet<string> = new Set(copyregReducers.map(([, reducer]) => reducer))

/** Whether a function of the library is one that copyreg's table holds. */
export function isCopyregReducer(name: string): boolean {
  return reducerNames.has(name)
}

/**
 * What the reducer of its type gives for an object: a complex number is taken apart, other library
 * objects have their reduction with them. It does not depend on the protocol.
 *
 * @throws {PickleError} TypeError, for an object without one
 */
export function reduceByCopyreg(world: World, value: PyValue): PyValue {
  if (value instanceof PyObject) {
    const { type } = value
    if (type.layout === 'complex' && value.value instanceof PyTuple) {
      return new PyTuple([world.knownClass('builtins:complex'), partsOfComplex(value.value)])
    }
    if (value.reduction !== null) return value.reduction(2)
  }
  throw new PickleError('TypeError', `cannot pickle '${cTypeName(world.typeOf(value))}' object`)
}
