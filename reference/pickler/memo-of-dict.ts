import { PickleError } from '../errors.ts'
import type { Profile } from '../profiles.ts'
import { typeNameOf } from '../values/type-of.ts'
import type { PyValue } from '../values/value.ts'
import { Memo } from './memo.ts'
import { storageOfDict, tupleItems } from './subclasses.ts'

/**
 * The memo that `p.memo = {…}` makes of a dict of pairs of index and object.
 *
 * C goes by the objects. Python goes by the keys, which are addresses: no object is found under
 * them here, but they count.
 *
 * @clause MEMO-05
 * @throws {PickleError} TypeError, for what is no such dict
 */
export function memoOfDict(profile: Profile, value: PyValue): Memo {
  const storage = storageOfDict(value)
  if (storage === undefined) {
    const typeName = typeNameOf(value)
    throw new PickleError(
      'TypeError',
      `'memo' attribute must be a PicklerMemoProxy object or dict, not ${typeName}`,
    )
  }
  const memo = new Memo()
  for (const pair of storage.values) {
    if (profile.memoAssignment === 'shares') memo.putUnreachable()
    else {
      const items = tupleItems(pair)
      if (items?.length !== 2) {
        throw new PickleError('TypeError', "'memo' values must be 2-item tuples")
      }
      const [index, object = null] = items
      if (typeof index !== 'number') throw new PickleError('TypeError', 'an integer is required')
      memo.putAt(object, index)
    }
  }
  return memo
}
