import { expect, test } from 'vitest'
import { asPickleError, messageOf, NotationError, PickleError } from './errors.ts'

test('a pickle error carries what Python tells about an exception', () => {
  const cause = new PickleError('KeyError', '5')
  const context = new PickleError('AttributeError', 'x')
  const notes = ['when serializing list item 0']
  const error = new PickleError('PicklingError', 'no', { offset: 0, notes, cause, context })

  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ type: 'PicklingError', message: 'no', offset: 0, notes })
  expect(error.cause).toBe(cause)
  expect(error.context).toBe(context)
  expect(String(error)).toBe('PickleError [PicklingError]: no')
})

test('what is not known of a pickle error is absent, and it has no notes', () => {
  const error = new PickleError('TypeError', 'no')

  expect(error.notes).toEqual([])
  expect(Object.keys(error).sort()).toEqual(['name', 'notes', 'type'])
  expect('cause' in error).toBe(false)
})

test('notes can be added without touching those it was made from', () => {
  const notes = ['one']
  const error = new PickleError('TypeError', 'no', { notes })

  error.notes.push('two')

  expect(error.notes).toEqual(['one', 'two'])
  expect(notes).toEqual(['one'])
})

test('a notation error names its place as people count', () => {
  const inLine = new NotationError('odd', { line: 2, column: 0 })

  expect(inLine).toMatchObject({ line: 2, column: 0, message: 'line 3, column 1: odd' })
  expect(String(inLine)).toBe('NotationError: line 3, column 1: odd')
  expect(new NotationError('odd', { column: 4 }).message).toBe('column 5: odd')
  expect('line' in new NotationError('odd', { column: 4 })).toBe(false)
})

test("only an exception of Python's is handled as one", () => {
  const error = new PickleError('KeyError', '5')
  const other = new TypeError('no')

  expect(asPickleError(error)).toBe(error)
  expect(() => asPickleError(other)).toThrow(other)
})

test('whatever is thrown says something', () => {
  expect(messageOf(new RangeError('too far'))).toBe('too far')
  expect(messageOf('just so')).toBe('just so')
})
