import { expect, test } from 'vitest'
import { Picklers } from '../fixtures/picklers.ts'
import { float } from '../values/build.ts'

const ranges = {
  i: "'i' format requires -2147483648 <= number <= 2147483647",
  B: "'B' format requires 0 <= number <= 255",
}
const isRefused = (what: string) => `Can't pickle <class 'sm.A'>: extension code ${what}`
const asInteger = 'object cannot be interpreted as an integer'

// Measured on CPython 3.12.1 and 3.13.0, of 64 bits.
test.each([
  ['cpython-3.12.1-c', 0, 'PicklingError', isRefused('0 is out of range')],
  ['cpython-3.12.1-c', -1, 'PicklingError', isRefused('-1 is out of range')],
  ['cpython-3.12.1-c', 2 ** 31, 'PicklingError', isRefused('2147483648 is out of range')],
  ['cpython-3.12.1-c', 'a float', 'PicklingError', isRefused("1.5 isn't an integer")],
  ['cpython-3.12.1-c', null, 'PicklingError', isRefused("None isn't an integer")],
  ['cpython-3.12.1-py', -1, 'AssertionError', ''],
  ['cpython-3.12.1-py', 2 ** 31, 'error', ranges.i],
  ['cpython-3.12.1-py', 'a float', 'error', 'required argument is not an integer'],
  ['cpython-3.13.0-c', 0, 'RuntimeError', 'extension code 0 is out of range'],
  ['cpython-3.13.0-c', -1, 'RuntimeError', 'extension code -1 is out of range'],
  ['cpython-3.13.0-c', 2 ** 31, 'RuntimeError', 'extension code 2147483648 is out of range'],
  ['cpython-3.13.0-c', 'a float', 'TypeError', `'float' ${asInteger}`],
  ['cpython-3.13.0-c', null, 'TypeError', `'NoneType' ${asInteger}`],
  ['cpython-3.13.0-py', 0, 'RuntimeError', 'extension code 0 is out of range'],
  ['cpython-3.13.0-py', -1, 'error', ranges.B],
  ['cpython-3.13.0-py', 2 ** 31, 'error', ranges.i],
  ['cpython-3.13.0-py', 'a float', 'error', 'required argument is not an integer'],
  [
    'cpython-3.13.0-py',
    null,
    'TypeError',
    "'<=' not supported between instances of 'NoneType' and 'int'",
  ],
])('EXT-02: %s and a registered code of %s: %s', (name, code, type, message) => {
  const picklers = new Picklers(name)
  const { A, world } = picklers.sm
  world.extensionCodes.set('sm\0A', typeof code === 'string' ? float(1.5) : code)

  expect(() => picklers.dump(A, { protocol: 2 })).toThrow(
    expect.objectContaining({ type, message }),
  )
})
