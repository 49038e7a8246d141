import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { Picklers } from '../fixtures/picklers.ts'
import type { Sm } from '../fixtures/sm.ts'
import { dict, list, tuple } from '../values/build.ts'
import { listIterator } from '../values/iterate.ts'
import { PyObject, type PyValue } from '../values/value.ts'

/** What is saved without an error, and what raises a KeyError. */
type Parts = { readonly sm: Sm; readonly refused: PyValue }

// Measured on CPython 3.14.2 and 3.15.0rc1.
test.each<[string, string, (parts: Parts) => PyValue, string[]]>([
  ...['cpython-3.14.2-c', 'cpython-3.14.2-py'].map(
    (name): [string, string, (parts: Parts) => PyValue, string[]] => [
      name,
      'the second key of a dict',
      ({ refused }) => dict([1, 2], [refused, 3]),
      [],
    ],
  ),
  [
    'cpython-3.14.2-c',
    'the second key of dict items',
    ({ refused, sm }) => {
      const items = listIterator(sm.world, list(tuple(1, 2), tuple(refused, 3)))
      return sm.red(tuple(sm.func2, tuple(), null, null, items))
    },
    ['object'],
  ],
  [
    'cpython-3.14.2-py',
    'a state setter',
    ({ refused, sm }) => sm.red(tuple(sm.func2, tuple(), dict(), null, null, refused)),
    ['state setter', 'object'],
  ],
  ...['cpython-3.14.2-c', 'cpython-3.14.2-py'].map(
    (name): [string, string, (parts: Parts) => PyValue, string[]] => [
      name,
      'the state of a setter',
      ({ refused, sm }) => sm.red(tuple(sm.func2, tuple(), refused, null, null, sm.setter)),
      ['state', 'object'],
    ],
  ),
])('ERR-04: %s and an error from %s', (name, _what, make, notes) => {
  const picklers = new Picklers(name)
  const { sm } = picklers
  const refuse = sm.lambda(() => {
    throw new PickleError('KeyError', "'x'")
  })
  const refused = new PyObject(sm.cls('Refused', { __reduce__: refuse, __call__: refuse }))

  expect(() => picklers.dump(make({ refused, sm }), { protocol: 4 })).toThrow(
    expect.objectContaining({
      type: 'KeyError',
      notes: notes.map((part) => `when serializing sm.RedGen ${part}`),
    }),
  )
})
