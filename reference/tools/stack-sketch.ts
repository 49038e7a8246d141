import { isAtLeast, type PythonVersion } from '../codecs/python-version.ts'
import type { Argument } from '../opcodes/arguments.ts'
import { type OpcodeName, opcodes, type StackItem } from '../opcodes/opcodes.ts'
import { argumentRepr } from './argument-repr.ts'
import { memoIndexOf } from './genops.ts'
import { IndexTable } from './index-table.ts'
import { codeOfItem, ItemStack, itemOfCode } from './item-stack.ts'

/** What is wrong with an instruction where it stands. */
export interface Complaint {
  /**
   * - `no-mark`: it closes a mark and none is open
   * - `mark-lost`: it closes a mark that another instruction took for a value
   * - `memo-redefined`, `memo-undefined`: a memo entry is stored twice, or fetched before stored
   * - `nothing-to-store`, `mark-stored`: there is nothing, or a mark, to put into the memo
   * - `underflow`: it takes more from the stack than there is
   * - `leftovers`: it is STOP, and the stack is not empty afterwards
   */
  readonly problem:
    | 'no-mark'
    | 'mark-lost'
    | 'memo-redefined'
    | 'memo-undefined'
    | 'nothing-to-store'
    | 'mark-stored'
    | 'underflow'
    | 'leftovers'
  /** In the words of `pickletools`, where it has any. */
  readonly message: string
}

/** What one instruction did to the stack. */
export interface Step {
  /** What is said behind the instruction: which mark it closed, which entry it stored. */
  readonly remark: string | undefined
  readonly complaint: Complaint | undefined
}

/** An instruction as far as the sketch looks at it: of the argument at a memo index alone. */
export interface SketchedInstruction {
  readonly opcode: OpcodeName
  readonly argument: Argument
  readonly offset: number
}

/** A memo key in a message; MEMOIZE has none. */
const keyRepr = (argument: Argument): string => argumentRepr('PUT', argument, '3.14')

const puts: ReadonlySet<OpcodeName> = new Set(['PUT', 'BINPUT', 'LONG_BINPUT', 'MEMOIZE'])
const gets: ReadonlySet<OpcodeName> = new Set(['GET', 'BINGET', 'LONG_BINGET'])

/**
 * The stack and the memo of the machine as `pickletools.dis` follows them: by types alone.
 *
 * After a complaint it goes on with its best guess.
 *
 * @clause OPT-23
 */
export class StackSketch {
  readonly #python: PythonVersion
  readonly #stack = new ItemStack()
  readonly #marks: number[] = []
  readonly #memo: IndexTable

  /** `memo` is what a sketch before has left in it, by the codes of items. */
  constructor(python: PythonVersion, memo = new IndexTable()) {
    this.#python = python
    this.#memo = memo
  }

  /** How many marks are open. */
  get depth(): number {
    return this.#marks.length
  }

  /** Follows one instruction. */
  step({ opcode, argument, offset }: SketchedInstruction): Step {
    const { pops, pushes }: { pops: readonly StackItem[]; pushes: readonly StackItem[] } =
      opcodes[opcode]
    let remark: string | undefined
    let complaint: Complaint | undefined
    let wanted = pops.length
    let pushed = pushes

    const below = pops.indexOf('mark')
    if (below !== -1 || (opcode === 'POP' && this.#stack.top === 'mark')) {
      const markAt = this.#marks.pop()
      if (markAt === undefined) {
        complaint = { problem: 'no-mark', message: 'no MARK exists on stack' }
        if (!isAtLeast(this.#python, '3.14')) remark = complaint.message
      } else {
        remark = `(MARK at ${markAt})`
        const at = this.#stack.lastIndexOf('mark')
        if (at === -1) complaint = { problem: 'mark-lost', message: 'list index out of range' }
        this.#stack.cutTo(at)
      }
      wanted = Math.max(below, 0)
    }

    if (puts.has(opcode)) {
      if (opcode === 'MEMOIZE') remark = `(as ${this.#memo.size})`
      complaint = this.#store(argument)
    } else if (gets.has(opcode)) {
      const entry = this.#memo.get(memoIndexOf(argument))
      if (entry === undefined) {
        const message = `memo key ${keyRepr(argument)} has never been stored into`
        complaint = { problem: 'memo-undefined', message }
      } else pushed = [itemOfCode(entry)]
    }

    const shortage = this.#take(wanted)
    complaint ??= shortage
    if (pushed.includes('mark')) this.#marks.push(offset)
    for (const item of pushed) this.#stack.push(item)
    if (opcode === 'STOP' && this.#stack.length > 0) {
      const message = `stack not empty after STOP: [${this.#stack.toArray().join(', ')}]`
      complaint ??= { problem: 'leftovers', message }
    }
    return { remark, complaint }
  }

  #store(argument: Argument): Complaint | undefined {
    const index = argument.kind === 'none' ? this.#memo.size : memoIndexOf(argument)
    const { top } = this.#stack
    if (this.#memo.has(index) && !isAtLeast(this.#python, '3.14')) {
      return { problem: 'memo-redefined', message: `memo key ${keyRepr(argument)} already defined` }
    }
    if (top === undefined) {
      return { problem: 'nothing-to-store', message: "stack is empty -- can't store into memo" }
    }
    if (top === 'mark') {
      return { problem: 'mark-stored', message: "can't store markobject in the memo" }
    }
    this.#memo.set(index, codeOfItem(top))
    return undefined
  }

  #take(wanted: number): Complaint | undefined {
    const found = this.#stack.length
    this.#stack.cutTo(found - wanted)
    if (found >= wanted) return undefined
    const message = `tries to pop ${wanted} items from stack with only ${found} items`
    return { problem: 'underflow', message }
  }
}
