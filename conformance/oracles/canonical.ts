import { isOpcodeName, type OpcodeName, opcodes } from '../../reference/index.ts'

/** Assembly whose lines belong together, in order; nested so that nothing is copied. */
type Piece = { readonly lines: (string | Piece)[]; readonly isMark: boolean }

/** One spelling for instructions that differ only in how wide they count, or in text against bytes. */
const spellings: { readonly [N in OpcodeName]?: string } = {
  INT: 'INT',
  BININT: 'INT',
  BININT1: 'INT',
  BININT2: 'INT',
  LONG: 'INT',
  LONG1: 'INT',
  LONG4: 'INT',
  BINFLOAT: 'FLOAT',
  BINSTRING: 'STRING',
  SHORT_BINSTRING: 'STRING',
  UNICODE: 'STR',
  BINUNICODE: 'STR',
  SHORT_BINUNICODE: 'STR',
  BINUNICODE8: 'STR',
  BINBYTES: 'BYTES',
  SHORT_BINBYTES: 'BYTES',
  BINBYTES8: 'BYTES',
  EXT1: 'EXT',
  EXT2: 'EXT',
  EXT4: 'EXT',
}

const whole: { readonly [line: string]: string } = { 'INT 01': 'NEWTRUE', 'INT 00': 'NEWFALSE' }

/** How containers grow: the instruction for one member, and of how many values that member is. */
const growth: { readonly [N in OpcodeName]?: readonly [name: string, values: number] } = {
  APPEND: ['APPEND', 1],
  APPENDS: ['APPEND', 1],
  LIST: ['APPEND', 1],
  SETITEM: ['SETITEM', 2],
  SETITEMS: ['SETITEM', 2],
  DICT: ['SETITEM', 2],
  ADDITEMS: ['ADDITEM', 1],
}

const emptyOf: { readonly [N in OpcodeName]?: string } = { LIST: 'EMPTY_LIST', DICT: 'EMPTY_DICT' }

class Canonical {
  /** The bottom holds what is on no stack: PROTO, and what is dropped from an empty stack. */
  readonly #stack: Piece[] = [{ lines: [], isMark: false }]
  readonly #memo = new Map<string, number>()
  #stored = 0
  readonly #after: string[] = []
  #isStopped = false

  add(line: string): void {
    if (this.#isStopped) {
      this.#after.push(line)
      return
    }
    const space = line.indexOf(' ')
    const name = space === -1 ? line : line.slice(0, space)
    const argument = space === -1 ? '' : line.slice(space + 1)
    if (isOpcodeName(name)) this.#instruction(name, argument, line)
    else this.#push([line])
  }

  /** All lines in order. */
  lines(): string[] {
    const flat: string[] = []
    const pending: (string | Piece)[] = [...this.#stack].reverse()
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (typeof next === 'string') flat.push(next)
      else for (let at = next.lines.length - 1; at >= 0; at -= 1) pending.push(next.lines[at] ?? '')
    }
    return [...flat, ...this.#after]
  }

  #instruction(name: OpcodeName, argument: string, line: string): void {
    switch (name) {
      case 'FRAME':
        return
      case 'PROTO':
        this.#top().lines.push(line)
        return
      case 'STOP':
        this.#isStopped = true
        this.#top().lines.push(line)
        return
      case 'MARK':
        this.#stack.push({ lines: [], isMark: true })
        return
      case 'PUT':
      case 'BINPUT':
      case 'LONG_BINPUT':
        this.#put(argument)
        return
      case 'MEMOIZE':
        this.#put(String(this.#memo.size))
        return
      case 'GET':
      case 'BINGET':
      case 'LONG_BINGET':
        this.#push([`GET ${this.#memo.get(argument) ?? `of ${argument}, not stored`}`])
        return
      case 'POP':
        this.#drop()
        return
      case 'POP_MARK':
        while (this.#stack.length > 1 && !this.#top().isMark) this.#drop()
        this.#drop()
        return
      case 'EMPTY_TUPLE':
        this.#push(['TUPLE of 0'])
        return
      case 'TUPLE':
      case 'TUPLE1':
      case 'TUPLE2':
      case 'TUPLE3':
        this.#tuple(name)
        return
      case 'APPEND':
      case 'SETITEM':
        this.#grow(name, this.#pop(opcodes[name].pops.length - 1))
        return
      case 'APPENDS':
      case 'SETITEMS':
      case 'ADDITEMS':
        this.#grow(name, this.#popToMark())
        return
      case 'LIST':
      case 'DICT': {
        const members = this.#popToMark()
        this.#push([emptyOf[name] ?? name])
        this.#grow(name, members)
        return
      }
      default:
        this.#other(name, argument)
    }
  }

  #top(): Piece {
    return this.#stack.at(-1) ?? { lines: [], isMark: false }
  }

  #push(lines: (string | Piece)[]): void {
    this.#stack.push({ lines, isMark: false })
  }

  /** As many pieces as there are, at most `count`, in the order they were pushed. */
  #pop(count: number): Piece[] {
    return this.#stack.splice(Math.max(1, this.#stack.length - count))
  }

  #popToMark(): Piece[] {
    const mark = this.#stack.findLastIndex((piece) => piece.isMark)
    return mark === -1 ? [] : this.#stack.splice(mark).slice(1)
  }

  #put(index: string): void {
    this.#memo.set(index, this.#stored)
    this.#stored += 1
    this.#top().lines.push('PUT')
  }

  /** What is dropped was done all the same. */
  #drop(): void {
    const dropped = this.#pop(1)
    this.#top().lines.push(...dropped, 'POP')
  }

  #tuple(name: 'TUPLE' | 'TUPLE1' | 'TUPLE2' | 'TUPLE3'): void {
    const items = name === 'TUPLE' ? this.#popToMark() : this.#pop(opcodes[name].pops.length)
    this.#push([...items, `TUPLE of ${items.length}`])
  }

  #grow(name: OpcodeName, pieces: readonly Piece[]): void {
    const [one, values] = growth[name] ?? [name, 1]
    const { lines } = this.#top()
    for (const [at, piece] of pieces.entries()) {
      lines.push(piece)
      if (at % values === values - 1) lines.push(one)
    }
  }

  #other(name: OpcodeName, argument: string): void {
    const { pops } = opcodes[name]
    const isToMark = pops.some((item) => item === 'mark')
    const taken = isToMark ? ['MARK', ...this.#popToMark()] : this.#pop(pops.length)
    const spelled = `${spellings[name] ?? name}${argument === '' ? '' : ` ${argument}`}`
    this.#push([...taken, whole[spelled] ?? spelled])
  }
}

/**
 * Assembly in which only what an implementation is bound to is left: no frames, memo entries
 * numbered in the order they are stored, one spelling for PUT and GET, containers that grow by one
 * member at a time, tuples with their length, and no widths of counts and ints.
 */
export function canonical(lines: readonly string[]): string[] {
  const machine = new Canonical()
  for (const line of lines) machine.add(line)
  return machine.lines()
}
