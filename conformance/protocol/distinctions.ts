/**
 * What values can be told apart by. A subject whose language has one thing where Python has two
 * leaves the name out of `distinguishes`: what is lost by that is `lossy`, and no failure.
 */
// biome-ignore format: a table reads best as a table
export const distinctions = {
  'tuple-list':      'a tuple from a list',
  'bytes-str':       'bytes from a str',
  'bytes-bytearray': 'bytes from a bytearray',
  'int-float':       'an int from a float of the same value',
  'int-bool':        'an int from a bool',
  'set-frozenset':   'a set from a frozenset',
  'set-list':        'a set or frozenset from a list of its members',
  'surrogates':      'one lone surrogate in a str from another',
  'identity':        'one object that stands in two places from two that are equal',
  'dict-order':      'the order in which keys came into a dict',
  'key-types':       'a key that is no str from the str that spells it',
  'call-new':        'a class that is called from one whose __new__ is',
  'object-class':    'the class that an object is of',
} as const satisfies Record<string, string>

export type Distinction = keyof typeof distinctions

// Object.keys of a literal gives its own names.
export const everyDistinction = Object.keys(distinctions) as readonly Distinction[]
