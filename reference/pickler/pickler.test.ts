import { expect, test } from 'vitest'
import { Picklers } from '../fixtures/picklers.ts'
import { list } from '../values/build.ts'
import { callValue } from '../values/call.ts'
import { PyBuffer } from '../values/value.ts'

/** A pickler of protocol 5 of a subclass, the module it pickles things of, and its file. */
function subject(name: string) {
  const picklers = new Picklers(name, { attributes: {} })
  return { sm: picklers.sm, file: picklers.file, pickler: picklers.make({ protocol: 5 }) }
}

test('MEMO-09: a dump out of a hook is refused by the accelerated engine', () => {
  const { pickler, sm } = subject('cpython-3.14-c')
  const dumps = sm.lambda(() => {
    pickler.dump(1)
    return null
  })
  pickler.setClassAttribute('persistent_id', dumps)

  expect(() => pickler.dump(2)).toThrow(expect.objectContaining({ type: 'SystemError' }))
})

test('the persistent_id that a pickler has of its own gives None', () => {
  const { pickler, sm } = subject('cpython-3.14-c')

  expect(callValue(sm.world, pickler.getAttribute('persistent_id'), [1])).toBe(null)
})

test.each([
  ['pypy-3.9', 'AssertionError'],
  ['cpython-3.9-py', 'no error'],
])('PYPY-02: two read-only buffers over the same bytes, as %s: %s', (name, outcome) => {
  const bytes = Uint8Array.of(97, 98)
  const { file, pickler } = subject(name)
  const value = list(new PyBuffer(bytes, true, true), new PyBuffer(bytes, true, true))

  if (outcome === 'no error') {
    pickler.dump(value)
    expect(file.chunks.length).toBeGreaterThan(0)
  } else expect(() => pickler.dump(value)).toThrow(expect.objectContaining({ type: outcome }))
})

// Measured on CPython 3.13.0 of 64 bits and on 3.14.2 compiled to WebAssembly, of 32.
test.each([
  ...[64, 32].flatMap((wordSize) => [
    [wordSize, 2 ** (wordSize - 1), 'OverflowError'] as const,
    [wordSize, -(2 ** (wordSize - 1)) * 1.5, 'OverflowError'] as const,
    [wordSize, -(2 ** (wordSize - 1)), undefined] as const,
    [wordSize, 2 ** 31 - 1, 'ValueError'] as const,
  ]),
  [64, 2 ** 31, 'ValueError'],
] as const)(
  'PROTO-03: with words of %d bits, protocol=%d comes to %s',
  (wordSize, number, type) => {
    const picklers = new Picklers('cpython-3.13.0-c')
    const make = () =>
      picklers.make({ protocol: BigInt(number), wordSize: wordSize === 32 ? 32 : 64 })

    if (type === undefined) expect(make).not.toThrow()
    else expect(make).toThrow(expect.objectContaining({ type }))
  },
)

test('PROTO-03: words have 64 bits unless others are asked for', () => {
  const picklers = new Picklers('cpython-3.13.0-c')
  const refused = (type: string) => expect.objectContaining({ type })

  expect(() => picklers.make({ protocol: 2n ** 63n })).toThrow(refused('OverflowError'))
  expect(() => picklers.make({ protocol: 2n ** 63n - 1n })).toThrow(refused('ValueError'))
})

test.each([
  [32, 2n ** 31n, 'OverflowError'],
  [32, 2n ** 31n - 1n, undefined],
  [64, 2n ** 31n, undefined],
  [64, 2n ** 63n, 'OverflowError'],
] as const)('FAST-03: with words of %d bits, fast=%d comes to %s', (wordSize, fast, type) => {
  const pickler = new Picklers('cpython-3.13.0-c').make({ wordSize })
  const set = () => pickler.setAttribute('fast', fast)

  if (type === undefined) expect(set).not.toThrow()
  else expect(set).toThrow(expect.objectContaining({ type }))
})

// Measured on CPython 3.8 and 3.13, and on PyPy 7.3.11.
test.each([
  ['cpython-3.8-c', 'PicklingError'],
  ['cpython-3.13-c', 'PicklingError'],
  ['cpython-3.8-py', 'BufferError'],
  ['cpython-3.13-py', 'BufferError'],
  ['pypy-3.9', 'PicklingError'],
])('OOB-07: a buffer with gaps, as %s: %s', (name, type) => {
  const { pickler } = subject(name)
  const message =
    type === 'BufferError'
      ? 'cannot extract raw buffer from non-contiguous buffer'
      : 'PickleBuffer can not be pickled when pointing to a non-contiguous buffer'

  expect(() => pickler.dump(new PyBuffer(Uint8Array.of(97, 98), false, false))).toThrow(
    expect.objectContaining({ type, message }),
  )
})
