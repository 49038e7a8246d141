import { PickleError } from '../errors.ts'
import { itemsIterator, iterate, listIterator } from '../values/iterate.ts'
import { positionAfter } from '../values/position-after.ts'
import {
  type PyDict,
  type PyFrozenSet,
  PyList,
  type PySet,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import { batchSize, saveAppends, saveSetItems } from './batches.ts'
import {
  ADDITEMS,
  APPEND,
  APPENDS,
  DICT,
  EMPTY_DICT,
  EMPTY_LIST,
  EMPTY_SET,
  EMPTY_TUPLE,
  FROZENSET,
  LIST,
  MARK,
  POP,
  POP_MARK,
  SETITEM,
  SETITEMS,
  TUPLE,
  TUPLE1,
  TUPLE2,
  TUPLE3,
} from './codes.ts'
import { enter } from './depth.ts'
import { memoize, writeGet } from './memoize.ts'
import { noted, notedItem } from './notes.ts'
import type { Pickling } from './pickling.ts'
import { saveReduction } from './reductions.ts'

/**
 * Writes an exact tuple: its items, then itself, then its PUT.
 *
 * @clause ATOM-50
 */
export function saveTuple(p: Pickling, tuple: PyTuple): void {
  const { framer, writer } = p
  const { items } = tuple
  if (items.length === 0) {
    if (p.isBinary) writer.u8(EMPTY_TUPLE)
    else writeTwo(p, MARK, TUPLE)
    framer.endPiece()
    return
  }
  enter(p)
  const isCounted = items.length <= 3 && p.protocol >= 2
  if (!isCounted) {
    writer.u8(MARK)
    framer.endPiece()
  }
  let index = 0
  try {
    for (; index < items.length; index++) p.save(p, items[index] as PyValue) // in range
  } catch (error) {
    throw noted(p, error, tuple, `item ${index}`)
  }
  const met = p.memo.indexOf(tuple)
  if (met !== -1) saveRecursiveTuple(p, met, items.length, isCounted)
  else {
    writer.u8(isCounted ? tupleOfLength(items.length) : TUPLE)
    framer.endPiece()
    memoize(p, tuple)
  }
  p.depth--
}

const tupleOfLength = (length: number): number =>
  length === 1 ? TUPLE1 : length === 2 ? TUPLE2 : TUPLE3

/**
 * Drops the items of a tuple that one of them led to, and fetches it.
 *
 * @clause ATOM-51
 */
function saveRecursiveTuple(p: Pickling, index: number, length: number, isCounted: boolean): void {
  const { writer } = p
  if (!isCounted && p.isBinary) writer.u8(POP_MARK)
  else for (let count = isCounted ? length : length + 1; count > 0; count--) writer.u8(POP)
  writeGet(p, index)
}

/**
 * Writes an exact list: empty, its PUT, then its items.
 *
 * @clause ATOM-60
 */
export function saveList(p: Pickling, list: PyList): void {
  const { framer, writer } = p
  const { items } = list
  enter(p)
  let index = -1
  try {
    if (p.fastGuard !== null && p.hooks.isFast) p.fastGuard.enter(list)
    if (p.isBinary) writer.u8(EMPTY_LIST)
    else writeTwo(p, MARK, LIST)
    framer.endPiece()
    memoize(p, list)

    if (!p.savesLive || !p.isBinary) saveAppends(p, listIterator(p.world, list), list)
    else if (items.length > 0) {
      const size = items.length
      index = 0
      do {
        // BATCH-01
        if (index === items.length - 1 && (index === 0 || !p.marksLastBatch)) {
          p.save(p, items[index] as PyValue) // in range
          writer.u8(APPEND)
          break
        }
        const end = index + batchSize
        writer.u8(MARK)
        for (; index < items.length && index < end; index++) {
          p.save(p, items[index] as PyValue) // in range
        }
        writer.u8(APPENDS)
        // BATCH-06
        if (p.checksListSize && items.length !== size) {
          index = -1
          throw new PickleError('RuntimeError', 'list changed size during iteration')
        }
      } while (index < items.length)
    }
  } catch (error) {
    const raised = index === -1 ? error : noted(p, error, list, `item ${index}`)
    if (p.fastGuard !== null && p.hooks.isFast) p.fastGuard.leave(list, raised)
    throw raised
  }
  if (p.fastGuard !== null && p.hooks.isFast) p.fastGuard.leave(list)
  p.depth--
}

/**
 * Writes an exact dict: empty, its PUT, then its items.
 *
 * @clause ATOM-60
 */
export function saveDict(p: Pickling, dict: PyDict): void {
  const { framer, writer } = p
  const { keys, values } = dict
  enter(p)
  /** The key whose value is being saved. */
  let inside: PyValue | undefined
  try {
    if (p.fastGuard !== null && p.hooks.isFast) p.fastGuard.enter(dict)
    if (p.isBinary) writer.u8(EMPTY_DICT)
    else writeTwo(p, MARK, DICT)
    framer.endPiece()
    memoize(p, dict)

    const size = keys.length
    if (!p.savesLive || !p.isBinary) saveSetItems(p, itemsIterator(dict), dict)
    else if (size > 0) {
      let at = 0
      /** What is left of the size it had at first, and what is still to be saved. */
      let left = size
      let isMore = true
      while (isMore) {
        let count = 0
        // BATCH-03
        const isSingle = left === 1 && (size === 1 || !p.marksLastBatch)
        const most = isSingle ? 1 : batchSize
        if (!isSingle) writer.u8(MARK)
        while (at < keys.length && count < most) {
          const key = keys[at] as PyValue // in range
          const value = values[at] as PyValue
          p.save(p, key)
          inside = key
          p.save(p, value)
          inside = undefined
          at = positionAfter(keys, key, at)
          count++
        }
        writer.u8(isSingle ? SETITEM : SETITEMS)
        if (isSingle) break
        // BATCH-06
        if (keys.length !== size) {
          throw new PickleError('RuntimeError', 'dictionary changed size during iteration')
        }
        // BATCH-02
        left -= count
        isMore = count === batchSize && (left > 0 || p.marksLastBatch)
      }
    }
  } catch (error) {
    const raised = inside === undefined ? error : notedItem(p, error, dict, inside)
    if (p.fastGuard !== null && p.hooks.isFast) p.fastGuard.leave(dict, raised)
    throw raised
  }
  if (p.fastGuard !== null && p.hooks.isFast) p.fastGuard.leave(dict)
  p.depth--
}

/**
 * Writes an exact set: empty, its PUT, then its members; below protocol 4 a reduction.
 *
 * @clause ATOM-60 ATOM-61
 */
export function saveSet(p: Pickling, set: PySet): void {
  if (p.protocol < 4) return saveAsList(p, set, 'builtins:set')
  const { writer } = p
  const { members } = set
  enter(p)
  // From protocol 4 on there are frames, and no pieces that have ends.
  writer.u8(EMPTY_SET)
  memoize(p, set)
  if (!p.savesLive) saveAddItems(p, set)
  else if (members.length > 0) {
    const size = members.length
    let at = 0
    let left = size
    let isMore = true
    while (isMore) {
      let count = 0
      writer.u8(MARK)
      try {
        while (at < members.length && count < batchSize) {
          const member = members[at] as PyValue // in range
          p.save(p, member)
          at = positionAfter(members, member, at)
          count++
        }
      } catch (error) {
        throw noted(p, error, set, 'element')
      }
      writer.u8(ADDITEMS)
      if (members.length !== size) {
        throw new PickleError('RuntimeError', 'set changed size during iteration')
      }
      // BATCH-04  As with dicts.
      left -= count
      isMore = count === batchSize && (left > 0 || p.marksLastBatch)
    }
  }
  p.depth--
}

/** The members of a set, batch by batch out of its iterator. */
function saveAddItems(p: Pickling, set: PySet): void {
  const { writer } = p
  const iterator = iterate(p.world, set)
  let isFull = true
  while (isFull) {
    const batch: PyValue[] = []
    while (batch.length < batchSize) {
      const member = iterator.next()
      if (member === undefined) break
      batch.push(member)
    }
    isFull = batch.length === batchSize
    if (batch.length === 0) return
    writer.u8(MARK)
    try {
      for (const member of batch) p.save(p, member)
    } catch (error) {
      throw noted(p, error, set, 'element')
    }
    writer.u8(ADDITEMS)
  }
}

/**
 * Writes an exact frozenset: a mark, its members, then itself and its PUT; below protocol 4 a
 * reduction.
 *
 * @clause ATOM-62
 */
export function saveFrozenSet(p: Pickling, set: PyFrozenSet): void {
  if (p.fastGuard !== null && p.hooks.isFast) p.fastGuard.enter(set)
  if (p.protocol < 4) saveAsList(p, set, 'builtins:frozenset')
  else saveMembers(p, set)
  if (p.fastGuard !== null && p.hooks.isFast) p.fastGuard.leave(set)
}

function saveMembers(p: Pickling, set: PyFrozenSet): void {
  const { writer } = p
  enter(p)
  writer.u8(MARK)
  try {
    for (const member of set.members) p.save(p, member)
  } catch (error) {
    throw noted(p, error, set, 'element')
  }
  const met = p.memo.indexOf(set)
  if (met !== -1) {
    writer.u8(POP_MARK)
    writeGet(p, met)
  } else {
    writer.u8(FROZENSET)
    memoize(p, set)
  }
  p.depth--
}

/** @clause ATOM-61 BATCH-05 */
function saveAsList(p: Pickling, set: PySet | PyFrozenSet, name: string): void {
  const list = new PyList([...set.members])
  saveReduction(p, set, new PyTuple([p.world.known(name), new PyTuple([list])]))
}

function writeTwo(p: Pickling, first: number, second: number): void {
  p.writer.u8(first)
  p.writer.u8(second)
}
