import { expect, test } from 'vitest'
import { Picklers } from '../fixtures/picklers.ts'
import { bytes } from '../values/build.ts'

const payload = new Uint8Array(65536).fill(0x78)

// Measured on CPython 3.8 to 3.13 and PyPy 7.3.11.
test.each([
  ['cpython-3.8-c', true, ['bytes 800442', 'bytes', 'bytes 2e']],
  ['cpython-3.13-c', true, ['bytes 800442', 'bytes', 'bytes 2e']],
  ['pypy-3.9', true, ['bytes 8004', 'bytes 42', 'bytes', 'bytes 2e']],
  ['pypy-3.9', false, ['bytes 8004', 'bytes 42', 'bytes', 'bytes 942e']],
  ['cpython-3.13-c', false, ['bytes 800442', 'bytes', 'bytes 942e']],
  ['cpython-3.8-py', true, ['bytes 8004', 'memoryview ', 'bytes 42', 'bytes', 'memoryview 2e']],
  ['cpython-3.13-py', true, ['bytes 8004', 'memoryview ', 'bytes 42', 'bytes', 'memoryview 2e']],
  ['cpython-3.13-py', false, ['bytes 8004', 'memoryview ', 'bytes 42', 'bytes', 'memoryview 942e']],
])('FRAME-09: %s, in fast mode: %s, writes bytes of 64 KiB as %j', (name, isFast, chunks) => {
  const picklers = new Picklers(name)
  const pickler = picklers.make({ protocol: 4 })
  pickler.setAttribute('fast', isFast)

  pickler.dump(bytes(payload))

  const written = picklers.file.chunks.map(({ data, typeName }) => {
    const hex = Buffer.from(data).toString('hex').replace('4200000100', '42')
    return data.length === payload.length ? typeName : `${typeName} ${hex}`
  })
  expect(written).toEqual(chunks)
})
