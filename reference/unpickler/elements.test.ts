import { expect, test } from 'vitest'
import { builtin, call, loadedBy, shown } from './fixtures/shown.ts'

// What Python 3.8.18 to 3.13.0 give.
test.each<[args: string, wanted: string]>([
  ['0 10 3', 'list [0, 3, 6, 9]'],
  ['0 9 3', 'list [0, 3, 6]'],
  ['10 0 -3', 'list [10, 7, 4, 1]'],
  ['9 0 -3', 'list [9, 6, 3]'],
  ['5 0 1', 'list []'],
  ['5 5 1', 'list []'],
  ['0 5 -1', 'list []'],
  ['9 0 3', 'list []'],
  ['9007199254740991 9007199254740993 1', 'list [9007199254740991, 9007199254740992]'],
  ['9223372036854775807', 'MemoryError: '],
  ['9223372036854775808', 'OverflowError: Python int too large to convert to C ssize_t'],
])('list(range(%s))', (args, wanted) => {
  const range = call(builtin('range'), ...args.split(' ').map((arg) => `L${arg}L\n`))

  for (const engine of ['3.8.18-c', '3.13.0-py']) {
    expect(shown(engine, `${call(builtin('list'), range)}.`)).toBe(wanted)
  }
})

// Latitude: how much memory there is.
test('a list of more items than 2^26 is refused as memory is', () => {
  const range = call(builtin('range'), 'J\x01\0\0\x04')

  expect(shown('3.13.0-c', `${call(builtin('list'), range)}.`)).toBe('MemoryError: ')
})

// What Python 3.8.18, 3.13.0 and 3.14.2 say.
test.each([
  ['I5\n', 0],
  ['(I1\nI2\ntI5\n', 1],
])('dict() of a list of %j', (items, at) => {
  const pickle = call(builtin('dict'), `](${items}e`)
  const refused = (engine: string): unknown => {
    try {
      return loadedBy(engine, `${pickle}.`)
    } catch (error) {
      return error
    }
  }
  const why = `annot convert dictionary update sequence element #${at} to a sequence`

  for (const engine of ['3.8.18-c', '3.13.0-py']) {
    expect(refused(engine)).toMatchObject({ type: 'TypeError', message: `c${why}`, notes: [] })
  }
  for (const engine of ['3.14.2-c', '3.14.2-py']) {
    expect(refused(engine)).toMatchObject({
      type: 'TypeError',
      message: 'object is not iterable',
      notes: [`C${why}`],
    })
  }
})

// What Python 3.8.18, 3.13.0, 3.14.2 and 3.15.0rc1 say.
test.each([
  ['I5\n', "TypeError: 'int' object is not iterable"],
  [')', 'ValueError: need more than 0 values to unpack'],
  ['I1\n\x85', 'ValueError: need more than 1 value to unpack'],
  ['I1\nI2\nI3\n\x87', 'ValueError: too many values to unpack (expected 2)'],
])('OrderedDict() of a list of %j', (item, wanted) => {
  const pickle = `${call('ccollections\nOrderedDict\n', `](${item}e`)}.`

  for (const engine of ['3.8.18-c', '3.13.0-py', '3.14.2-c', '3.15.0-c']) {
    expect(shown(engine, pickle)).toBe(wanted)
  }
})

test('an OrderedDict is made of pairs', () => {
  const pickle = `${call('ccollections\nOrderedDict\n', '](I1\nI2\n\x86]I3\naI4\nae')}.`
  const { value } = loadedBy('3.13.0-c', pickle)

  expect(value).toMatchObject({ value: { keys: [1, 3], values: [2, 4] } })
})
