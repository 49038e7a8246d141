import { expect, test } from 'vitest'
import { builtin, call, shown } from './fixtures/shown.ts'

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
