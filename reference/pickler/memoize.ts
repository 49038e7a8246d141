import { PickleError } from '../errors.ts'
import type { PyStr, PyValue } from '../values/value.ts'
import { BINGET, BINPUT, GET, LONG_BINGET, LONG_BINPUT, MEMOIZE, PUT } from './codes.ts'
import type { Pickling } from './pickling.ts'

/**
 * Enters a value into the memo and writes the PUT of its index; in fast mode neither.
 *
 * A value that is there already (a hook may have seen to that) makes Python's pickler fail; C's
 * gives it the next index and does not count it.
 *
 * @clause MEMO-02 FAST-01
 * @throws {PickleError} AssertionError
 */
export function memoize(p: Pickling, value: PyValue): void {
  if (p.hooks.isFast) return
  const { memo } = p
  if (memo.indexOf(value) !== -1) {
    if (p.profile.engine === 'py') throw new PickleError('AssertionError', '')
    memo.move(value)
    writePut(p, memo.size)
  } else writePut(p, memo.put(value))
  p.framer.endPiece()
}

/**
 * As {@link memoize}, for a str. Strs have code of their own here, in `saveFetchOfStr` and in the
 * memo, because a place that only ever sees one class of value is several times as fast.
 */
export function memoizeStr(p: Pickling, str: PyStr): void {
  if (p.hooks.isFast) return
  const { memo } = p
  if (memo.indexOfStr(str) !== -1) return memoize(p, str)
  writePut(p, memo.putStr(str))
  p.framer.endPiece()
}

function writePut(p: Pickling, index: number): void {
  const { writer } = p
  if (p.protocol >= 4) writer.u8(MEMOIZE)
  else if (!p.isBinary) {
    writer.u8(PUT)
    writer.ascii(`${index}\n`)
  } else if (index < 256) {
    writer.u8s(BINPUT, index)
  } else {
    writer.u8(LONG_BINPUT)
    writer.u32le(index)
  }
}

/**
 * Writes the GET of a value that is in the memo, and says whether it is.
 *
 * @clause SAVE-04
 */
export function saveFetch(p: Pickling, value: PyValue): boolean {
  const index = p.memo.indexOf(value)
  if (index === -1) return false
  writeGet(p, index)
  return true
}

/** As {@link saveFetch}, for a str. */
export function saveFetchOfStr(p: Pickling, str: PyStr): boolean {
  const index = p.memo.indexOfStr(str)
  if (index === -1) return false
  writeGet(p, index)
  return true
}

/**
 * Writes the GET of an index.
 *
 * @clause MEMO-02 FAST-02
 */
export function writeGet(p: Pickling, index: number): void {
  const { writer } = p
  if (!p.isBinary) {
    writer.u8(GET)
    writer.ascii(`${index}\n`)
  } else if (index < 256) {
    writer.u8s(BINGET, index)
  } else {
    writer.u8(LONG_BINGET)
    writer.u32le(index)
  }
  p.framer.endPiece()
}
