import { type Draw, happens, weighted } from '../arbitraries/pickles/draw.ts'
import {
  changeByte,
  dropBytes,
  flipBit,
  repeatBytes,
  splice,
  swapBytes,
  truncate,
} from './bytes.ts'
import {
  dropInstruction,
  dropMark,
  insertInstruction,
  repeatInstruction,
  replaceArgument,
  replaceInstruction,
  replaceOpcode,
  swapInstructions,
} from './instructions.ts'
import { mendFrames } from './mend-frames.ts'
import { changeFrame, changeLength, changeMemoIndex } from './numbers.ts'
import type { Damage } from './way.ts'

type Way = {
  readonly weight: number
  readonly damage: Damage
  /** It moves what is in a frame, which is put right again most of the time. */
  readonly moves?: true
}

/** How pickles are spoiled, and how often in each way. */
export const ways: Readonly<Record<string, Way>> = {
  flipBit: { weight: 4, damage: flipBit },
  changeByte: { weight: 4, damage: changeByte },
  swapBytes: { weight: 2, damage: swapBytes },
  truncate: { weight: 2, damage: truncate },
  dropBytes: { weight: 3, damage: dropBytes, moves: true },
  repeatBytes: { weight: 3, damage: repeatBytes, moves: true },
  splice: { weight: 4, damage: splice, moves: true },
  replaceOpcode: { weight: 6, damage: replaceOpcode },
  replaceInstruction: { weight: 8, damage: replaceInstruction, moves: true },
  insertInstruction: { weight: 8, damage: insertInstruction, moves: true },
  dropInstruction: { weight: 6, damage: dropInstruction, moves: true },
  dropMark: { weight: 3, damage: dropMark, moves: true },
  repeatInstruction: { weight: 4, damage: repeatInstruction, moves: true },
  swapInstructions: { weight: 6, damage: swapInstructions },
  replaceArgument: { weight: 6, damage: replaceArgument, moves: true },
  changeLength: { weight: 4, damage: changeLength },
  changeFrame: { weight: 4, damage: changeFrame },
  changeMemoIndex: { weight: 4, damage: changeMemoIndex },
}

const all = Object.values(ways)

/** The pickle spoiled in one way; as it is when it has nothing that could be spoiled so. */
export function damage(pickle: Uint8Array, draw: Draw, other: () => Uint8Array): Uint8Array {
  const way = weighted(draw, all, ({ weight }) => weight)
  if (way === undefined || pickle.length === 0) return pickle
  const spoiled = way.damage(pickle, draw, other) ?? pickle
  return way.moves === true && happens(draw, 75) ? mendFrames(spoiled) : spoiled
}
