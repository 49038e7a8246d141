import { type OpcodeName, opcodes } from '../../../reference/index.ts'

/** What lies on the stack, as far as the next instruction depends on it. */
export type Item = {
  readonly kind: string
  /** It can be a key or a member. */
  readonly isHashable: boolean
}

const hashable: ReadonlySet<string> = new Set([
  ...['None', 'bool', 'bytes', 'bytes_or_str', 'float', 'frozenset', 'int', 'int_or_bool', 'str'],
  ...['any', 'class'],
])

/** What an instruction leaves behind is called by what it is good for. */
const kindsAfter: Partial<Record<OpcodeName, string>> = {
  ...{ GLOBAL: 'class', STACK_GLOBAL: 'class', PERSID: 'persistent', BINPERSID: 'persistent' },
}

/**
 * The machine that a pickle is made for: stack, marks, memo and buffers, followed by kinds alone. It
 * says which instructions can come next, and what comes of them.
 */
export class StackMachine {
  /** The instructions, all their bytes as text of one character a byte. */
  readonly pieces: string[] = []
  readonly memo = new Map<number, Item>()
  stack: Item[] = []
  marks: number[] = []
  buffers: number

  constructor(buffers: number) {
    this.buffers = buffers
  }

  /** Where the innermost mark lies, below which nothing is reached. */
  get fence(): number {
    return this.marks.at(-1) ?? 0
  }

  /** The k-th item from the top, from 1, above the innermost mark. */
  top(k = 1): Item | undefined {
    const at = this.stack.length - k
    return at < this.fence ? undefined : this.stack[at]
  }

  /** Whether all items above the innermost mark, of which there is one, are such. */
  everyOpen(isSuch: (item: Item, at: number) => boolean): boolean {
    if (this.marks.length === 0) return false
    for (let at = this.fence; at < this.stack.length; at += 1) {
      const item = this.stack[at]
      if (item === undefined || !isSuch(item, at - this.fence)) return false
    }
    return true
  }

  /** Whether the instruction finds what it takes. */
  takes(opcode: OpcodeName): boolean {
    const wanted = required[opcode]
    return wanted === undefined ? this.#finds(opcode) : wanted(this)
  }

  #finds(opcode: OpcodeName): boolean {
    const { pops }: { readonly pops: readonly string[] } = opcodes[opcode]
    if (pops.length === 0) return true
    const fromMark = pops.indexOf('mark')
    if (fromMark === -1) return this.#fits(pops, pops.length, this.stack.length, this.fence)
    const mark = this.marks.at(-1)
    return mark !== undefined && this.#fits(pops, fromMark, mark, this.marks.at(-2) ?? 0)
  }

  /** Whether the items below a place are of these kinds; symbols and what comes of them take everything. */
  #fits(kinds: readonly string[], count: number, end: number, fence: number): boolean {
    if (end - count < fence) return false
    for (let at = 0; at < count; at += 1) {
      const item = this.stack[end - count + at]
      if (kinds[at] !== 'any' && kinds[at] !== item?.kind && !isOpen(item)) return false
    }
    return true
  }

  /** Adds an instruction that is taken. */
  add(opcode: OpcodeName, argument: string): void {
    this.pieces.push(String.fromCharCode(opcodes[opcode].code) + argument)
    if (opcode === 'MARK') this.marks.push(this.stack.length)
    else if (opcode === 'POP' && this.top() === undefined) this.marks.pop()
    else if (opcode === 'DUP') this.stack.push(...this.stack.slice(-1))
    else this.#apply(opcode)
    if (opcode === 'NEXT_BUFFER') this.buffers -= 1
  }

  #apply(opcode: OpcodeName): void {
    const {
      pops,
      pushes,
    }: { readonly pops: readonly string[]; readonly pushes: readonly string[] } = opcodes[opcode]
    if (opcode === 'MEMOIZE') return
    let taken: readonly Item[] = []
    const fromMark = pops.indexOf('mark')
    if (fromMark !== -1) taken = this.stack.splice(this.marks.pop() ?? 0)
    const below = fromMark === -1 ? pops.length : fromMark
    if (below > 0) taken = [...this.stack.splice(-below), ...taken]
    for (const pushed of pushes) {
      const kind = kindsAfter[opcode] ?? pushed
      const isHashable =
        kind === 'tuple' ? taken.every((item) => item.isHashable) : hashable.has(kind)
      const isSame = opcode === 'BUILD' || (pops[0] === pushed && pushed !== 'any')
      this.stack.push((isSame ? taken[0] : undefined) ?? { kind, isHashable })
    }
  }

  /** Adds instructions as they are, which leave one item behind. */
  addWhole(text: string, item: Item): void {
    this.pieces.push(text)
    this.stack.push(item)
  }

  /** Puts the topmost item into the memo. */
  store(index: number): void {
    const top = this.stack.at(-1)
    if (top !== undefined) this.memo.set(index, top)
  }

  /** Adds an instruction that fetches an entry of the memo. */
  fetch(opcode: OpcodeName, index: number, argument: string): void {
    this.add(opcode, argument)
    const found = this.memo.get(index)
    if (found !== undefined) this.stack.splice(-1, 1, found)
  }
}

