import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { profile } from '../profiles.ts'
import { createWorld } from '../values/create-world.ts'
import { repr } from '../values/repr.ts'
import type { PyList } from '../values/value.ts'
import type { WordSize } from '../word-size.ts'
import { BytesReader, type Source } from './source.ts'
import { Unpickler } from './unpickler.ts'
import { plainUnpickler } from './unpickler-class.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

/** A number in little-endian bytes, as text. */
const little = (value: number | bigint, length = 8): string =>
  Array.from({ length }, (_, at) =>
    String.fromCharCode(Number((BigInt(value) >> BigInt(8 * at)) & 0xffn)),
  ).join('')

const frame = (size: number): string => `\x80\x04\x95${little(size)}`

/** The repr of what each load gives, or how it is refused. */
function loads(engine: string, source: Source, count = 1, wordSize: WordSize = 64): string[] {
  const followed = profile(`cpython-${engine}`)
  const world = createWorld(followed.release)
  const unpickler = new Unpickler(world, followed, plainUnpickler, { wordSize }, source)
  return Array.from({ length: count }, () => {
    try {
      return repr(world, unpickler.load())
    } catch (error) {
      if (!(error instanceof PickleError)) throw error
      return `${error.type}: ${error.message}`
    }
  })
}

/** A file that tells what was asked of it. */
class File {
  readonly log: string[] = []
  readonly #bytes: Uint8Array
  position = 0

  constructor(pickle: string) {
    this.#bytes = latin1(pickle)
  }

  read(count: number | bigint): Uint8Array {
    this.log.push(`read ${count}`)
    return this.#take(this.position + Number(count))
  }

  readline(): Uint8Array {
    this.log.push('readline')
    return this.#take(this.#bytes.indexOf(0x0a, this.position) + 1)
  }

  #take(end: number): Uint8Array {
    const start = this.position
    this.position = Math.min(end, this.#bytes.length)
    return this.#bytes.subarray(start, this.position)
  }

  protected rest(): Uint8Array {
    return this.#bytes.subarray(this.position)
  }
}

class PeekingFile extends File {
  peek(): Uint8Array {
    this.log.push('peek')
    return this.rest()
  }
}

class BufferedFile extends PeekingFile {
  readonly #shown: number

  constructor(pickle: string, shown: number) {
    super(pickle)
    this.#shown = shown
  }

