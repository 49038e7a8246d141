import { typeNameOf } from '../values/type-of.ts'
import { PyBuffer, PyByteArray, PyBytes, PyObject, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { contentOf } from './contents.ts'
import { typeError, valueError } from './errors.ts'
import type { Unpickling } from './unpickling.ts'

/**
 * A memoryview of a bytearray or buffer, which cannot be written through.
 *
 * @clause OP-READONLY_BUFFER
 */
export class PyMemoryView extends PyObject {
  readonly under: PyByteArray | PyBuffer
  /** The bytes, which what it is a view of can change but neither move nor release. */
  readonly data: Uint8Array

  constructor(world: World, under: PyByteArray | PyBuffer, data: Uint8Array) {
    super(world.knownClass('builtins:memoryview'))
    this.under = under
    this.data = data
  }
}

/** @clause OP-READONLY_BUFFER */
export function loadReadonlyBuffer(u: Unpickling): void {
  const value = u.top()
  const frozen = u.hooks.freeze(value)
  if (frozen !== undefined) {
    u.replace(frozen)
    return
  }
  const buffer = writableBuffer(value)
  if (buffer === undefined) return
  const { under, data } = buffer
  if (under instanceof PyByteArray) under.isExported = true
  u.replace(new PyMemoryView(u.world, under, data))
}

type WritableBuffer = { readonly under: PyByteArray | PyBuffer; readonly data: Uint8Array }

/** The buffer that a value gives, undefined where it cannot be written anyway. */
function writableBuffer(value: PyValue): WritableBuffer | undefined {
  const inner = contentOf(value)
  if (inner instanceof PyBytes || inner instanceof PyMemoryView) return undefined
  if (inner instanceof PyByteArray) return { under: inner, data: inner.data }
  if (inner instanceof PyBuffer) {
    const { data } = inner
    if (data === null) throw valueError('operation forbidden on released PickleBuffer object')
    return inner.isReadOnly ? undefined : { under: inner, data }
  }
  throw typeError(`memoryview: a bytes-like object is required, not '${typeNameOf(value)}'`)
}
