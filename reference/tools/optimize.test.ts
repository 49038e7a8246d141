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
