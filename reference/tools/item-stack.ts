import { type OpcodeName, opcodeNames, opcodes, type StackItem } from '../opcodes/opcodes.ts'

const itemsOf = (opcode: OpcodeName): readonly StackItem[] => [
  ...opcodes[opcode].pops,
  ...opcodes[opcode].pushes,
]

const items: readonly StackItem[] = [...new Set(opcodeNames.flatMap(itemsOf))]
const codes = new Map(items.map((item, code) => [item, code]))

/** The number that stands for a kind of item. */
export function codeOfItem(item: StackItem): number {
  return codes.get(item) as number // every kind is in the instruction set
}

/** The kind of item that a number stands for. */
export function itemOfCode(code: number): StackItem {
  return items[code] as StackItem // it came from above
}

/** A stack of kinds of items: one byte each. */
export class ItemStack {
  #codes = new Uint8Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The kind on top; undefined where there is none. */
  get top(): StackItem | undefined {
    return this.#length === 0 ? undefined : itemOfCode(this.#codes[this.#length - 1] as number)
  }

  push(item: StackItem): void {
    if (this.#length === this.#codes.length) {
      const grown = new Uint8Array(this.#length * 2)
      grown.set(this.#codes)
      this.#codes = grown
    }
    this.#codes[this.#length++] = codeOfItem(item)
  }

  /** Takes away all but the lowest so many. */
  cutTo(length: number): void {
    this.#length = Math.min(Math.max(length, 0), this.#length)
  }

  /** Where the topmost of a kind lies; -1 where there is none. */
  lastIndexOf(item: StackItem): number {
    return this.#length === 0 ? -1 : this.#codes.lastIndexOf(codeOfItem(item), this.#length - 1)
  }

  /** All kinds, the lowest first. */
  toArray(): StackItem[] {
    return Array.from(this.#codes.subarray(0, this.#length), itemOfCode)
  }
}
