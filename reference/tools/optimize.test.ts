import { describe, expect, test } from 'vitest'
import { hexOfBytes } from '../codecs/hex.ts'
import { PickleError } from '../errors.ts'
import { bytesOfParts, recordings } from './fixtures/recorded.ts'
import { rawInstructions } from './instructions.ts'
import { OptimizeRewrite, OptimizeScan, optimize } from './optimize.ts'

describe.each(recordings)('pickletools.optimize of $interpreter', ({ python, cases }) => {
  const good = cases.flatMap(({ name, pickle, optimize: { parts } }) =>
    parts === null ? [] : [{ name, pickle, parts }],
  )
  const bad = cases.flatMap(({ name, pickle, optimize: { error } }) =>
    error === null ? [] : [{ name, pickle, type: error[0] }],
  )

  test.each(good)('$name', ({ pickle, parts }) => {
    const optimized = optimize(bytesOfParts(pickle), { python })

    expect(hexOfBytes(optimized)).toBe(hexOfBytes(bytesOfParts(parts)))
  })

  test.each(bad)('$name is refused with $type', ({ pickle, type }) => {
    const optimizing = () => optimize(bytesOfParts(pickle), { python })

    expect(optimizing).toThrow(PickleError)
    expect(optimizing).toThrow(expect.objectContaining({ type }))
  })
})

test('a protocol that is not known is refused in the words of pickletools', () => {
  expect(() => optimize(Uint8Array.of(0x80, 6, 0x4e, 0x2e), { python: '3.13' })).toThrow(
    new PickleError('ValueError', 'pickle protocol must be <= 5'),
  )
})

test('what is given out is never empty', () => {
  const scan = new OptimizeScan()
  const large = Uint8Array.of(0x42, 0, 0, 2, 0, ...new Uint8Array(0x20000))
  const pickle = Uint8Array.of(0x80, 4, ...large, 0x2e)
  for (const instruction of rawInstructions(pickle)) scan.see(instruction)
  const lengths: number[] = []
  const rewrite = new OptimizeRewrite(scan, (bytes) => lengths.push(bytes.length))
  for (const instruction of rawInstructions(pickle)) rewrite.write(instruction)
  rewrite.finish()

  expect(lengths).toEqual([2, large.length, 1])
})

// What pickletools.optimize of 3.13.0 refuses too.
test.each([
  ["INT 'x'", [0x49, 0x78, 0x0a]],
  ["LONG 'x'", [0x4c, 0x78, 0x0a]],
  ["FLOAT 'x'", [0x46, 0x78, 0x0a]],
  ['STRING without quotes', [0x53, 0x78, 0x0a]],
  ['UNICODE with half an escape', [0x56, 0x5c, 0x75, 0x30, 0x0a]],
  ['BINUNICODE that is not UTF-8', [0x58, 1, 0, 0, 0, 0xff]],
  ['BINUNICODE8 that is not UTF-8', [0x8d, 1, 0, 0, 0, 0, 0, 0, 0, 0xff]],
  ['SHORT_BINUNICODE that is not UTF-8', [0x8c, 1, 0xff]],
  ['GLOBAL that is not ASCII', [0x63, 0xff, 0x0a, 0x78, 0x0a]],
  ['PERSID that is not ASCII', [0x50, 0xff, 0x0a]],
])('%s is refused', (_, bytes) => {
  expect(() => optimize(Uint8Array.of(...bytes, 0x2e), { python: '3.13' })).toThrow(PickleError)
})
