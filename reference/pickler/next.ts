import { iterate, iteratorByNext } from '../values/iterate.ts'
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
  if (p.profile.itemsOfReduction === 'iterables') return iterate(p.world, items)
  return iteratorByNext(p.world, items)
}
