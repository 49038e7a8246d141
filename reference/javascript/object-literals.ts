import { type PyDict, PyStr } from '../values/value.ts'

const largestIndex = 2 ** 32 - 2

/** Whether an object literal shows this key before all that are no indexes, and in their order. */
function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) <= largestIndex
}

/**
 * Whether an object literal can hold a dict without loss: all keys are strs that are strings, and
 * those that look like indexes stand where an object has them, in front and ascending.
 */
export function canBeObject({ keys }: PyDict): boolean {
  let last = 0
  for (const key of keys) {
    if (!(key instanceof PyStr && typeof key.content === 'string')) return false
    const index = isIndex(key.content) ? Number(key.content) : Number.POSITIVE_INFINITY
    if (index < last) return false
    last = index
  }
  return true
}
