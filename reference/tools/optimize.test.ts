import { describe, expect, test } from 'vitest'
import { hexOfBytes } from '../codecs/hex.ts'
import { PickleError } from '../errors.ts'
import { bytesOfParts, recordings } from './fixtures/recorded.ts'
import { optimize } from './optimize.ts'

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
