import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { PyTuple } from '../values/value.ts'
import { atom, content, engines, latin1, load, told, unpicklerOf } from './fixtures/loading.ts'
import { PeekingReader } from './fixtures/peeking-reader.ts'
import { LoadMemo } from './memo.ts'
import { BytesReader, type Reader } from './source.ts'

describe('sources', () => {
  test('C looks ahead where it can, and reads what it has used', () => {
    const file = new PeekingReader(latin1('\x80\x04](K\x01\x8c\x03abcI12\nC\x05hellot\x86.N.'), 3)
    const unpickler = unpicklerOf(file, { profile: 'cpython-3.13-c' })

    expect(unpickler.load()).toBeInstanceOf(PyTuple)
    expect(file.asked).toContain('readline')
    expect(unpickler.load()).toBeNull()
  })

  test('what was only looked at goes before what is read for a long object', () => {
    const file = new PeekingReader(latin1(`C\x0a0123456789.`), 4)

    expect(load(file, { profile: 'cpython-3.13-c' })).toMatchObject({ data: latin1('0123456789') })
  })

  test('a frame longer than what is looked ahead is read as a whole', () => {
    const file = new PeekingReader(latin1('\x80\x04\x95\x03\0\0\0\0\0\0\0K\x07.'), 2)

    expect(load(file, { profile: 'cpython-3.13-c' })).toBe(7)
    expect(file.asked).toContain('read 3')
  })

  test('both engines ask for exactly what they need', () => {
    for (const name of engines) {
      const asked: string[] = []
      const file = new BytesReader(latin1('K\x05J\x01\0\0\0\x86.'))
      const watched: Reader = {
        read: (count) => {
          asked.push(String(count))
          return file.read(count)
        },
        readline: () => file.readline(),
      }

      expect(load(watched, { profile: name })).toBeInstanceOf(PyTuple)
      expect(asked).toEqual(['1', '1', '1', '4', '1', '1'])
    }
  })

  test.each([
    ['a frame in memory', '\x95\x02\0\0\0\0\0\0\0K\x01.', '1'],
    ['a frame beyond the end', '\x95\x09\0\0\0\0\0\0\0K\x01.', '1'],
    ['an argument of four bytes', 'J\x01\0\0\0.', '1'],
    [
      'an argument across the end of a frame',
      '\x95\x02\0\0\0\0\0\0\0J\x01\0\0\0.',
      'UnpicklingError',
    ],
    ['an argument cut short', 'J\x01', 'error'],
    ['a line across the end of a frame', '\x95\x02\0\0\0\0\0\0\0I1\n.', 'UnpicklingError'],
    ['a line behind a frame', '\x95\x01\0\0\0\0\0\0\0I12\n.', '12'],
    ['a line that does not end', 'I12', '!'],
    ['bytes that are not there', 'C\x05ab', 'EOFError'],
    ['bytes of which there are more', '\x95\x02\0\0\0\0\0\0\0C\x02ab.', '98'],
    ['a frame in a frame', '\x95\x09\0\0\0\0\0\0\0\x95\0\0\0\0\0\0\0\0N.', 'null'],
    ['bytes beyond a frame', '\x95\x01\0\0\0\0\0\0\0\x8c\x01a.', 'a'],
  ])('the pure unpickler reads %s', (_, pickle, wanted) => {
    for (const source of [latin1(pickle), new BytesReader(latin1(pickle))]) {
      let found: string
      try {
        const value = load(source, { profile: 'cpython-3.13-py' })
        found = String(content(value))
        if (typeof value === 'object' && value?.kind === 'bytes') found = String(value.data[1])
      } catch (error) {
        found = error instanceof PickleError ? error.type : String(error)
      }
      expect(found).toBe(wanted === '!' ? 'EOFError' : wanted)
    }
  })

  test.each([
    ['a line without its end', 'I12', 'UnpicklingError'],
    ['bytes that are not there', 'C\x05ab', 'UnpicklingError'],
    ['a frame that is not there', '\x95\x05\0\0\0\0\0\0\0N.', 'UnpicklingError'],
    ['nothing', '', 'EOFError'],
  ])('C refuses %s, whatever it reads from', (_, pickle, wanted) => {
    for (const source of [latin1(pickle), new BytesReader(latin1(pickle))]) {
      const refused = expect.objectContaining({ type: wanted })
      expect(() => load(source, { profile: 'cpython-3.13-c' })).toThrow(refused)
    }
  })
})

describe('nothing costs more than the pickle is long', () => {
  test('a hundred thousand lists in each other', () => {
    const depth = 100_000
    const graph = told(`${']'.repeat(depth)}${'a'.repeat(depth - 1)}.`)

    expect(graph).toMatchObject({ value: { at: 0 } })
    expect(typeof graph === 'string' ? 0 : graph.objects.length).toBe(depth)
  })

  test('an index of the memo is as large as it likes to be', () => {
    const memo = new LoadMemo(false)
    memo.put(2, 10)
    memo.put(0, 11)
    memo.put(1, 12)
    memo.put(2, 13)
    memo.put(2 ** 40, 14)

    expect([memo.size, memo.get(2), memo.get(2 ** 40), memo.get(3)]).toEqual([4, 13, 14, undefined])
    expect(told('Nr\xff\xff\xff\xffj\xff\xff\xff\xff.')).toEqual(atom(null))
  })

  // What the accelerated engine of CPython 3.15.0rc1 answers: the index that MEMOIZE takes.
  test.each([
    [0, 5, 1],
    [0, 31, 1],
    [0, 32, 0],
    [0, 200, 0],
    [1, 3, 2],
    [16, 32, 17],
    [16, 33, 16],
    [31, 62, 32],
    [31, 63, 31],
    [32, 64, 33],
    [32, 65, 32],
    [33, 66, 34],
    [33, 67, 33],
    [40, 80, 41],
    [40, 81, 40],
  ])('behind %i entries and one under %i, 3.15 memoizes under %i', (entries, index, next) => {
    const put = String.fromCharCode(index)
    const get = (at: number) =>
      told(`K\x01${'\x94'.repeat(entries)}q${put}K\x02\x94h${String.fromCharCode(at)}\x87.`, {
        profile: 'cpython-3.15-c',
      })

    expect(get(next)).toMatchObject({ objects: [{ tuple: [1, 2, 2] }] })
    expect(get(next === entries ? entries + 1 : entries)).toMatch(/Memo value not found/)
  })
})
