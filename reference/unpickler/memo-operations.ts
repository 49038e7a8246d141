import type { PythonInt } from '../codecs/long.ts'
import { PickleError } from '../errors.ts'
import { outOfMemory } from '../values/memory.ts'
import { truncated, unpicklingError, valueError } from './errors.ts'
import { indexOfLine, uint32 } from './numbers.ts'
import type { Unpickling } from './unpickling.ts'

/** @clause OP-GET */
export function loadGet(u: Unpickling): void {
  const line = u.input.line()
  if (u.isC && line.length < 2) throw truncated()
  fetch(u, sizeOf(u, indexOfLine(u, line)))
}

/** @clause OP-BINGET */
export function loadBinGet(u: Unpickling): void {
  fetch(u, u.input.u8())
}

/** @clause OP-LONG_BINGET */
export function loadLongBinGet(u: Unpickling): void {
  const at = u.input.fixed(4)
  fetch(u, uint32(u.input.data, at))
}

function fetch(u: Unpickling, index: PythonInt): void {
  const found = u.memo.get(index)
  if (found === undefined) {
    throw u.profile.missingMemo === 'KeyError'
      ? new PickleError('KeyError', String(index))
      : unpicklingError(`Memo value not found at index ${index}`)
  }
  u.stack.push(found)
}

/** An index as C has it. */
function sizeOf(u: Unpickling, index: PythonInt): PythonInt {
  const { maxSize } = u.input
  if (u.isC && (index > maxSize || index < -maxSize - 1n)) {
    throw new PickleError('OverflowError', 'Python int too large to convert to C ssize_t')
  }
  return index
}

/** @clause OP-PUT */
export function loadPut(u: Unpickling): void {
  const line = u.input.line()
  if (u.isC) {
    if (line.length < 2) throw truncated()
    u.top()
  }
  const index = sizeOf(u, indexOfLine(u, line))
  if (index < 0) throw valueError('negative PUT argument')
  store(u, index)
}

/**
 * The greatest index for which C's array is made longer, to twice the index, at eight bytes an entry.
 * Latitude: it depends on the machine.
 */
const mostEntries = 0x07ff_ffff

/** @clause UNP-08 */
function store(u: Unpickling, index: PythonInt): void {
  const value = u.top()
  if (index > mostEntries && u.profile.memoGrowth === 'array') throw outOfMemory()
  u.memo.put(index, value)
}

/** @clause OP-BINPUT */
export function loadBinPut(u: Unpickling): void {
  const index = u.input.u8()
  u.memo.put(index, u.top())
}

/** @clause OP-LONG_BINPUT */
export function loadLongBinPut(u: Unpickling): void {
  const at = u.input.fixed(4)
  const index = uint32(u.input.data, at)
  if (u.isC) u.top()
  if (index > u.input.maxSize) throw valueError('negative LONG_BINPUT argument')
  store(u, index)
}

/** @clause OP-MEMOIZE */
export function loadMemoize(u: Unpickling): void {
  u.memo.push(u.top())
}
