import { PickleError } from '../errors.ts'

/** @clause UNP-90 */
export const truncated = (): PickleError =>
  new PickleError('UnpicklingError', 'pickle data was truncated')

/** @clause UNP-90 */
export const outOfInput = (text: string): PickleError => new PickleError('EOFError', text)

/** @clause UNP-93 */
export const readOverflow = (): PickleError =>
  new PickleError('UnpicklingError', 'read would overflow (invalid bytecode)')

export const unpicklingError = (text: string): PickleError =>
  new PickleError('UnpicklingError', text)

export const typeError = (text: string): PickleError => new PickleError('TypeError', text)

export const valueError = (text: string): PickleError => new PickleError('ValueError', text)

/** @clause UNP-92 */
export const popFromEmpty = (): PickleError => new PickleError('IndexError', 'pop from empty list')

/** @clause UNP-92 */
export const outOfRange = (): PickleError =>
  new PickleError('IndexError', 'list index out of range')