const isOpen = (item: Item | undefined): boolean => item?.kind === 'any'
const isClass = (item: Item | undefined): boolean => item?.kind === 'class'
const isCallable = (item: Item | undefined): boolean => isClass(item) || isOpen(item)
const isTuple = (item: Item | undefined): boolean => item?.kind === 'tuple'
const isHashable = (item: Item): boolean => item.isHashable

const arePairs = (machine: StackMachine): boolean =>
  (machine.stack.length - machine.fence) % 2 === 0 &&
  machine.everyOpen((item, at) => at % 2 === 1 || item.isHashable)

const hasTop = (machine: StackMachine): boolean => machine.top() !== undefined
const hasMemo = ({ memo }: StackMachine): boolean => memo.size > 0
const never = (): boolean => false

/** What instructions take that is more than their row says. */
const required: Partial<Record<OpcodeName, (machine: StackMachine) => boolean>> = {
  // Where they stand is said elsewhere.
  ...{ STOP: never, PROTO: never, FRAME: never, STACK_GLOBAL: never },
  // No extension is registered.
  ...{ EXT1: never, EXT2: never, EXT4: never },
  ...{ PUT: hasTop, BINPUT: hasTop, LONG_BINPUT: hasTop },
  ...{ GET: hasMemo, BINGET: hasMemo, LONG_BINGET: hasMemo },
  NEXT_BUFFER: ({ buffers }) => buffers > 0,
  POP: (machine) => hasTop(machine) || machine.marks.length > 0,
  READONLY_BUFFER: (machine) => /^(?:buffer|bytes|bytearray)$/.test(machine.top()?.kind ?? ''),
  REDUCE: (machine) => isCallable(machine.top(2)) && isTuple(machine.top()),
  NEWOBJ: (machine) => isClass(machine.top(2)) && isTuple(machine.top()),
  NEWOBJ_EX: (machine) =>
    isClass(machine.top(3)) && isTuple(machine.top(2)) && machine.top()?.kind === 'dict',
  BUILD: (machine) => isCallable(machine.top(2)),
  OBJ: ({ fence, marks, stack }) => marks.length > 0 && isClass(stack[fence]),
  SETITEM: (machine) => {
    const target = machine.top(3)
    return (target?.kind === 'dict' || isOpen(target)) && machine.top(2)?.isHashable === true
  },
  DICT: arePairs,
  FROZENSET: (machine) => machine.everyOpen(isHashable),
  SETITEMS: (machine) => isBelow(machine, 'dict') && arePairs(machine),
  APPENDS: (machine) => isBelow(machine, 'list'),
  ADDITEMS: (machine) => isBelow(machine, 'set') && machine.everyOpen(isHashable),
}

/** Whether below the innermost mark lies what is filled. */
function isBelow({ marks, stack }: StackMachine, kind: string): boolean {
  const mark = marks.at(-1)
  if (mark === undefined || mark <= (marks.at(-2) ?? 0)) return false
  return stack[mark - 1]?.kind === kind || isOpen(stack[mark - 1])
}
