import { expect, test } from 'vitest'
import { nameForPython2 } from './names-for-python-2.ts'

test.each([
  ['builtins', 'int', '__builtin__', 'long'],
  ['builtins', 'len', '__builtin__', 'len'],
  ['builtins', 'KeyError', 'exceptions', 'KeyError'],
  ['builtins', 'ConnectionError', 'exceptions', 'OSError'],
  ['builtins', 'ModuleNotFoundError', 'exceptions', 'ImportError'],
  ['collections', 'UserDict', 'UserDict', 'IterableUserDict'],
  ['collections', 'deque', 'collections', 'deque'],
  ['http.server', 'HTTPServer', 'BaseHTTPServer', 'HTTPServer'],
  ['http.server', 'CGIHTTPRequestHandler', 'CGIHTTPServer', 'CGIHTTPRequestHandler'],
])('%s.%s is %s.%s in Python 2', (module, name, moduleThere, nameThere) => {
  expect(nameForPython2(module, name, false)).toEqual([moduleThere, nameThere])
})

test('tkinter.tix is known to those that still have it', () => {
  expect(nameForPython2('tkinter.tix', 'Tree', true)).toEqual(['Tix', 'Tree'])
  expect(nameForPython2('tkinter.tix', 'Tree', false)).toEqual(['tkinter.tix', 'Tree'])
})
