import { typeNameOf } from '../values/type-of.ts'
import { PyBuffer, PyByteArray, PyBytes, PyObject, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { typeError, valueError } from './errors.ts'
import type { Unpickling } from './unpickling.ts'

/**
 * A memoryview of a bytearray or buffer, which cannot be written through.
 *
 * @clause OP-READONLY_BUFFER
 */
export class PyMemoryView extends PyObject {
  readonly under: PyByteArray | PyBuffer

  constructor(world: World, under: PyByteArray | PyBuffer) {
    super(world.knownClass('builtins:memoryview'))
    this.under = under
  }

  /** The bytes as they are now. */
  get data(): Uint8Array {
    return this.under.data ?? new Uint8Array(0)
  }
}

/** @clause OP-READONLY_BUFFER */
export function loadReadonlyBuffer(u: Unpickling): void {
  const value = u.top()
  const under = writableBuffer(value)
  if (under === undefined) return
  if (under instanceof PyByteArray) u.exported.add(under)
  u.replace(new PyMemoryView(u.world, under))
}

/** The buffer that a value gives, undefined where it cannot be written anyway. */
function writableBuffer(value: PyValue): PyByteArray | PyBuffer | undefined {
  const inner = value instanceof PyObject && value.value !== undefined ? value.value : value
  if (inner instanceof PyBytes || inner instanceof PyMemoryView) return undefined
  if (inner instanceof PyByteArray) return inner
  if (inner instanceof PyBuffer) {
    if (inner.data === null) throw valueError('operation forbidden on released PickleBuffer object')
    return inner.isReadOnly ? undefined : inner
  }
  throw typeError(`memoryview: a bytes-like object is required, not '${typeNameOf(value)}'`)
}