  override peek(): Uint8Array {
    return super.peek().subarray(0, this.#shown)
  }
}

const all = ['3.8.18-c', '3.13.0-c', '3.14.2-c', '3.15.0-c', '3.13.0-py', '3.15.0-py']
const ofC = all.slice(0, 4)
const greatest = 2n ** 63n - 1n

// What Python 3.8.18 to 3.13.0 say, and 3.14.2 and 3.15.0rc1 where words have 32 bits or none count.
describe('counts that are too great for C', () => {
  test.each([
    ['BINBYTES8', `\x8e${little(greatest - 33n)}`, 'MemoryError: '],
    ['BINBYTES8', `\x8e${little(greatest - 32n)}`, 'OverflowError: byte string is too large'],
    ['BYTEARRAY8', `\x96${little(greatest)}`, 'MemoryError: '],
    ['BINUNICODE8', `\x8d${little(greatest - 9n)}`, 'UnpicklingError: pickle data was truncated'],
    [
      'BINUNICODE8',
      `\x8d${little(greatest - 8n)}`,
      'UnpicklingError: read would overflow (invalid bytecode)',
    ],
    ['BINSTRING', 'T\xff\xff\xff\x7f', 'UnpicklingError: pickle data was truncated'],
  ])('%s %j', (_, pickle, wanted) => {
    expect(loads('3.13.0-c', latin1(`${pickle}.`))).toEqual([wanted])
  })

  test('on a machine of 32 bits BINSTRING may still have as many as it can count', () => {
    const pickle = latin1('T\xff\xff\xff\x7f.')

    expect(loads('3.14.2-c', pickle, 1, 32)).toEqual([
      'UnpicklingError: read would overflow (invalid bytecode)',
    ])
  })

  // Latitude: what memory holds.
  test.each([
    [0x7fffffff, 'UnpicklingError: pickle data was truncated'],
    [0x80000000, 'MemoryError: '],
  ])('%i bytes', (count, wanted) => {
    expect(loads('3.13.0-c', latin1(`B${little(count, 4)}.`))).toEqual([wanted])
  })
})

// What Python 3.8.18 to 3.15.0rc1 give.
describe('a frame', () => {
  test.each([
    ['ends with bytes', `${frame(5)}C\x03abc.`, "b'abc'"],
    ['ends with a text', `${frame(5)}\x8c\x03abc.`, "'abc'"],
    ['ends with a line', `${frame(4)}I12\n.`, '12'],
    ['ends with an instruction', `${frame(1)}N.`, 'None'],
    ['ends where the size of the next one does', `${frame(9)}\x95${little(2)}N.`, 'None'],
    ['ends with the pickle', `${frame(2)}N.`, 'None'],
    ['ends with bytes and nothing follows', `${frame(3)}C\x01a`, 'EOFError: '],
  ])('%s', (_, pickle, wanted) => {
    for (const engine of all) expect(loads(engine, latin1(pickle))[0], engine).toContain(wanted)
  })

  test('ends in the middle of a line', () => {
    const pickle = latin1(`${frame(3)}I12\n.`)
    const exhausted = 'UnpicklingError: pickle exhausted before end of frame'

    for (const engine of ofC.slice(0, 3)) expect(loads(engine, pickle)).toEqual(['12'])
    for (const engine of all.slice(3)) expect(loads(engine, pickle)).toEqual([exhausted])
  })

  test.each([3, 5])('says that it has %i bytes, and two are there', (size) => {
    const pickle = latin1(`${frame(size)}N.`)

    for (const engine of ofC) {
      expect(loads(engine, pickle)).toEqual(['UnpicklingError: pickle data was truncated'])
    }
    expect(loads('3.13.0-py', pickle)).toEqual(['None'])
    expect(loads('3.15.0-py', pickle)).toEqual(['EOFError: '])
  })
})

// What Python 3.8.18 to 3.15.0rc1 do.
describe('two loads from a file', () => {
  const long = (length: number): string => `X${little(length, 4)}${'a'.repeat(length)}.`
  const some = (length: number): string => `'${'a'.repeat(length)}'`
  const [out, end] = ['EOFError: Ran out of input', 'EOFError: ']

  test.each<[what: string, pickle: string, loaded: readonly string[], log: string, at: number]>([
    [
      'three pickles',
      '\x80\x04N.\x80\x04K\x01.\x80\x04K\x02.',
      ['None', '1'],
      'read 1, read 1, read 1, read 1, read 1, read 1, read 1, read 1, read 1',
      9,
    ],
    [
      'a long text',
      long(0x20000),
      [some(0x20000), out],
      'read 1, read 4, read 131072, read 1, read 1',
      131078,
    ],
    [
      'bytes',
      'C\x05abcde.N.',
      ["b'abcde'", 'None'],
      'read 1, read 1, read 5, read 1, read 1, read 1',
      10,
    ],
    [
      'lines',
      'I1\n.I2\n.I3\n.',
      ['1', '2'],
      'read 1, readline, read 1, read 1, readline, read 1',
      8,
    ],
    [
      'frames',
      `${frame(2)}N.${frame(3)}K\x01.rest`,
      ['None', '1'],
      'read 1, read 1, read 1, read 8, read 2, read 1, read 1, read 1, read 8, read 3',
      27,
    ],
  ])('without a buffer: %s', (_, pickle, loaded, log, at) => {
    for (const engine of all) {
      const file = new File(pickle)
      const isC = engine.endsWith('-c')

      expect(loads(engine, file, 2)).toEqual(loaded.map((one) => (one === out && !isC ? end : one)))
      expect(file.log.join(', ')).toBe(log)
      expect(file.position).toBe(at)
    }
  })

  test('of which the first leaves part of a frame, the second needs what is behind it', () => {
    const pickle = `${frame(3)}N.K\x05.N.`

    for (const engine of ofC) {
      for (const file of [new File(pickle), new PeekingFile(pickle)]) {
        expect(loads(engine, file, 2)).toEqual(['None', '5'])
        expect(file.position).toBe(16)
      }
    }
    for (const engine of all.slice(4)) {
      expect(loads(engine, new File(pickle), 2)).toEqual(['None', 'KeyError: 5'])
    }
  })

  test('with a buffer: what was looked at is loaded, though somebody else read it', () => {
    for (const engine of ofC) {
      const file = new PeekingFile('\x80\x04N.\x80\x04K\x01.\x80\x04K\x02.')
      const followed = profile(`cpython-${engine}`)
      const world = createWorld(followed.release)
      const unpickler = new Unpickler(world, followed, plainUnpickler, {}, file)

      expect(unpickler.load()).toBe(null)
      file.read(2)
      expect(unpickler.load()).toBe(1)
      expect(file.log.join(', ')).toBe('peek, read 4, read 2, read 5')
      expect(file.position).toBe(11)
    }
  })

  test.each<[what: string, pickle: string, loaded: readonly string[], log: string, at: number]>([
    [
      'three pickles',
      '\x80\x04N.\x80\x04K\x01.\x80\x04K\x02.',
      ['None', '1'],
      'peek, read 4, read 5',
      9,
    ],
    ['a long text', long(0x20000), [some(0x20000), out], 'peek, read 131078, peek, read 1', 131078],
    ['bytes', 'C\x05abcde.N.', ["b'abcde'", 'None'], 'peek, read 8, read 2', 10],
    ['lines', 'I1\n.I2\n.I3\n.', ['1', '2'], 'peek, read 4, read 4', 8],
    ['frames', `${frame(2)}N.${frame(3)}K\x01.rest`, ['None', '1'], 'peek, read 13, read 14', 27],
  ])('with a buffer: %s', (_, pickle, loaded, log, at) => {
    for (const engine of ofC) {
      const file = new PeekingFile(pickle)

      expect(loads(engine, file, 2)).toEqual(loaded)
      expect(file.log.join(', ')).toBe(log)
      expect(file.position).toBe(at)
    }
  })
})

// What Python 3.8.18 to 3.15.0rc1 give.
describe('two instructions with the same in them give one object', () => {
  test.each<[what: string, instruction: string, engines: readonly string[]]>([
    ['no bytes', 'C\0', all],
    ['no bytes, counted with four', 'B\0\0\0\0', all],
    ['one byte', 'C\x01a', all.slice(4)],
    ['one byte, counted with four', 'B\x01\0\0\0a', all.slice(4)],
    ['two bytes', 'C\x02ab', []],
    ['no text', 'X\0\0\0\0', all],
    ['a character of latin-1', 'X\x02\0\0\0\xc3\xbf', all],
    ['the first character beyond', 'X\x02\0\0\0\xc4\x80', []],
  ])('%s', (_, instruction, engines) => {
    const isOne = all.filter((engine) => {
      const followed = profile(`cpython-${engine}`)
      const world = createWorld(followed.release)
      const pickle = latin1(`(${instruction}${instruction}l.`)
      const loaded = new Unpickler(world, followed, plainUnpickler, {}, pickle).load()
      const [one, other] = (loaded as PyList).items
      return one === other
    })

    expect(isOne).toEqual(engines)
  })
})

// Measured on CPython 3.8 to 3.15.
// Measured on CPython 3.14.2 and 3.15.0rc1.
test('three loads, of which two are in a frame', () => {
  for (const engine of ofC) {
    const pickle = `${frame(5)}N.K\x05.N.`

    expect(loads(engine, new BytesReader(latin1(pickle)), 3)).toEqual(['None', '5', 'None'])
    const file = new PeekingFile(pickle)
    expect(loads(engine, file, 3)).toEqual(['None', '5', 'None'])
    expect(file.log.join(', ')).toBe('peek, read 13, read 3, read 2')
  }
})

// Measured on CPython 3.8 to 3.15.
test('a file that shows exactly what C wants is read no further', () => {
  const file = new BufferedFile(`X${little(8, 4)}${'a'.repeat(8)}.`, 8)

  expect(loads('3.13.0-c', file)).toEqual(["'aaaaaaaa'"])
  expect(file.log.join(', ')).toBe('peek, read 5, peek, read 8, peek, read 1')
})

describe('a file that shows 128 KiB at once, as C asks it', () => {
  test.each([
    [131_071, ['peek', 'read 5', 'peek', 'read 131072']],
    [131_072, ['peek', 'read 5', 'read 131072', 'peek', 'read 1']],
  ])('for a str of %d bytes: %j', (length, log) => {
    const file = new BufferedFile(`X${little(length, 4)}${'a'.repeat(length)}.`, 131_072)

    expect(loads('3.13.0-c', file)).toEqual([`'${'a'.repeat(length)}'`])
    expect(file.log).toEqual(log)
  })
})
