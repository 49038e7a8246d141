import { expect, test } from 'vitest'
import { nameFromPython2 } from './names-from-python-2.ts'

test.each([
  ['__builtin__', 'xrange', 'builtins', 'range'],
  ['exceptions', 'KeyError', 'builtins', 'KeyError'],
  ['exceptions', 'Nope', 'exceptions', 'Nope'],
  ['Queue', 'Queue', 'queue', 'Queue'],
  ['constructor', 'toString', 'constructor', 'toString'],
])('%s.%s of Python 2 is %s.%s', (module, name, moduleHere, nameHere) => {
  expect(nameFromPython2(module, name, 'of 3.13')).toEqual([moduleHere, nameHere])
})

test('Tix is known to those that still have it', () => {
  expect(nameFromPython2('Tix', 'Tree', 'of 3.8')).toEqual(['tkinter.tix', 'Tree'])
  expect(nameFromPython2('Tix', 'Tree', 'of 3.13')).toEqual(['Tix', 'Tree'])
})
