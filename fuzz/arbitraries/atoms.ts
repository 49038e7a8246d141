import { type Arbitrary, constant, constantFrom, integer, tuple } from 'fast-check'
import type { Json } from '../json.ts'
import type { Features } from './features.ts'
import { weighted, when } from './weighted.ts'

/** Where the encoding of an int changes: BININT1, BININT2, BININT, LONG1, the sign bit of a byte. */
const intBounds = [0n, 128n, 255n, 256n, 32768n, 65535n, 65536n, 2n ** 31n, 2n ** 32n]

/** Where the two's complement grows by a byte, and the length no longer fits into one. */
const hugeBounds = [2n ** 53n, 2n ** 63n, 2n ** 64n, 2n ** 127n, 2n ** 2032n, 2n ** 2039n]

function around(bounds: readonly bigint[]): Json[] {
  const ints = bounds.flatMap((bound) => [-1n, 0n, 1n].flatMap((d) => [bound + d, -bound + d]))
  return [...new Set(ints)].map((int) =>
    int >= Number.MIN_SAFE_INTEGER && int <= Number.MAX_SAFE_INTEGER
      ? Number(int)
      : { int: `${int}` },
  )
}

const boundaryInts: Arbitrary<Json> = constantFrom(...around(intBounds))
const hugeInts: Arbitrary<Json> = constantFrom(...around(hugeBounds))

const floats = [
  '0000000000000000', // 0.0
  '8000000000000000', // -0.0
  '3ff0000000000000', // 1.0
  'bff0000000000000',
  '3fb999999999999a', // 0.1
  '4341c37937e08000', // 1e16, where repr changes to an exponent
  '4341c37937e07fff',
  '3f1a36e2eb1c432d', // 0.0001
  '3ee4f8b588e368f1', // 1e-05
  '0000000000000001', // the least
  '7fefffffffffffff', // the greatest
  '7ff0000000000000', // inf
  'fff0000000000000',
  '7ff8000000000000', // nan
  'fff8000000000001', // nan, another payload
  '7ff8dead0000beef',
]

const plainTexts = ['', 'a', 'x', 'ab', 'abc', 'scenario', 'A', 'key']

const oddTexts: readonly Json[] = [
  'é',
  'ÿ',
  'Ā',
  '€',
  'a\nb',
  'a\\b',
  '\\',
  '\r',
  '\0',
  '\u001a',
  '\u2028',
  '\u{1f600}',
  'é\\\u0100\n',
  { str: [0xd800] },
  { str: ['a', 0xdc00] },
  { str: [0xd83d, 0xde00] },
  { str: ['\u{1f600}', 0xdfff] },
]

const hexTexts = ['', '00', '61', '6162', '80', 'ff', 'c3a9', '0a', '5c', '27', '2722', '610a5c27']

/** Lengths at which a count takes more bytes; a few are long enough for a frame of their own. */
const lengths = weighted(
  [6, () => integer({ min: 254, max: 257 })],
  [1, () => integer({ min: 65534, max: 65537 })],
)

/** An int that fits one of the short encodings, or is next to where it stops fitting. */
export function ints(features: Features): Arbitrary<Json> {
  return weighted<Json>(
    [4, () => integer({ min: -6, max: 10 })],
    [when(features.has('boundaryInts'), 4), () => boundaryInts],
    [when(features.has('hugeInts'), 2), () => hugeInts],
  )
}

/** A float, as the bits of a double. */
export const someFloats: Arbitrary<Json> = constantFrom(...floats).map((float) => ({ float }))

/** A str: short, of characters that some encoding writes in its own way, or around 256 and 65536 long. */
export function strs(features: Features): Arbitrary<Json> {
  return weighted<Json>(
    [5, constantFrom<Json[]>(...plainTexts)],
    [when(features.has('oddStrs'), 4), () => constantFrom(...oddTexts)],
    [
      when(features.has('longStrs'), 2),
      () =>
        tuple(lengths, constantFrom('a', 'é', '€', '\n')).map(([fill, of]) => ({
          str: [{ fill, of }],
        })),
    ],
  )
}

/** Hexadecimal digits, or a fill around 256 or 65536 bytes long. */
export function byteContents(features: Features): Arbitrary<Json> {
  return weighted<Json>(
    [6, constantFrom<Json[]>(...hexTexts)],
    [
      when(features.has('longBytes'), 2),
      () =>
        tuple(constantFrom([], ['610a']), lengths, constantFrom('61', '80', 'ff')).map(
          ([before, fill, of]) => [...before, { fill, of }],
        ),
    ],
  )
}

/** None, a bool, Ellipsis, NotImplemented. */
export const singletons: Arbitrary<Json> = weighted<Json>(
  [4, constant(null)],
  [2, constantFrom(true, false)],
  [1, constantFrom({ singleton: 'Ellipsis' }, { singleton: 'NotImplemented' })],
)

/** A value without parts that the mask allows. */
export function atoms(features: Features): Arbitrary<Json> {
  return weighted<Json>(
    [5, () => ints(features)],
    [4, () => strs(features)],
    [3, singletons],
    [when(features.has('floats'), 2), () => someFloats],
    [when(features.has('bytes'), 2), () => byteContents(features).map((bytes) => ({ bytes }))],
    [
      when(features.has('bytearrays'), 2),
      () => byteContents(features).map((bytearray) => ({ bytearray })),
    ],
  )
}
