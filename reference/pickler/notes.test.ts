import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { Picklers } from '../fixtures/picklers.ts'
import type { Sm } from '../fixtures/sm.ts'
import { dict, list, str, tuple } from '../values/build.ts'
import { listIterator } from '../values/iterate.ts'
import { PyObject, PyTuple, type PyValue } from '../values/value.ts'

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

// Measured on CPython 3.14.2.
describe('ERR-04: an error from a persistent_id', () => {
  /** The notes of what is raised once so many objects have been refused that are meant. */
  function notesOf(
    name: string,
    protocol: number,
    make: (sm: Sm) => PyValue,
    isMeant: (value: PyValue) => boolean,
    times = 1,
  ): readonly string[] {
    const picklers = new Picklers(name)
    const pickler = picklers.make({ protocol })
    let asked = 0
    const hook = picklers.sm.lambda((value = null) => {
      if (isMeant(value) && ++asked === times) throw new PickleError('KeyError', "'x'")
      return null
    })
    pickler.setAttribute('persistent_id', hook)
    try {
      pickler.dump(make(picklers.sm))
    } catch (error) {
      if (error instanceof PickleError && error.type === 'KeyError') return error.notes
      throw error
    }
    return ['no error']
  }

  test.each([
    ['cpython-3.14.2-c', 2, ['reconstructor', 'object']],
    ['cpython-3.14.2-py', 2, ['object']],
    ['cpython-3.14.2-c', 4, ['__new__ arguments', 'object']],
    ['cpython-3.14.2-py', 4, ['__new__ arguments', 'object']],
  ])('%s, asked for the () of __newobj_ex__ at protocol %d', (name, protocol, notes) => {
    const make = (sm: Sm) => {
      const maker = sm.world.known('copyreg:__newobj_ex__')
      return sm.red(tuple(maker, tuple(sm.RedGen, tuple(), dict([str('x'), 1]))))
    }
    const isEmpty = (value: PyValue) => value instanceof PyTuple && value.items.length === 0

    expect(notesOf(name, protocol, make, isEmpty)).toEqual(
      notes.map((part) => `when serializing sm.RedGen ${part}`),
    )
  })

  test.each(
    ['cpython-3.14.2-c', 'cpython-3.14.2-py'].flatMap((name) =>
      [2, 4].map((protocol) => [name, protocol] as const),
    ),
  )('%s, asked for the object of a setter at protocol %d', (name, protocol) => {
    const make = (sm: Sm) => sm.red(tuple(sm.func2, tuple(), 1, null, null, sm.setter))
    const isInstance = (value: PyValue) => value instanceof PyObject

    expect(notesOf(name, protocol, make, isInstance, 2)).toEqual([
      'when serializing sm.RedGen object',
    ])
  })
})
