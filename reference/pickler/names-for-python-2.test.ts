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
  expect(nameForPython2(module, name, 'of 3.13')).toEqual([moduleThere, nameThere])
})

test('tkinter.tix is known to those that still have it', () => {
  expect(nameForPython2('tkinter.tix', 'Tree', 'of 3.8')).toEqual(['Tix', 'Tree'])
  expect(nameForPython2('tkinter.tix', 'Tree', 'of 3.13')).toEqual(['tkinter.tix', 'Tree'])
})

test('3.15 knows what an ImportCycleError is, and no CGI any more', () => {
  const names = (known: 'of 3.13' | 'of 3.15') => [
    nameForPython2('builtins', 'ImportCycleError', known),
    nameForPython2('http.server', 'CGIHTTPRequestHandler', known),
    nameForPython2('builtins', 'int', known),
  ]

  expect(names('of 3.13')).toEqual([
    ['__builtin__', 'ImportCycleError'],
    ['CGIHTTPServer', 'CGIHTTPRequestHandler'],
    ['__builtin__', 'long'],
  ])
  expect(names('of 3.15')).toEqual([
    ['exceptions', 'ImportError'],
    ['BaseHTTPServer', 'CGIHTTPRequestHandler'],
    ['__builtin__', 'long'],
  ])
})
