import type { Clause } from './clause.ts'

/** The global dispatch table: chapter COPYREG. */
export const copyregClauses: readonly Clause[] = [
  {
    id: 'COPYREG-01',
    chapter: 'COPYREG',
    title: 'What the global table holds from the start',
    level: 'documented',
    oracle: 'bytes',
    says: 'The global table starts with a reducer for complex, from 3.10 on with one for unions of types, from 3.14 on with one for super objects, and gets one for compiled patterns when re is imported.',
    source: 'library reference, copyreg; contents measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'COPYREG-01/complex', says: 'A complex number is a call of complex with two floats.' },
      { id: 'COPYREG-01/complex-protocols', says: 'A complex number in each protocol.' },
      {
        id: 'COPYREG-01/union',
        says: 'A union of types from 3.10 on: a fold with or_ up to 3.13, a subscription of Union from 3.14 on.',
      },
      { id: 'COPYREG-01/super', says: 'A super object from 3.14 on.' },
      { id: 'COPYREG-01/super-before-3-14', says: 'A super object before 3.14 fails.' },
      {
        id: 'COPYREG-01/pattern',
        says: 'A compiled pattern is a call of re._compile with pattern and flags.',
      },
      {
        id: 'COPYREG-01/entry-removed',
        says: 'With the entry removed complex takes its own reduction.',
      },
      {
        id: 'COPYREG-01/entry-replaced',
        says: 'With the entry replaced complex takes the new reducer.',
      },
    ],
  },
  {
    id: 'COPYREG-02',
    chapter: 'COPYREG',
    title: 'Registering for a type that has a saver is in vain',
    level: 'documented',
    oracle: 'trace',
    says: 'Registering only stores the reducer in the table; for types that pickling writes without asking the table the entry stays unused.',
    source: 'library reference, copyreg.pickle; extent measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'COPYREG-02/registered-class', says: 'An entry for a class of the scenario is used.' },
      { id: 'COPYREG-02/entry-replaced', says: 'The later of two entries for one class is used.' },
      { id: 'COPYREG-02/none', says: 'An entry for the type of None.' },
      { id: 'COPYREG-02/bool', says: 'An entry for bool.' },
      { id: 'COPYREG-02/int', says: 'An entry for int.' },
      { id: 'COPYREG-02/float', says: 'An entry for float.' },
      { id: 'COPYREG-02/bytes', says: 'An entry for bytes.' },
      { id: 'COPYREG-02/str', says: 'An entry for str.' },
      { id: 'COPYREG-02/dict', says: 'An entry for dict.' },
      { id: 'COPYREG-02/set', says: 'An entry for set.' },
      { id: 'COPYREG-02/frozenset', says: 'An entry for frozenset.' },
      { id: 'COPYREG-02/list', says: 'An entry for list.' },
      { id: 'COPYREG-02/tuple', says: 'An entry for tuple.' },
      { id: 'COPYREG-02/bytearray', says: 'An entry for bytearray.' },
      { id: 'COPYREG-02/pickle-buffer', says: 'An entry for PickleBuffer.' },
      { id: 'COPYREG-02/type', says: 'An entry for type.' },
      { id: 'COPYREG-02/function', says: 'An entry for the type of functions.' },
      { id: 'COPYREG-02/metaclass', says: 'An entry for a metaclass is used.' },
      { id: 'COPYREG-02/subclass-of-built-in', says: 'An entry for a subclass of int is used.' },
      { id: 'COPYREG-02/base-class', says: 'An entry for a base class is not used.' },
    ],
  },
]
