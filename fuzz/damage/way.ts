import type { Draw } from '../arbitraries/pickles/draw.ts'

/**
 * One way to spoil a pickle of at least one byte.
 *
 * @param other draws another pickle
 * @returns undefined where there is nothing in it to be spoiled in this way
 */
export type Damage = (
  pickle: Uint8Array,
  draw: Draw,
  other: () => Uint8Array,
) => Uint8Array | undefined
