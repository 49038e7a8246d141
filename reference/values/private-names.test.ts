import { expect, test } from 'vitest'
import { mangledPath } from './private-names.ts'

// What CPython 3.15.0rc1 looks for.
test.each([
  ['a.__b', 'a._a__b'],
  ['_a.__b', '_a._a__b'],
  ['__a.__b', '__a._a__b'],
  ['a.__b.__c', 'a._a__b._b__c'],
  ['a.__b_', 'a._a__b_'],
  ['a.__b__c', 'a._a__b__c'],
])('%s is found as %s', (name, found) => {
  expect(mangledPath(name.split('.')).join('.')).toBe(found)
})

test.each([
  '__a',
  'a.b',
  'a.b__',
  'a.__b__',
  'a.__',
  'a.___',
  'a._',
  '__.__b',
  '_.__b',
  '.__b',
  'a..__b',
])('%s stays as it is', (name) => {
  const path = name.split('.')

  expect(mangledPath(path)).toBe(path)
})
