import { attributeError } from './attributes.ts'
import { partsOfComplex } from './reduce-content.ts'
import { PyFunction, PyObject, PyTuple, type PyValue } from './value.ts'
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

/** What each reads first of its object. */
const readFirst: ReadonlyMap<string, string> = new Map([
  ['copyreg:pickle_complex', 'real'],
  ['copyreg:pickle_union', '__args__'],
  ['copyreg:pickle_super', '__thisclass__'],
  ['re:_pickle', 'pattern'],
])

/** The attribute a library function reads first, if it is one of those that copyreg's table holds. */
export function readByCopyreg(reducer: PyValue): string | undefined {
  return reducer instanceof PyFunction ? readFirst.get(reducer.library ?? '') : undefined
}

/**
 * What the reducer of its type gives for an object: a complex number is taken apart, other library
 * objects have their reduction with them. It does not depend on the protocol.
 *
 * @throws {PickleError} AttributeError, for an object of another type
 */
export function reduceByCopyreg(world: World, value: PyValue, read: string): PyValue {
  if (value instanceof PyObject) {
    const { type } = value
    if (type.layout === 'complex' && value.value instanceof PyTuple) {
      return new PyTuple([world.knownClass('builtins:complex'), partsOfComplex(world, value.value)])
    }
    if (value.reduction !== null) return value.reduction(2)
  }
  throw attributeError(value, read)
}
