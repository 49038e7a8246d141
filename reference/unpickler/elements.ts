import { PickleError } from '../errors.ts'
import { isException } from '../values/exceptions.ts'
import { drain, iterate } from '../values/iterate.ts'
import { outOfMemory } from '../values/memory.ts'
import { repr } from '../values/repr.ts'
import { typeNameOf } from '../values/type-of.ts'
import { PyObject, type PyValue } from '../values/value.ts'
import { tupleOf } from './contents.ts'
import { typeError } from './errors.ts'
import { PyMemoryView } from './memory-view.ts'
import { partsOfRange } from './ranges.ts'
import type { Unpickling } from './unpickling.ts'

/** More items than this are not made of a range. Latitude: what memory holds. */
const mostItems = 1n << 26n

/**
 * `list(value)`: what a value gives when it is iterated.
 *
 * @throws {PickleError} TypeError, when it is not iterable
 */
export function elementsOf(u: Unpickling, value: PyValue): PyValue[] {
  if (value instanceof PyMemoryView) return [...value.data]
  if (value instanceof PyObject) {
    const range = partsOfRange(value)
    if (range !== undefined) return itemsOfRange(u, range)
  }
  return drain(iterate(u.world, value))
}

function itemsOfRange(
  u: Unpickling,
  [start, stop, step]: readonly [bigint, bigint, bigint],
): PyValue[] {
  const [low, high, size] = step > 0n ? [start, stop, step] : [stop, start, -step]
  // Below zero, there are none.
  const count = (high - low + size - 1n) / size
  if (count > u.input.maxSize) {
    throw new PickleError('OverflowError', 'Python int too large to convert to C ssize_t')
  }
  if (count > mostItems) throw outOfMemory()
  return Array.from({ length: Number(count) }, (_, at) => {
    const item = start + BigInt(at) * step
    return Number.isSafeInteger(Number(item)) ? Number(item) : item
  })
}

/**
 * The positional arguments of a call of `fn`, or of the `__new__` of a class: C wants a tuple, Python takes what `*` takes.
 *
 * @clause OP-REDUCE OP-NEWOBJ UNP-14
 * @throws {PickleError} TypeError, for what is not iterable; what the text of `fn` raises, which the
 *   message has from 3.9 on
 */
export function argumentsOf(u: Unpickling, value: PyValue, fn: PyValue): readonly PyValue[] {
  const tuple = tupleOf(value)
  if (tuple !== undefined) return tuple.items
  try {
    return elementsOf(u, value)
  } catch (error) {
    if (!isException(error, 'TypeError')) throw error
    if (u.world.release[1] >= 9) repr(u.world, fn)
    throw typeError(`argument after * must be an iterable, not ${typeNameOf(value)}`)
  }
}
