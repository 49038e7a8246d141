import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { opcodes } from '../../reference/index.ts'
import { canonical } from './canonical.ts'

const text = (lines: string): string[] => lines.split('; ')

describe('the canonical form is the same', () => {
  test.each([
    [
      'with and without frames',
      'PROTO 4; FRAME 2; EMPTY_LIST; MEMOIZE; STOP',
      'PROTO 4; EMPTY_LIST; MEMOIZE; STOP',
    ],
    [
      'whatever numbers memo entries have, and however PUT and GET are spelled',
      'EMPTY_LIST; MEMOIZE; EMPTY_LIST; MEMOIZE; APPEND; BINGET 1; APPEND; STOP',
      'EMPTY_LIST; BINPUT 7; EMPTY_LIST; LONG_BINPUT 300; APPEND; LONG_BINGET 300; APPEND; STOP',
    ],
    [
      'in text and in binary',
      'MARK; LIST; PUT 0; INT 5; APPEND; LONG 70000; APPEND; INT 01; APPEND; UNICODE "a"; APPEND; FLOAT 1.5; APPEND; GET 0; APPEND; STOP',
      'EMPTY_LIST; BINPUT 0; MARK; BININT1 5; BININT 70000; NEWTRUE; SHORT_BINUNICODE "a"; BINFLOAT 1.5; BINGET 0; APPENDS; STOP',
    ],
    [
      'however the items of a list are batched',
      'EMPTY_LIST; MARK; NONE; NONE; NONE; APPENDS; STOP',
      'EMPTY_LIST; MARK; NONE; NONE; APPENDS; NONE; APPEND; STOP',
    ],
    [
      'however the items of a dict are batched, keys and values having items of their own',
      'EMPTY_DICT; MARK; NONE; EMPTY_LIST; MARK; NONE; NONE; APPENDS; NEWTRUE; NONE; SETITEMS; STOP',
      'EMPTY_DICT; NONE; EMPTY_LIST; NONE; APPEND; NONE; APPEND; SETITEM; NEWTRUE; NONE; SETITEM; STOP',
    ],
    [
      'however the members of a set are batched',
      'EMPTY_SET; MARK; NONE; NEWTRUE; ADDITEMS; STOP',
      'EMPTY_SET; MARK; NONE; ADDITEMS; MARK; NEWTRUE; ADDITEMS; STOP',
    ],
    ['with an empty batch', 'EMPTY_LIST; MARK; APPENDS; STOP', 'EMPTY_LIST; STOP'],
    [
      'for tuples with and without a mark',
      'MARK; NONE; NONE; TUPLE; MARK; TUPLE; MARK; NONE; TUPLE; STOP',
      'NONE; NONE; TUPLE2; EMPTY_TUPLE; NONE; TUPLE1; STOP',
    ],
    [
      'whether a stack is dropped to the mark or one by one',
      'NONE; MARK; NEWTRUE; NEWFALSE; POP_MARK; STOP',
      'NONE; MARK; NEWTRUE; NEWFALSE; POP; POP; POP; STOP',
    ],
    [
      'for dicts in text',
      'MARK; NONE; NEWTRUE; DICT; STOP',
      'EMPTY_DICT; NONE; NEWTRUE; SETITEM; STOP',
    ],
    ['for extension codes of any width', 'EXT1 5; STOP', 'EXT4 5; STOP'],
    ['for bytes of any width', "SHORT_BINBYTES x'61'; STOP", "BINBYTES8 x'61'; STOP"],
  ])('%s', (_, one, other) => {
    expect(canonical(text(one))).toEqual(canonical(text(other)))
  })
})

describe('the canonical form differs', () => {
  test.each([
    ['with another value', 'BININT1 5; STOP', 'BININT1 6; STOP'],
    ['with an int for a bool', 'INT 1; STOP', 'NEWTRUE; STOP'],
    ['with something stored in the memo', 'NONE; STOP', 'NONE; MEMOIZE; STOP'],
    [
      'with another entry fetched',
      'EMPTY_LIST; MEMOIZE; EMPTY_LIST; MEMOIZE; BINGET 0; STOP',
      'EMPTY_LIST; MEMOIZE; EMPTY_LIST; MEMOIZE; BINGET 1; STOP',
    ],
    [
      'with something written twice for something fetched',
      'EMPTY_LIST; MEMOIZE; BINGET 0; TUPLE2; STOP',
      'EMPTY_LIST; MEMOIZE; EMPTY_LIST; TUPLE2; STOP',
    ],
    ['with another order', 'NONE; NEWTRUE; TUPLE2; STOP', 'NEWTRUE; NONE; TUPLE2; STOP'],
    [
      'with another nesting',
      'NONE; NONE; TUPLE1; TUPLE2; STOP',
      'NONE; TUPLE1; NONE; TUPLE2; STOP',
    ],
    [
      'with another nesting of lists',
      'EMPTY_LIST; EMPTY_LIST; NONE; APPEND; APPEND; NONE; APPEND; STOP',
      'EMPTY_LIST; EMPTY_LIST; NONE; APPEND; NONE; APPEND; APPEND; STOP',
    ],
    ['with another protocol', 'PROTO 2; NONE; STOP', 'PROTO 3; NONE; STOP'],
    ['with more behind the end', 'NONE; STOP', 'NONE; STOP; NONE'],
    ['with a tuple for a list', 'EMPTY_TUPLE; STOP', 'EMPTY_LIST; STOP'],
    ['with a dropped value', 'NONE; NEWTRUE; POP; STOP', 'NONE; STOP'],
    ['with another call', 'NONE; NONE; REDUCE; STOP', 'NONE; NONE; NEWOBJ; STOP'],
    ['with other arguments of a mark', 'MARK; NONE; OBJ; STOP', 'MARK; NONE; NONE; OBJ; STOP'],
  ])('%s', (_, one, other) => {
    expect(canonical(text(one))).not.toEqual(canonical(text(other)))
  })
})

test('any lines have a canonical form, without frames', () => {
  const line = fc.oneof(
    fc.constantFrom(...Object.keys(opcodes).filter((name) => name !== 'STOP')),
    fc.constantFrom('BINPUT 1', 'BINGET 1', 'GET 9', 'BININT1 5', '(opcode 0xff unknown)'),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      expect(canonical(lines)).not.toContain('FRAME')
    }),
    { numRuns: 500 },
  )
})

test('a list a hundred thousand deep and a list of a million items have one', () => {
  const deep = [...Array(100_000).fill('EMPTY_LIST'), ...Array(99_999).fill('APPEND'), 'STOP']
  const wide = ['EMPTY_LIST', 'MARK', ...Array(1_000_000).fill('NONE'), 'APPENDS', 'STOP']

  expect(canonical(deep)).toHaveLength(200_000)
  expect(canonical(wide)).toHaveLength(2_000_002)
})
