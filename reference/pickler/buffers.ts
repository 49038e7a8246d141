import { PickleError } from '../errors.ts'
import { compareReleases } from '../release.ts'
import { callValue } from '../values/call.ts'
import { isTruthy } from '../values/truth.ts'
import { type PyBuffer, PyBytes } from '../values/value.ts'
import { writeByteArray, writeBytes } from './byte-strings.ts'
import { NEXT_BUFFER, READONLY_BUFFER } from './codes.ts'
import { memoize } from './memoize.ts'
import type { Pickling } from './pickling.ts'

/**
 * Writes a PickleBuffer, in band or out of it.
 *
 * @clause OOB-01 OOB-02 OOB-03
 * @throws {PickleError} PicklingError below protocol 5, ValueError when it was released
 */
export function saveBuffer(p: Pickling, buffer: PyBuffer): void {
  if (p.protocol < 5) throw needsProtocol5(p)
  const { data } = buffer
  if (data === null) {
    throw new PickleError('ValueError', 'operation forbidden on released PickleBuffer object')
  }
  if (!buffer.isContiguous) throw notContiguous(p)
  const isInBand =
    p.bufferCallback === null || isTruthy(p.world, callValue(p.world, p.bufferCallback, [buffer]))
  if (isInBand) saveInBand(p, buffer, data)
  else saveOutOfBand(p, buffer)
}

function saveOutOfBand(p: Pickling, buffer: PyBuffer): void {
  // From protocol 4 on there are frames, and no pieces that have ends.
  p.writer.u8(NEXT_BUFFER)
  if (!buffer.isReadOnly) return
  p.writer.u8(READONLY_BUFFER)
}

/** @clause OOB-05 OOB-06 OOB-08 */
function saveInBand(p: Pickling, buffer: PyBuffer, data: Uint8Array): void {
  const write = buffer.isReadOnly ? writeBytes : writeByteArray
  if (p.profile.inBandBuffer === 'buffer') {
    write(p, data, p.profile.writtenBuffer)
    memoize(p, buffer)
    return
  }
  const copy = copyOf(p, buffer, data)
  const isThere = p.memo.indexOf(copy) !== -1
  write(p, copy.data, 'bytes')
  if (isThere && p.profile.inBandBuffer === 'copy unless there') return
  if (!buffer.isReadOnly && !p.profile.bytearrayMemoized) return
  memoize(p, copy)
}

/**
 * The bytes of a buffer as a new object, if there is one alone, too; of none there is one for all.
 *
 * @clause OOB-06 PYPY-02
 */
function copyOf(p: Pickling, buffer: PyBuffer, data: Uint8Array): PyBytes {
  if (data.length === 0) return p.world.emptyBytes
  if (p.profile.bytesOfBuffer === 'copy' || !buffer.isReadOnly) return new PyBytes(data.slice())
  // Latitude: the object below the buffer is known by its memory alone.
  let bytes = p.bytesOfBuffers.get(data)
  if (bytes === undefined) {
    bytes = new PyBytes(data)
    p.bytesOfBuffers.set(data, bytes)
  }
  return bytes
}

function needsProtocol5(p: Pickling): PickleError {
  const isEarly = compareReleases(p.profile.release, [3, 13, 0]) < 0
  return new PickleError(
    'PicklingError',
    `PickleBuffer can only ${isEarly ? '' : 'be '}pickled with protocol >= 5`,
  )
}

/** @clause OOB-07 */
function notContiguous(p: Pickling): PickleError {
  return p.profile.nonContiguousBuffer === 'BufferError'
    ? new PickleError('BufferError', 'cannot extract raw buffer from non-contiguous buffer')
    : new PickleError(
        'PicklingError',
        'PickleBuffer can not be pickled when pointing to a non-contiguous buffer',
      )
}
