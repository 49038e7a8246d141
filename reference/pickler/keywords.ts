import { PickleError } from '../errors.ts'
import { isException } from '../values/exceptions.ts'
import { drain, iterate } from '../values/iterate.ts'
import { typeNameOf } from '../values/type-of.ts'
import { PyDict, type PyValue } from '../values/value.ts'
import type { Pickling } from './pickling.ts'
import { storageOfDict } from './subclasses.ts'

/**
 * What `*positionals` gives in a call of `functools.partial`.
 *
 * @throws {PickleError} TypeError, when it is not iterable
 */
export function positionalsOf(p: Pickling, positionals: PyValue): readonly PyValue[] {
  try {
    return drain(iterate(p.world, positionals))
  } catch (error) {
    if (!isException(error, 'TypeError')) throw error
    throw new PickleError(
      'TypeError',
      `${p.profile.unpackedPositionals} after * must be an iterable, not ${typeNameOf(positionals)}`,
    )
  }
}

/**
 * What `**keywords` gives in a call of `functools.partial`: a new dict.
 *
 * Latitude: a mapping that is no dict is refused; nothing in a reduction is called to ask it.
 *
 * @throws {PickleError} TypeError, when it is no dict
 */
export function keywordsOf(p: Pickling, keywords: PyValue): PyDict {
  const storage = storageOfDict(keywords)
  if (storage !== undefined) return new PyDict([...storage.keys], [...storage.values])
  throw new PickleError(
    'TypeError',
    `${p.profile.unpackedKeywords} after ** must be a mapping, not ${typeNameOf(keywords)}`,
  )
}
