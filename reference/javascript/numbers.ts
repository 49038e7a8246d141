import { PyFloat, type PyValue } from '../values/value.ts'

/** The int or float that a number is: an int where it is a safe integer and not -0. */
export function pythonNumber(value: number): PyValue {
  return isPlainInt(value) ? value : new PyFloat(value)
}

/** The int of a bigint. */
export function pythonInt(value: bigint): PyValue {
  const isSafe = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
  return isSafe ? Number(value) : value
}

/** Whether a plain number is taken for an int. */
export function isPlainInt(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0)
}
