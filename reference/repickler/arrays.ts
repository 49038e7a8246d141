import { codePointsOf, strContent } from '../codecs/str-content.ts'
import { intOf } from '../unpickler/ints.ts'
import { strOf } from '../unpickler/strings.ts'
import { PyBytes, PyFloat, PyInt, PyList, PyStr, PyTuple, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { WordSize } from '../word-size.ts'
import type { Call } from './call.ts'

/** How an item lies in the bytes of an array, lowest byte first. */
type Item = {
  readonly size: number
  /** undefined for what is no item. */
  readonly read: (view: DataView, at: number, world: World) => PyValue | undefined
  readonly write: (view: DataView, at: number, value: PyValue) => void
}

const int = (size: number, isSigned: boolean): Item => ({
  size,
  read: (view, at) => {
    const bits = size === 8 ? view.getBigUint64(at, true) : BigInt(unsignedAt(view, at, size))
    const value = isSigned ? BigInt.asIntN(size * 8, bits) : bits
    return Number.isSafeInteger(Number(value)) ? Number(value) : new PyInt(value)
  },
  write: (view, at, value) => {
    let rest = BigInt(intOf(value) ?? 0)
    for (let index = 0; index < size; index++, rest >>= 8n) {
      view.setUint8(at + index, Number(rest & 0xffn))
    }
  },
})

function unsignedAt(view: DataView, at: number, size: number): number {
  let value = 0
  for (let index = size - 1; index >= 0; index--) value = value * 0x100 + view.getUint8(at + index)
  return value
}

const numberOf = (value: PyValue): number =>
  value instanceof PyFloat ? value.value : Number(intOf(value) ?? 0)

const float: Item = {
  size: 4,
  read: (view, at) => new PyFloat(view.getFloat32(at, true)),
  write: (view, at, value) => view.setFloat32(at, numberOf(value), true),
}
const double: Item = {
  size: 8,
  read: (view, at) => new PyFloat(view.getFloat64(at, true)),
  write: (view, at, value) => view.setFloat64(at, numberOf(value), true),
}
const character: Item = {
  size: 4,
  read: (view, at, world) => {
    const code = view.getUint32(at, true)
    return code > 0x10ffff ? undefined : strOf(world, strContent([code]))
  },
  write: (view, at, value) => {
    const [code = 0] = value instanceof PyStr ? codePointsOf(value.content) : []
    view.setUint32(at, code, true)
  },
}

/** The formats that a machine of today writes, by the number that pickles have for them. */
const formats: readonly (readonly [number: number, item: Item])[] = [
  [0, int(1, false)],
  [1, int(1, true)],
  [2, int(2, false)],
  [4, int(2, true)],
  [6, int(4, false)],
  [8, int(4, true)],
  [10, int(8, false)],
  [12, int(8, true)],
  [14, float],
  [16, double],
  [20, character],
]

const formatOf = (number: number | undefined): (typeof formats)[number] | undefined =>
  formats.find(([one]) => one === number)

/** The number of the format of each type code; `l` and `L` are those of a word of 64 bits. */
const formatOfCode: Readonly<Record<string, number>> = {
  ...{ B: 0, b: 1, H: 2, h: 4, I: 6, i: 8, L: 10, Q: 10, l: 12, q: 12, f: 14, d: 16, u: 20, w: 20 },
}

/**
 * The call that makes an `array.array` anew: of its items up to protocol 2, of their bytes from then
 * on. undefined where the one does not lead to the other.
 */
export function arrayCall(
  world: World,
  { callable, args: { items: given } }: Call,
  protocol: number,
  wordSize: WordSize,
): Call | undefined {
  const isFromBytes = callable === world.known('array:_array_reconstructor')
  if (isFromBytes) {
    const [cls = null, code = null, number = null, data = null] = given
    if (!(data instanceof PyBytes)) return undefined
    if (protocol >= 3) {
      const copy = new PyBytes(data.data.slice())
      return { callable, args: new PyTuple([cls, code, number, copy]) }
    }
    const items = itemsOf(world, Number(intOf(number)), data.data)
    return items && { callable: cls, args: new PyTuple([code, new PyList(items)]) }
  }
  const [code = null, list = null] = given
  if (!(list instanceof PyList)) return undefined
  if (protocol < 3) return { callable, args: new PyTuple([code, new PyList([...list.items])]) }
  if (!(code instanceof PyStr)) return undefined
  const format = formatOf(formatNumber(String(code.content), wordSize))
  if (format === undefined) return undefined
  const [number, item] = format
  const args = new PyTuple([callable, code, number, new PyBytes(bytesOf(item, list.items))])
  return { callable: world.known('array:_array_reconstructor'), args }
}

function formatNumber(code: string, wordSize: WordSize): number | undefined {
  const number = formatOfCode[code]
  const isLong = code === 'l' || code === 'L'
  return isLong && wordSize === 32 ? { l: 8, L: 6 }[code] : number
}

function itemsOf(world: World, number: number, data: Uint8Array): PyValue[] | undefined {
  const [, item] = formatOf(number) ?? []
  if (item === undefined || data.length % item.size !== 0) return undefined
  const view = new DataView(data.buffer, data.byteOffset, data.length)
  const items: PyValue[] = []
  for (let at = 0; at < data.length; at += item.size) {
    const value = item.read(view, at, world)
    if (value === undefined) return undefined
    items.push(value)
  }
  return items
}

function bytesOf(item: Item, items: readonly PyValue[]): Uint8Array {
  const data = new Uint8Array(items.length * item.size)
  const view = new DataView(data.buffer)
  items.forEach((value, at) => {
    item.write(view, at * item.size, value)
  })
  return data
}
