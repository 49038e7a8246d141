import { isOpcodeName, opcodes } from '../../reference/index.ts'
import { drawArgument } from '../arbitraries/pickles/arguments.ts'
import type { Draw } from '../arbitraries/pickles/draw.ts'
import { type Bounds, boundsOf } from './instruction-bounds.ts'
import { bytesOfText, replaceBytes } from './replace.ts'
import type { Damage } from './way.ts'

const names = Object.keys(opcodes).filter(isOpcodeName)

/** One of the instructions that a condition holds for. */
function pick(
  pickle: Uint8Array,
  draw: Draw,
  isMeant: (bounds: Bounds) => boolean = () => true,
): Bounds | undefined {
  const meant = boundsOf(pickle).filter(isMeant)
  return meant.length === 0 ? undefined : meant[draw(meant.length)]
}

/** A random instruction, in bytes. */
function drawInstruction(draw: Draw): Uint8Array {
  const name = names[draw(names.length)] ?? 'NONE'
  return bytesOfText(String.fromCharCode(opcodes[name].code) + drawArgument(draw, name))
}

/** An opcode is another one, its argument left as it is. */
export const replaceOpcode: Damage = (pickle, draw) => {
  const found = pick(pickle, draw)
  const code = opcodes[names[draw(names.length)] ?? 'NONE'].code
  return found && replaceBytes(pickle, found.start, found.start + 1, [code])
}

/** An instruction is another one. */
export const replaceInstruction: Damage = (pickle, draw) => {
  const found = pick(pickle, draw)
  return found && replaceBytes(pickle, found.start, found.end, drawInstruction(draw))
}

/** There is an instruction too many. */
export const insertInstruction: Damage = (pickle, draw) => {
  const found = pick(pickle, draw)
  return found && replaceBytes(pickle, found.start, found.start, drawInstruction(draw))
}

/** An instruction is missing. */
export const dropInstruction: Damage = (pickle, draw) => {
  const found = pick(pickle, draw)
  return found && replaceBytes(pickle, found.start, found.end, [])
}

/** A mark is missing. */
export const dropMark: Damage = (pickle, draw) => {
  const found = pick(pickle, draw, ({ opcode }) => opcode === 'MARK')
  return found && replaceBytes(pickle, found.start, found.end, [])
}

/** An instruction stands there twice. */
export const repeatInstruction: Damage = (pickle, draw) => {
  const found = pick(pickle, draw)
  return (
    found && replaceBytes(pickle, found.end, found.end, pickle.subarray(found.start, found.end))
  )
}

/** Two instructions that follow each other have changed their places. */
export const swapInstructions: Damage = (pickle, draw) => {
  const bounds = boundsOf(pickle)
  const at = draw(Math.max(1, bounds.length - 1))
  const [one, other] = [bounds[at], bounds[at + 1]]
  if (one === undefined || other === undefined) return undefined
  const first = [...pickle.subarray(one.start, one.end)]
  const second = [...pickle.subarray(other.start, other.end)]
  return replaceBytes(pickle, one.start, other.end, [...second, ...first])
}

/** An argument is one of another kind of instruction. */
export const replaceArgument: Damage = (pickle, draw) => {
  const found = pick(pickle, draw, ({ start, end }) => end > start + 1)
  const name = names[draw(names.length)] ?? 'NONE'
  return (
    found && replaceBytes(pickle, found.start + 1, found.end, bytesOfText(drawArgument(draw, name)))
  )
}
