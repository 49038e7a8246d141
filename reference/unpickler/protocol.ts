import { PickleError } from '../errors.ts'
import { unpicklingError, valueError } from './errors.ts'
import { uint64 } from './numbers.ts'
import type { Unpickling } from './unpickling.ts'

const highestProtocol = 5

/** @clause OP-PROTO UNP-05 */
export function loadProto(u: Unpickling): void {
  const protocol = u.input.u8()
  if (protocol > highestProtocol) throw valueError(`unsupported pickle protocol: ${protocol}`)
  u.protocol = protocol
}

/** @clause OP-FRAME UNP-30 */
export function loadFrame(u: Unpickling): void {
  const at = u.input.fixed(8)
  u.input.frame(uint64(u.input.data, at))
}

/** @clause OP-NEXT_BUFFER UNP-10 */
export function loadNextBuffer(u: Unpickling): void {
  if (u.buffers === undefined) {
    throw unpicklingError(
      'pickle stream refers to out-of-band data but no *buffers* argument was given',
    )
  }
  const buffer = u.buffers.next()
  if (buffer === undefined) {
    const context = u.isC ? {} : { context: new PickleError('StopIteration', '') }
    throw new PickleError('UnpicklingError', 'not enough out-of-band buffers', context)
  }
  u.push(buffer)
}
