import { methodOf } from '../values/attributes.ts'
import { iterate, iteratorByNext } from '../values/iterate.ts'
import { typeNameOf } from '../values/type-of.ts'
import { PyIterator, type PyValue } from '../values/value.ts'
import type { Pickling } from './pickling.ts'

/**
 * What list items or dict items are taken from: C asks them themselves for the next one, Python
 * asks for their iterator first.
 *
 * @clause RED-03
 * @throws {PickleError} TypeError, when they are not iterable
 */
export function iteratorOver(p: Pickling, items: PyValue): PyIterator {
  if (items instanceof PyIterator) return items
  const next =
    p.profile.itemsOfReduction === 'iterables' ? undefined : methodOf(p.world, items, '__next__')
  return next === undefined
    ? iterate(p.world, items)
    : iteratorByNext(p.world, next, typeNameOf(items))
}
