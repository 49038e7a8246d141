import type { Clause } from './clause.ts'

/** How dumps fail: chapter ERR. */
export const errorsClauses: readonly Clause[] = [
  {
    id: 'ERR-01',
    chapter: 'ERR',
    title: 'The classes of pickle errors',
    level: 'documented',
    oracle: 'error',
    says: 'PicklingError and UnpicklingError derive from PickleError; other exceptions may be raised as well.',
    source: 'library reference, Module Interface, exceptions',
    boundaries: [
      { id: 'ERR-01/pickling-error', says: 'The classes a PicklingError derives from.' },
    ],
  },
  {
    id: 'ERR-02',
    chapter: 'ERR',
    title: 'What hooks raise is passed on',
    level: 'implementation',
    oracle: 'error',
    says: 'An exception raised by a hook, an iterator or the file keeps its class and text.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'ERR-02/reduce-ex', says: '__reduce_ex__ raises.' },
      { id: 'ERR-02/getstate', says: '__getstate__ raises.' },
      { id: 'ERR-02/persistent-id', says: 'persistent_id raises.' },
      { id: 'ERR-02/reducer-override', says: 'reducer_override raises.' },
      { id: 'ERR-02/registered-reducer', says: 'A registered reducer raises.' },
      { id: 'ERR-02/buffer-callback', says: 'buffer_callback raises.' },
    ],
  },
  {
    id: 'ERR-03',
    chapter: 'ERR',
    title: 'Notes say where it happened',
    level: 'implementation',
    oracle: 'error',
    says: 'From 3.14 on each step an exception passes adds a note, the innermost first, which names the type and the item, key, state, setter, arguments or class being serialised.',
    source: 'measured on CPython 3.14.2',
    since: '3.14',
    boundaries: [
      { id: 'ERR-03/list-item', says: 'An item of a list.' },
      { id: 'ERR-03/tuple-item', says: 'An item of a tuple.' },
      { id: 'ERR-03/dict-value', says: 'A value of a dict.' },
      { id: 'ERR-03/dict-key', says: 'A key of a dict has no note.' },
      { id: 'ERR-03/set-element', says: 'An element of a set.' },
      { id: 'ERR-03/state', says: 'A state.' },
      { id: 'ERR-03/state-setter', says: 'A state setter.' },
      { id: 'ERR-03/arguments', says: 'Arguments of a reconstructor.' },
      { id: 'ERR-03/newobj-arguments', says: 'Arguments of __new__.' },
      { id: 'ERR-03/nested', says: 'Several steps.' },
      {
        id: 'ERR-03/raised-by-reduce-ex',
        says: 'What __reduce_ex__ itself raises has no note of that object.',
      },
    ],
  },
  {
    id: 'ERR-04',
    chapter: 'ERR',
    title: 'The underlying error stays attached',
    level: 'implementation',
    oracle: 'error',
    says: 'From 3.14 on the error that a PicklingError stands for is kept as its context.',
    source: 'measured on CPython 3.14.2',
    since: '3.14',
    boundaries: [
      { id: 'ERR-04/attribute-error', says: 'A name that is not found.' },
      { id: 'ERR-04/import-error', says: 'A module that cannot be imported.' },
    ],
  },
]
