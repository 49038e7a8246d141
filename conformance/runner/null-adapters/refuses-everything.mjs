// Refuses every step, with an exception of every class there is.
import { serveNull } from './serve-null.mjs'

const names = [
  ...['PicklingError', 'UnpicklingError', 'PickleError', 'TypeError', 'ValueError', 'KeyError'],
  ...['AttributeError', 'IndexError', 'LookupError', 'EOFError', 'ImportError', 'NameError'],
  ...['ModuleNotFoundError', 'RecursionError', 'RuntimeError', 'OverflowError', 'MemoryError'],
  ...['UnicodeDecodeError', 'UnicodeEncodeError', 'UnicodeError', 'NotImplementedError'],
  ...['AssertionError', 'SystemError', 'BufferError', 'OSError', 'ZeroDivisionError'],
  ...['ArithmeticError', 'StopIteration', 'Exception', 'BaseException'],
]

const refused = { class: 'PicklingError', mro: names, message: '', notes: [], cause: null }

await serveNull(() => ({ refused }))
