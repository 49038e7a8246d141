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
  const data = state instanceof PyBytes ? state.data : []
  const [century = 0, rest = 0, month = 0, day = 0] = data
  if (args.length !== 1 || data.length !== 4 || month < 1 || month > 12) {
    throw new UnknownCallError('the reference makes dates of what their reductions give alone')
  }
  const date = partsObject(cls, [
    ['year', century * 0x100 + rest],
    ['month', month],
    ['day', day],
  ])
  date.reduction = () => new PyTuple([cls, new PyTuple([new PyBytes(Uint8Array.from(data))])])
  return date
}
