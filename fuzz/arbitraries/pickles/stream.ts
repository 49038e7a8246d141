import { isOpcodeName, type OpcodeName, opcodes } from '../../../reference/index.ts'
import { drawArgument } from './arguments.ts'
import { addCall } from './calls.ts'
import { type Draw, happens, oneOf, weighted } from './draw.ts'
import { littleEndian } from './little-endian.ts'
import { StackMachine } from './machine.ts'
import { globalNames } from './names.ts'

/** How often an instruction is taken among those that can be, where that is not once. */
const weights: Partial<Record<OpcodeName, number>> = {
  ...{ MARK: 6, GLOBAL: 3, REDUCE: 6, BUILD: 6, NEWOBJ: 5, NEWOBJ_EX: 8, OBJ: 4, INST: 2 },
  ...{ APPENDS: 8, SETITEMS: 8, ADDITEMS: 8, APPEND: 4, SETITEM: 4, EMPTY_DICT: 2, EMPTY_LIST: 2 },
  ...{ MEMOIZE: 3, BINGET: 3, GET: 2, DICT: 3, NEXT_BUFFER: 4, READONLY_BUFFER: 4, EMPTY_TUPLE: 2 },
}

const names = Object.keys(opcodes).filter(isOpcodeName)

/** Instructions that take a value off the stack or a mark away, by which a pickle comes to its end. */
const closing: readonly OpcodeName[] = [
  ...(['TUPLE', 'LIST', 'DICT', 'FROZENSET', 'APPENDS', 'SETITEMS', 'ADDITEMS', 'OBJ'] as const),
  ...(['POP_MARK', 'TUPLE2', 'TUPLE3', 'APPEND', 'SETITEM', 'REDUCE', 'BUILD', 'NEWOBJ'] as const),
  'POP',
]

/** Puts whose index is as good as the one of a smaller one. */
const indexes = [0, 1, 2, 3, 255, 256, 65535, 65536] as const

const putArguments: Partial<Record<OpcodeName, (index: number) => string>> = {
  PUT: (index) => `${index}\n`,
  BINPUT: (index) => littleEndian(index % 256, 1),
  LONG_BINPUT: (index) => littleEndian(index, 4),
}

const getArguments: Partial<Record<OpcodeName, (index: number) => string>> = {
  GET: (index) => `${index}\n`,
  BINGET: (index) => littleEndian(index, 1),
  LONG_BINGET: (index) => littleEndian(index, 4),
}

/**
 * A pickle that is well-formed by construction: every instruction finds on the stack and in the memo
 * what it takes, and frames hold whole instructions.
 *
 * @param buffers how many out-of-band buffers there are
 */
export function drawStream(draw: Draw, buffers: number): Uint8Array {
  const machine = new StackMachine(buffers)
  const length = 1 + draw(oneOf(draw, [4, 12, 12, 30, 60]))
  while (machine.pieces.length < length) addOne(machine, draw)
  close(machine, draw)
  const text = inFrames(machine.pieces, draw)
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

function addOne(machine: StackMachine, draw: Draw): void {
  if (happens(draw, 8)) return addCall(machine, draw)
  if (happens(draw, 3)) return addStackGlobal(machine, draw)
  if (happens(draw, 2)) return addNewObjEx(machine, draw)
  const possible = names.filter((name) => machine.takes(name))
  const opcode = weighted(draw, possible, (name) => weights[name] ?? 1) ?? 'NONE'
  addInstruction(machine, draw, opcode)
}

function addInstruction(machine: StackMachine, draw: Draw, opcode: OpcodeName): void {
  const put = putArguments[opcode]
  if (put !== undefined) {
    const index = happens(draw, 70) ? machine.memo.size : oneOf(draw, indexes)
    machine.add(opcode, put(index))
    machine.store(opcode === 'BINPUT' ? index % 256 : index)
    return
  }
  if (opcode === 'MEMOIZE') {
    machine.add(opcode, '')
    machine.store(machine.memo.size)
    return
  }
  const get = getArguments[opcode]
  if (get !== undefined) {
    const known = [...machine.memo.keys()].filter((index) => opcode !== 'BINGET' || index < 256)
    const index = known[draw(known.length)]
    if (index !== undefined) machine.fetch(opcode, index, get(index))
    return
  }
  machine.add(opcode, drawArgument(draw, opcode, true))
}

function addStackGlobal(machine: StackMachine, draw: Draw): void {
  const [module, name] = oneOf(draw, globalNames)
  for (const text of [module, name]) {
    machine.add('SHORT_BINUNICODE', littleEndian(text.length, 1) + text)
    if (happens(draw, 30)) addInstruction(machine, draw, 'MEMOIZE')
  }
  machine.add('STACK_GLOBAL', '')
}

/** Makes an instance with keywords. */
function addNewObjEx(machine: StackMachine, draw: Draw): void {
  machine.add('GLOBAL', drawArgument(draw, 'GLOBAL', true))
  machine.add('EMPTY_TUPLE', '')
  machine.add('EMPTY_DICT', '')
  for (let entries = draw(3); entries > 0; entries -= 1) {
    machine.add('SHORT_BINUNICODE', drawArgument(draw, 'SHORT_BINUNICODE', true))
    machine.add('BININT1', drawArgument(draw, 'BININT1', true))
    machine.add('SETITEM', '')
  }
  machine.add('NEWOBJ_EX', '')
}

/** Closes all marks and comes down to one value, and STOP. */
function close(machine: StackMachine, draw: Draw): void {
  while (machine.marks.length > 0 || machine.stack.length > 1) {
    const possible = closing.filter((name) => machine.takes(name))
    machine.add(weighted(draw, possible, (name) => (name === 'POP' ? 1 : 3)) ?? 'POP', '')
  }
  if (machine.stack.length === 0) machine.add('NONE', '')
  machine.pieces.push('.')
}

const protocols = [0, 1, 2, 2, 3, 4, 4, 5, 5] as const

/** The whole text, behind a PROTO most of the time, and cut into frames every third time. */
function inFrames(pieces: readonly string[], draw: Draw): string {
  const protocol = oneOf(draw, protocols)
  const head = happens(draw, 80) ? `\x80${littleEndian(protocol, 1)}` : ''
  if (!happens(draw, 33)) return head + pieces.join('')
  let text = head
  let at = 0
  while (at < pieces.length) {
    const count = 1 + draw(oneOf(draw, [3, 10, 100]))
    const held = pieces.slice(at, at + count).join('')
    text += happens(draw, 85) ? `\x95${littleEndian(held.length, 8)}${held}` : held
    at += count
  }
  return text
}
