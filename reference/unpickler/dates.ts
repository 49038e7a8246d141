import { PyBytes, type PyClass, type PyObject, PyTuple, type PyValue } from '../values/value.ts'
import { partsObject } from './ranges.ts'
import { UnknownCallError } from './unknown-call-error.ts'

/**
 * Not in the protocol: `datetime.date.__new__(cls, state)` as reductions of dates call it, with four
 * bytes: the year in two of them, the month, the day.
 *
 * @throws {UnknownCallError} anything else that might make a date
 */
export function makeDate(cls: PyClass, args: readonly PyValue[]): PyObject {
  const [state] = args
  const data = state instanceof PyBytes ? state.data : new Uint8Array()
  if (args.length !== 1 || data.length !== 4) throw unknownDate()
  const parts = new DataView(data.buffer, data.byteOffset)
  const month = parts.getUint8(2)
  if (month < 1 || month > 12) throw unknownDate()
  const date = partsObject(cls, [
    ['year', parts.getUint16(0)],
    ['month', month],
    ['day', parts.getUint8(3)],
  ])
  date.reduction = () => new PyTuple([cls, new PyTuple([new PyBytes(Uint8Array.from(data))])])
  return date
}

const unknownDate = (): Error =>
  new UnknownCallError('the reference makes dates of what their reductions give alone')
