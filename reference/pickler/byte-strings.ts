import { decodeLatin1 } from '../codecs/text.ts'
import { freshBytes } from '../values/fresh.ts'
import { type PyByteArray, PyBytes, PyTuple, type PyValue } from '../values/value.ts'
import { BYTEARRAY8 } from './codes.ts'
import { type ChunkType, frameTargetBytes } from './framer.ts'
import { memoize } from './memoize.ts'
import { partOf } from './part-of.ts'
import { writeBytesHeader } from './payload-headers.ts'
import type { Pickling } from './pickling.ts'
import { saveReduction } from './reductions.ts'

/**
 * Writes exact bytes; below protocol 3 as a call of `codecs.encode`.
 *
 * @clause ATOM-30 ATOM-31
 */
export function saveBytes(p: Pickling, bytes: PyBytes): void {
  if (p.protocol < 3) return saveReduction(p, bytes, reductionOfBytes(p, bytes))
  writeBytes(p, bytes.data, 'bytes')
  memoize(p, bytes)
}

function reductionOfBytes(p: Pickling, { data }: PyBytes): PyTuple {
  const { world } = p
  if (data.length === 0) return new PyTuple([world.known('builtins:bytes'), world.emptyTuple])
  const args = new PyTuple([partOf(world, decodeLatin1(data)), world.intern('latin1')])
  return new PyTuple([world.known('codecs:encode'), args])
}

/**
 * Writes an exact bytearray; below protocol 5 as a call of `bytearray`.
 *
 * @clause ATOM-32 ATOM-33
 */
export function saveByteArray(p: Pickling, array: PyByteArray): void {
  if (p.protocol < 5) return saveReduction(p, array, reductionOfByteArray(p, array))
  writeByteArray(p, array.data, 'bytearray')
  if (p.profile.bytearrayMemoized) memoize(p, array)
}

function reductionOfByteArray(p: Pickling, { data }: PyByteArray): PyTuple {
  const { profile, world } = p
  const isNew = profile.bytesOfBytearray === 'new'
  const bytes = isNew ? new PyBytes(data.slice()) : freshBytes(world, data.slice())
  const args: PyValue = data.length === 0 ? world.emptyTuple : new PyTuple([bytes])
  return new PyTuple([world.known('builtins:bytearray'), args])
}

/** Writes bytes, protocol 3 and above, without a memo entry. */
export function writeBytes(p: Pickling, data: Uint8Array, typeName: ChunkType): void {
  const { framer, writer } = p
  const isLarge = data.length >= frameTargetBytes
  if (isLarge) framer.beginPayload()
  writeBytesHeader(writer, p.protocol, data.length)
  writePayload(p, data, isLarge, typeName)
}

/** Writes a bytearray, protocol 5, without a memo entry. */
export function writeByteArray(p: Pickling, data: Uint8Array, typeName: ChunkType): void {
  const { framer, writer } = p
  const isLarge = data.length >= frameTargetBytes
  if (isLarge) framer.beginPayload()
  writer.u8(BYTEARRAY8)
  writer.u64le(data.length)
  writePayload(p, data, isLarge, typeName)
}

/** @clause FRAME-05 OOB-08 */
function writePayload(p: Pickling, data: Uint8Array, isLarge: boolean, typeName: ChunkType): void {
  if (isLarge) p.framer.endPayload(data, typeName)
  else {
    p.writer.bytes(data)
    p.framer.endPiece()
  }
}
