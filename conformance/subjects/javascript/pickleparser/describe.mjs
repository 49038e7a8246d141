// A loaded value in the words of the protocol: objects in a table, referred to by number.
import { Persistent, recordOf } from './symbols.mjs'

const hex = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

function numberLeaf(number) {
  if (Number.isSafeInteger(number) && !Object.is(number, -0)) return number
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(number)
  return { float: bytes.toString('hex') }
}

const stringLeaf = (text) =>
  /[\ud800-\udfff]/u.test(text) ? { str: [...text].map((one) => one.codePointAt(0)) } : text

export function describe(root) {
  const numbers = new Map()
  const found = []
  const at = (value) => {
    if (!numbers.has(value)) {
      numbers.set(value, found.length)
      found.push(value)
    }
    return { at: numbers.get(value) }
  }
  const leaf = (value) => {
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'number') return numberLeaf(value)
    if (typeof value === 'bigint') return { int: String(value) }
    if (typeof value === 'string') return stringLeaf(value)
    if (value instanceof Uint8Array) return { bytes: hex(value) }
    const record = recordOf(value)
    return record?.symbol !== undefined && record.done.length === 0
      ? { global: record.symbol }
      : at(value)
  }
  const leaves = (values) => Array.from(values, leaf)
  const pairs = (entries) => Array.from(entries, leaves)

  const object = (value) => {
    const record = recordOf(value)
    if (record !== undefined) return recorded(record)
    if (Array.isArray(value)) return { list: leaves(value) }
    if (value instanceof Set) return { set: leaves(value) }
    if (value instanceof Map) return { dict: pairs(value) }
    if (value instanceof Persistent) return { persistent: leaf(value.id) }
    // What no pickle can mean: undefined, a function of ours that was never called.
    if (typeof value !== 'object') return { opaque: typeof value, repr: String(value) }
    return { dict: pairs(Object.entries(value)) }
  }
  const recorded = ({ symbol, from, by, given, keywords, done }) => {
    const deeds = done.map(([name, ...things]) => [name, ...leaves(things)])
    if (symbol !== undefined) return { symbol, done: deeds }
    const named = keywords instanceof Map ? [...keywords] : Object.entries(keywords ?? {})
    return {
      reduced: leaf(from),
      by,
      arguments: leaves(given),
      ...(named.length > 0 && { keywords: pairs(named) }),
      ...(deeds.length > 0 && { done: deeds }),
    }
  }

  const value = leaf(root)
  const objects = []
  for (let next = 0; next < found.length; next += 1) objects.push(object(found[next]))
  return { value, objects }
}
