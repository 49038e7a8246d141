import { PickleError } from '../errors.ts'
import type { Source } from '../unpickler/source.ts'
import { PyBuffer, PyByteArray, PyBytes, PyIterator } from '../values/value.ts'
import type { ToJavaScript } from './to-javascript.ts'
import { ByteArray, PickleBuffer } from './values.ts'

/** The same source giving nothing but Uint8Array itself: slices of a subclass may be views. */
export function plainSource(source: Source): Source {
  if (source instanceof Uint8Array) return plain(source)
  const peek = source.peek?.bind(source)
  return {
    read: (count) => plain(source.read(count)),
    readline: () => plain(source.readline()),
    ...(peek !== undefined && { peek: () => plain(peek()) }),
  }
}

function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length)
}

/** The buffers that were left out of a pickle, for the load to put in. */
export function buffersOf(
  buffers: Iterable<Uint8Array | PickleBuffer>,
  toJavaScript: ToJavaScript,
): PyIterator {
  const iterator = buffers[Symbol.iterator]()
  return new PyIterator('iterator', () => {
    const { done, value } = iterator.next()
    if (done === true) return undefined
    const made = toJavaScript.originOf(value) ?? bufferOf(value)
    toJavaScript.pair(made, value)
    return made
  })
}

function bufferOf(buffer: unknown) {
  if (buffer instanceof PickleBuffer) return new PyBuffer(buffer.bytes, buffer.isReadOnly)
  if (buffer instanceof ByteArray) return new PyByteArray(buffer)
  if (buffer instanceof Uint8Array) return new PyBytes(buffer)
  const found = typeof buffer
  throw new PickleError('TypeError', `a buffer is a Uint8Array or a PickleBuffer, not ${found}`)
}
