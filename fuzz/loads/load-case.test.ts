import { expect, test } from 'vitest'
import { expectedLoad } from '../../conformance/index.ts'
import { hexOfBytes, opcodes } from '../../reference/index.ts'
import { drawStream } from '../arbitraries/pickles/stream.ts'
import { damage, ways } from '../damage/damage.ts'
import { boundsOf } from '../damage/instruction-bounds.ts'
import { below, randomSource } from '../random-source.ts'
import { formatLoadToken, isLoadToken, parseLoadToken, pickleAt } from './load-case.ts'

const drawFor = (...numbers: readonly number[]) => below(randomSource(...numbers))

const streams = Array.from({ length: 600 }, (_, index) => drawStream(drawFor(5, index), 2))

test('a case is a function of its seed and index, and its token leads to it', () => {
  const key = { seed: 7, index: 41 }

  expect(pickleAt(key)).toEqual(pickleAt(parseLoadToken(formatLoadToken(key))))
  expect(pickleAt(key)).not.toEqual(pickleAt({ seed: 7, index: 42 }))
  expect(isLoadToken(formatLoadToken(key))).toBe(true)
})

test.each([
  ['3-1-17-3f', /wanted a token such as load-/],
  ['load-99-1-17', /version 99/],
])('%s is no token of a pickle', (text, message) => {
  expect(() => parseLoadToken(text)).toThrow(message)
})

test('streams are whole pickles, and most of them load where every name is a symbol', () => {
  const buffers = ['61', '62']
  const loaded = streams.filter((stream) => {
    const result = expectedLoad(
      { pickle: hexOfBytes(stream), buffers },
      'cpython-3.13.0-c',
      'symbols',
    )
    return 'graph' in result
  })

  for (const stream of streams) expect(boundsOf(stream).at(-1)?.end).toBe(stream.length)
  expect(loaded.length).toBeGreaterThan(streams.length * 0.8)
})

test('streams have every instruction but those of extensions, of which none are registered', () => {
  const met = new Set(streams.flatMap((stream) => boundsOf(stream).map(({ opcode }) => opcode)))

  expect(Object.keys(opcodes).filter((name) => !(met as Set<string>).has(name))).toEqual([
    ...['EXT1', 'EXT2', 'EXT4'],
  ])
})

test.each(Object.entries(ways))('%s leaves another pickle behind', (_, way) => {
  const spoiled = streams.slice(0, 200).filter((stream, index) => {
    const other = (): Uint8Array => streams[index + 1] ?? stream
    const found = way.damage(stream, drawFor(6, index), other)
    return found !== undefined && hexOfBytes(found) !== hexOfBytes(stream)
  })

  expect(spoiled.length).toBeGreaterThan(5)
})

test('what is nothing cannot be damaged', () => {
  const nothing = new Uint8Array(0)

  expect(damage(nothing, drawFor(1), () => nothing)).toBe(nothing)
})

const profiles = ['cpython-3.8-c', 'cpython-3.8-py', 'cpython-3.15-c', 'cpython-3.15-py'] as const

test('a damaged pickle is loaded or refused, whatever it is', () => {
  const results = Array.from({ length: 1000 }, (_, index) => {
    const { pickle, buffers } = pickleAt({ seed: 1, index })
    return expectedLoad(
      { pickle: hexOfBytes(pickle), buffers: (buffers ?? []).map(hexOfBytes) },
      profiles[index % 4] ?? 'documented',
      index % 8 < 4 ? 'symbols' : 'names',
    )
  })

  expect(results.filter((result) => 'graph' in result).length).toBeGreaterThan(100)
  expect(results.filter((result) => 'refused' in result).length).toBeGreaterThan(100)
})
