import { expect, test } from 'vitest'
import { hexOfBytes } from '../codecs/hex.ts'
import { Reader } from '../codecs/reader.ts'
import { Writer } from '../codecs/writer.ts'
import { type Layout, readPayload, writePayload } from './layouts.ts'

test.each<[Layout, number[], string]>([
  [{ by: 'nothing' }, [], ''],
  [{ by: 'size', bytes: 2 }, [1, 2], '0102'],
  [{ by: 'lines', lines: 1 }, [0x61], '610a'],
  [{ by: 'lines', lines: 1 }, [], '0a'],
  [{ by: 'lines', lines: 2 }, [0x61, 0x0a, 0x62], '610a620a'],
  [{ by: 'count', prefix: 'uint1' }, [1, 2], '020102'],
  [{ by: 'count', prefix: 'int4' }, [1], '0100000001'],
  [{ by: 'count', prefix: 'uint4' }, [], '00000000'],
  [{ by: 'count', prefix: 'uint8' }, [9], '010000000000000009'],
])('%o: the payload %o is %s, both ways', (layout, payload, hex) => {
  const writer = new Writer()
  writePayload(writer, layout, Uint8Array.from(payload))
  writer.u8(0xee)
  const bytes = writer.take()
  const reader = new Reader(bytes)

  expect(hexOfBytes(bytes)).toBe(`${hex}ee`)
  expect([...readPayload(reader, 'kind', layout)]).toEqual(payload)
  expect(reader.remaining).toBe(1)
})

test.each<[Layout, number[], string]>([
  [{ by: 'nothing' }, [1], '1 bytes, wanted 0'],
  [{ by: 'size', bytes: 4 }, [1], '1 bytes, wanted 4'],
  [{ by: 'lines', lines: 1 }, [0x0a], '2 lines of text, wanted 1'],
  [{ by: 'lines', lines: 2 }, [0x61], '1 lines of text, wanted 2'],
  [
    { by: 'count', prefix: 'uint1' },
    new Array(256).fill(0),
    '256 bytes are too many: wanted 255 at most',
  ],
])('%o: %o cannot be written', (layout, payload, message) => {
  const writing = () => writePayload(new Writer(), layout, Uint8Array.from(payload))

  expect(writing).toThrow(new RangeError(message))
})

test('an error that is not about the bytes passes', () => {
  const broken = new Proxy(new Reader(new Uint8Array(1)), {
    get() {
      throw new SyntaxError('broken')
    },
  })

  expect(() => readPayload(broken, 'kind', { by: 'count', prefix: 'uint1' })).toThrow(SyntaxError)
})
