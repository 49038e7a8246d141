import { PickleError } from '../errors.ts'
import type { PyFunction, PyValue } from '../values/value.ts'
import type { Unpickling } from './unpickling.ts'

export function libraryFunction(u: Unpickling, fn: PyFunction, args: readonly PyValue[]): PyValue {
  void u
  void args
  throw new PickleError('TypeError', `no ${fn.name}`)
}
