import type { Clause } from './clause.ts'

/** Depth: chapter LIMIT. */
export const limitsClauses: readonly Clause[] = [
  {
    id: 'LIMIT-01',
    chapter: 'LIMIT',
    title: 'How deep a value may be nested',
    level: 'implementation',
    oracle: 'error',
    says: {
      c: "Each save of a container takes one to three levels, counted against the interpreter's recursion limit up to 3.11, against a limit of its own in 3.12 and 3.13, and against the native stack from 3.14 on.",
      pure: "Each save takes several Python frames, counted against the interpreter's recursion limit.",
    },
    source: 'measured on CPython 3.8-3.14 and PyPy 7.3.11',
    latitude: "Where the limit lies is the implementation's choice.",
    boundaries: [
      { id: 'LIMIT-01/list-150', says: '150 nested lists pass.' },
      { id: 'LIMIT-01/dict-150', says: '150 nested dicts pass.' },
      { id: 'LIMIT-01/tuple-150', says: '150 nested tuples pass.' },
      { id: 'LIMIT-01/instance-150', says: '150 nested instances pass.' },
      {
        id: 'LIMIT-01/list-100000',
        says: '100000 nested lists are refused.',
        excluded: 'How deep an engine gets depends on its build, and some end with the process.',
      },
    ],
  },
  {
    id: 'LIMIT-02',
    chapter: 'LIMIT',
    title: 'Too deep is RecursionError',
    level: 'documented',
    oracle: 'error',
    says: 'A value that is nested too deeply fails with RecursionError.',
    source: 'library reference, What can be pickled and unpickled?',
    boundaries: [{ id: 'LIMIT-02/list-100000', says: '100000 nested lists.' }],
    excluded:
      'How deep an engine gets depends on its build; only depths far below every limit are asked for.',
  },
  {
    id: 'LIMIT-03',
    chapter: 'LIMIT',
    title: 'The error in disguise',
    level: 'implementation',
    oracle: 'error',
    says: {
      c: 'Near the limit the RecursionError may surface as a PicklingError of a global that could not be looked up.',
      pure: 'The RecursionError surfaces as it is.',
    },
    source: 'measured on CPython 3.8-3.13',
    until: '3.13',
    latitude: 'Either error says that the value is too deep.',
    excluded:
      'How deep an engine gets depends on its build; only depths far below every limit are asked for.',
  },
  {
    id: 'LIMIT-04',
    chapter: 'LIMIT',
    title: 'Loading needs no recursion',
    level: 'implementation',
    oracle: 'graph',
    says: 'A load of any depth takes no native stack.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [{ id: 'LIMIT-04/100000-tuples', says: '100000 nested tuples.' }],
    excluded:
      'How deep an engine gets depends on its build; only depths far below every limit are asked for.',
  },
]
