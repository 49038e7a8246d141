import { PyBytes, type PyClass, type PyObject, PyTuple, type PyValue } from '../values/value.ts'
import { partsObject } from './ranges.ts'
import { UnknownCallError } from './unknown-call-error.ts'

type DateState = [century: number, rest: number, month: number, day: number]

const isDateState = (data: number[]): data is DateState => data.length === 4

/**
 * Not in the protocol: `datetime.date.__new__(cls, state)` as reductions of dates call it, with four
 * bytes: the year in two of them, the month, the day.
 *
 * @throws {UnknownCallError} anything else that might make a date
 */
export function makeDate(cls: PyClass, args: readonly PyValue[]): PyObject {
  const [state] = args
  const data = state instanceof PyBytes ? [...state.data] : []
  if (args.length !== 1 || !isDateState(data) || data[2] < 1 || data[2] > 12) {
    throw new UnknownCallError('the reference makes dates of what their reductions give alone')
  }
  const [century, rest, month, day] = data
  const date = partsObject(cls, [
    ['year', century * 0x100 + rest],
    ['month', month],
    ['day', day],
  ])
  date.reduction = () => new PyTuple([cls, new PyTuple([new PyBytes(Uint8Array.from(data))])])
  return date
}
