import {
  type DrawnPickle,
  drawPickle,
  pickleGeneratorVersion,
} from '../arbitraries/pickles/pickle.ts'
import { below, randomSource } from '../random-source.ts'

/** One pickle of a session: a function of the version of the generator, the seed and the index. */
export type LoadKey = { readonly seed: number; readonly index: number }

/** Apart from what scenarios are drawn from. */
const lane = 3

/** The pickle of a case, with its buffers. */
export function pickleAt({ seed, index }: LoadKey): DrawnPickle {
  return drawPickle(below(randomSource(pickleGeneratorVersion, lane, seed, index)))
}

/** A case in a word, for the command line: `load`, version, seed, index. */
export function formatLoadToken({ seed, index }: LoadKey): string {
  return `load-${pickleGeneratorVersion}-${seed}-${index}`
}

const tokenPattern = /^load-(\d{1,9})-(\d{1,10})-(\d{1,10})$/

export function isLoadToken(text: string): boolean {
  return tokenPattern.test(text)
}

/**
 * Reads what `formatLoadToken` gave.
 *
 * @throws {RangeError} for anything else, and for a token of another version of the generator
 */
export function parseLoadToken(text: string): LoadKey {
  const [, version, seed, index] = tokenPattern.exec(text) ?? []
  if (version === undefined) {
    const wanted = formatLoadToken({ seed: 1, index: 0 })
    throw new RangeError(`found ${JSON.stringify(text)}, wanted a token such as ${wanted}`)
  }
  if (Number(version) !== pickleGeneratorVersion) {
    throw new RangeError(
      `the token is of version ${version} of the generator, which is at ${pickleGeneratorVersion}: its pickle is known no more`,
    )
  }
  return { seed: Number(seed), index: Number(index) }
}
