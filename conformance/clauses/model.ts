import type { Clause } from './clause.ts'

/** Identity, as the memo sees it: chapter MODEL. */
export const modelClauses: readonly Clause[] = [
  {
    id: 'MODEL-01',
    chapter: 'MODEL',
    title: 'The memo knows objects by identity',
    level: 'implementation',
    oracle: 'bytes',
    says: 'Every object has an identity of its own, equal or not, and so has each temporary object that is made while saving: it takes a memo index and lives until the memo is cleared.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'MODEL-01/equal-lists', says: 'Two equal lists are both written.' },
      {
        id: 'MODEL-01/temporary-arguments',
        says: 'The argument tuple of each reduction takes an index.',
      },
      {
        id: 'MODEL-01/temporary-text',
        says: 'The text that stands in for bytes below protocol 3 takes an index.',
      },
      {
        id: 'MODEL-01/temporary-list',
        says: 'The list that stands in for the items of a set below protocol 4 takes an index.',
      },
      {
        id: 'MODEL-01/identity-not-reused',
        says: "A temporary's identity is not taken up by a later object.",
      },
    ],
  },
  {
    id: 'MODEL-02',
    chapter: 'MODEL',
    title: 'Names of globals are shared as str objects',
    level: 'implementation',
    oracle: 'bytes',
    says: 'From protocol 4 on the names of a global are saved as strs, so that two globals share a fetch only where the interpreter reaches the same str object.',
    source: 'measured on CPython 3.8-3.14',
    latitude:
      "Which built-in things share the str of their module name is the interpreter's choice.",
    boundaries: [
      {
        id: 'MODEL-02/classes-of-one-module',
        says: 'Two classes of one module written in Python share the module name.',
      },
      { id: 'MODEL-02/built-in-types', says: 'Two built-in types share it.' },
      {
        id: 'MODEL-02/built-in-functions',
        says: 'Two built-in functions share it, but not with the types.',
      },
      {
        id: 'MODEL-02/qualified-names',
        says: 'Equal qualified names of things written in Python are one interned str, and shared.',
      },
    ],
  },
  {
    id: 'MODEL-03',
    chapter: 'MODEL',
    title: 'Objects that the language itself makes one',
    level: 'implementation',
    oracle: 'bytes',
    says: 'Attribute names, one-character latin-1 strs, the empty str and the empty bytes are single objects; the empty frozenset is one up to 3.9 only, and equal values built at run time are different objects.',
    source: 'measured on CPython 3.8-3.14',
    latitude: "Which values are single objects is the interpreter's choice.",
    boundaries: [
      {
        id: 'MODEL-03/attribute-names',
        says: 'Two instances with the same attribute share its name.',
      },
      { id: 'MODEL-03/empty-str', says: 'The empty str twice is fetched.' },
      { id: 'MODEL-03/empty-bytes', says: 'The empty bytes object twice is fetched.' },
      { id: 'MODEL-03/one-character-str', says: 'A one-character latin-1 str twice is fetched.' },
      { id: 'MODEL-03/computed-strs', says: 'Two equal strs built at run time are both written.' },
      {
        id: 'MODEL-03/empty-frozenset-3-9',
        says: 'The empty frozenset twice is fetched up to 3.9.',
      },
      {
        id: 'MODEL-03/empty-frozenset-3-10',
        says: 'The empty frozenset twice is written twice from 3.10 on.',
      },
    ],
  },
  {
    id: 'MODEL-04',
    chapter: 'MODEL',
    title: 'Small ints are one object each',
    level: 'implementation',
    oracle: 'bytes',
    says: 'There is one object for each int from -5 to 256, from 3.15 on to 1024; it shows where an override of the pure engine reduces ints.',
    source: 'measured on CPython 3.8-3.15',
    boundaries: [
      { id: 'MODEL-04/256', says: '256 twice.' },
      { id: 'MODEL-04/1024', says: '1024 twice: one object from 3.15 on, two before.' },
      { id: 'MODEL-04/1025', says: '1025 twice.' },
    ],
  },
]
