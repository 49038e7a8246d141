import { PickleError } from '../errors.ts'
import type { PyIterator, PyValue } from '../values/value.ts'
import { APPEND, APPENDS, MARK, SETITEM, SETITEMS } from './codes.ts'
import { noted, notedItem } from './notes.ts'
import type { Pickling } from './pickling.ts'
import { tupleItems } from './subclasses.ts'
import { unpack } from './unpack.ts'

/** As many items as one APPENDS, SETITEMS or ADDITEMS takes. */
export const batchSize = 1000

/**
 * Writes what an iterator gives as items of the list that was written last; `owner` is that list.
 *
 * @clause RED-24
 */
export function saveAppends(p: Pickling, iterator: PyIterator, owner: PyValue): void {
  const batches = new Batches(p, iterator)
  let index = 0
  let isSaving = false
  try {
    while (batches.begin()) {
      for (let item = batches.next(); item !== undefined; item = batches.next()) {
        isSaving = true
        p.save(p, item)
        isSaving = false
        index++
      }
      batches.end(APPEND, APPENDS)
    }
  } catch (error) {
    throw isSaving ? noted(p, error, owner, `item ${index}`) : error
  }
}

/**
 * Writes what an iterator of pairs gives as items of the dict that was written last.
 *
 * @clause RED-06 RED-24
 */
export function saveSetItems(p: Pickling, iterator: PyIterator, owner: PyValue): void {
  const takesTuples = p.profile.dictItems === 'two-tuples'
  const batches = new Batches(p, iterator, takesTuples)
  /** The key whose value is being saved. */
  let inside: PyValue | undefined
  try {
    while (batches.begin()) {
      for (let item = batches.next(); item !== undefined; item = batches.next()) {
        const pair = takesTuples ? twoTuple(item) : unpack(p, item, 2)
        const key = pair[0] as PyValue // there are two
        p.save(p, key)
        inside = key
        p.save(p, pair[1] as PyValue) // there are two
        inside = undefined
      }
      batches.end(SETITEM, SETITEMS)
    }
  } catch (error) {
    throw inside === undefined ? error : notedItem(p, error, owner, inside)
  }
}

/**
 * How an iterator is cut into batches, and how far ahead of the saving it is asked.
 *
 * Protocol 0 has no batches: each item is one of its own.
 *
 * @clause RED-25
 */
class Batches {
  readonly #p: Pickling
  readonly #iterator: PyIterator
  readonly #checksPairs: boolean
  readonly #pullsBatch: boolean
  /** What has been taken and not been saved, from `#at` on. */
  #taken: PyValue[] = []
  #at = 0
  #count = 0
  #isMarked = false
  #isLast = false

  constructor(p: Pickling, iterator: PyIterator, checksPairs = false) {
    this.#p = p
    this.#iterator = iterator
    this.#checksPairs = checksPairs
    this.#pullsBatch = p.profile.itemsPulled === 'by a batch'
  }

  /** Takes what must be known of the next batch and writes its mark; false when there is none. */
  begin(): boolean {
    if (this.#isLast) return false
    this.#count = 0
    this.#at = 0
    this.#taken = []
    if (!this.#p.isBinary) return this.#take(1)
    if (this.#pullsBatch) {
      this.#isLast = !this.#take(batchSize)
      if (this.#taken.length === 0) return false
    } else {
      if (!this.#take(1)) return false
      if (this.#checksPairs) for (const pair of this.#taken) twoTuple(pair)
      this.#isLast = !this.#take(2)
    }
    this.#isMarked = this.#taken.length > 1
    if (this.#isMarked) {
      this.#p.writer.u8(MARK)
      this.#p.framer.endPiece()
    }
    return true
  }

  /** The next item of the batch; undefined at its end. */
  next(): PyValue | undefined {
    if (this.#at < this.#taken.length) {
      this.#count++
      return this.#taken[this.#at++]
    }
    if (!this.#isMarked || this.#pullsBatch || this.#isLast || this.#count === batchSize) {
      return undefined
    }
    const item = this.#iterator.next()
    if (item === undefined) this.#isLast = true
    else this.#count++
    return item
  }

  /** Writes the instruction that takes up the batch. */
  end(one: number, many: number): void {
    this.#p.writer.u8(this.#isMarked ? many : one)
    this.#p.framer.endPiece()
  }

  /** Takes items until there are `count`; false when the iterator ends before. */
  #take(count: number): boolean {
    while (this.#taken.length < count) {
      const item = this.#iterator.next()
      if (item === undefined) return false
      this.#taken.push(item)
    }
    return true
  }
}

/** @throws {PickleError} TypeError, when it is no tuple of two */
function twoTuple(item: PyValue): readonly PyValue[] {
  const items = tupleItems(item)
  if (items?.length === 2) return items
  throw new PickleError('TypeError', 'dict items iterator must return 2-tuples')
}
