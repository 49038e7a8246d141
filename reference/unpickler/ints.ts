import { PyInt, type PyValue } from '../values/value.ts'
import { contentOf } from './contents.ts'

/** The value of an int, a bool or an instance of a subclass; undefined for anything else. */
export function intOf(value: PyValue): number | bigint | undefined {
  const inner = contentOf(value)
  if (typeof inner === 'boolean') return Number(inner)
  if (typeof inner === 'number' || typeof inner === 'bigint') return inner
  return inner instanceof PyInt ? inner.value : undefined
}
