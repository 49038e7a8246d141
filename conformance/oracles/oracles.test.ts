import { describe, expect, test } from 'vitest'
import { assemble, hexOfBytes } from '../../reference/index.ts'
import type { Observation, Refusal } from '../protocol/message.ts'
import { exactBytes, sameInstructions } from './compare-pickles.ts'
import { sameBuffers } from './same-buffers.ts'
import { refusedAs, sameError, withoutAddresses } from './same-error.ts'
import { type Comparison, sameObservation } from './same-observation.ts'
import { sameTrace } from './same-trace.ts'

const pickle = (...lines: string[]): Uint8Array => assemble(lines)
const passed = { kind: 'passed' }

describe('exact bytes', () => {
  const one = pickle('PROTO 2', 'BININT1 5', 'STOP')

  test('are equal to themselves', () => {
    expect(exactBytes(one, one.slice(), 0)).toEqual(passed)
  })

  test('part at a byte and an instruction', () => {
    expect(exactBytes(one, pickle('PROTO 2', 'BININT1 6', 'STOP'), 1)).toEqual({
      kind: 'failed',
      because: 'the pickles part at byte 3, in instruction 1: found BININT1 6, wanted BININT1 5',
      difference: { kind: 'byte', step: 1, at: 3, expected: '052e', seen: '062e', instruction: 1 },
    })
  })

  test('that end early are told as such', () => {
    expect(exactBytes(one, one.subarray(0, 4), 0)).toMatchObject({
      because: 'the pickles part at byte 4, in instruction 2: found the end, wanted STOP',
      difference: { at: 4, expected: '2e', seen: null },
    })
  })

  test('that are no pickle are told as what they are', () => {
    expect(exactBytes(one, Uint8Array.of(0x80, 2, 0xff), 0)).toMatchObject({
      because: expect.stringContaining('opcode'),
      difference: { kind: 'byte', at: 2, seen: 'ff' },
    })
  })
})

describe('same instructions', () => {
  test('pass with other frames and batches', () => {
    const one = pickle(
      'PROTO 4',
      'FRAME 7',
      'EMPTY_LIST',
      'MEMOIZE',
      'MARK',
      'NONE',
      'NONE',
      'APPENDS',
      'STOP',
    )
    const other = pickle(
      'PROTO 4',
      'EMPTY_LIST',
      'BINPUT 3',
      'NONE',
      'APPEND',
      'NONE',
      'APPEND',
      'STOP',
    )

    expect(sameInstructions(one, other, 0)).toEqual(passed)
    expect(exactBytes(one, other, 0).kind).toBe('failed')
  })

  test('part at an instruction of the canonical form', () => {
    const one = pickle('EMPTY_LIST', 'BINPUT 0', 'STOP')

    expect(sameInstructions(one, pickle('EMPTY_LIST', 'STOP'), 2)).toEqual({
      kind: 'failed',
      because: 'the pickles part at instruction 1 of their canonical form: found STOP, wanted PUT',
      difference: { kind: 'instruction', step: 2, at: 1, expected: 'PUT', seen: 'STOP' },
    })
  })
})

describe('a trace', () => {
  const entries = [
    ['subclass.persistent_id', '#0', 'None'],
    ['subclass.reducer_override', '#0', 'NotImplemented'],
  ] as const

  test('is equal to itself', () => {
    expect(sameTrace({ entries, more: 2 }, { entries: [...entries], more: 2 }, 0)).toEqual(passed)
  })

  test.each([
    ['another hook', [['copyreg[A]', '#0', 'None'], entries[1]], 0, 'copyreg[A](#0) -> None'],
    [
      'another object',
      [entries[0], ['subclass.reducer_override', '#1', 'NotImplemented']],
      1,
      'subclass.reducer_override(#1) -> NotImplemented',
    ],
    [
      'another answer',
      [entries[0], ['subclass.reducer_override', '#0', 'None']],
      1,
      'subclass.reducer_override(#0) -> None',
    ],
    ['fewer calls', [entries[0]], 1, null],
    ['more calls', [...entries, entries[0]], 2, 'subclass.persistent_id(#0) -> None'],
  ] as const)('with %s parts there', (_, seen, at, found) => {
    expect(sameTrace({ entries, more: 0 }, { entries: seen, more: 0 }, 3)).toMatchObject({
      kind: 'failed',
      difference: { kind: 'trace', step: 3, at, seen: found },
    })
  })

  test('counts the calls past its end', () => {
    expect(sameTrace({ entries, more: 1 }, { entries, more: 0 }, 0)).toMatchObject({
      because: '0 more calls were counted, wanted 1',
    })
  })
})

const refusal: Refusal = {
  class: 'PicklingError',
  mro: ['PicklingError', 'PickleError', 'Exception', 'BaseException', 'object'],
  message: "Can't pickle <function f at 0x7f3a>",
  notes: ['when serializing list item 0'],
  cause: 'AttributeError',
}

describe('a refusal', () => {
  test.each([
    ['PicklingError', 'passed'],
    ['PickleError', 'passed'],
    ['Exception', 'passed'],
    ['TypeError', 'failed'],
  ])('is a %s: %s', (name, kind) => {
    expect(refusedAs({ class: name }, refusal, 0).kind).toBe(kind)
  })

  test('of a class that is not in its own MRO is still of that class', () => {
    expect(refusedAs({ class: 'Odd' }, { ...refusal, class: 'Odd', mro: [] }, 0)).toEqual(passed)
  })

  test.each<[string, Partial<Refusal>, boolean, string | undefined]>([
    ['nothing', {}, true, undefined],
    ['an address', { message: "Can't pickle <function f at 0x55c0>" }, true, undefined],
    ['its message, where it is quoted', { message: 'no' }, true, 'message'],
    ['its message, where nobody quotes it', { message: 'no' }, false, undefined],
    ['its class', { class: 'TypeError' }, false, 'class'],
    ['its cause', { cause: null }, false, 'cause'],
    ['its notes', { notes: [] }, false, 'note 0'],
    ['its MRO alone', { mro: [] }, true, undefined],
  ])('that differs in %s parts there', (_, change, isMessageQuoted, at) => {
    expect(sameError(refusal, { ...refusal, ...change }, 1, isMessageQuoted)).toMatchObject(
      at === undefined ? passed : { kind: 'failed', difference: { kind: 'error', step: 1, at } },
    )
  })

  test.each([
    ['<A object at 0x7f00DEADBEEF>', '<A object at 0x…>'],
    ['140233445566778', '…'],
    ['item 1234567890 of 123456789', 'item … of 123456789'],
  ])('%s without addresses is %s', (text, without) => {
    expect(withoutAddresses(text)).toBe(without)
  })
})

test('buffers part at the first that differs in bytes or in being read-only', () => {
  const buffers = [
    { bytes: '00', readonly: true },
    { bytes: 'ff', readonly: false },
  ]

  expect(sameBuffers(buffers, [...buffers], 0)).toEqual(passed)
  expect(sameBuffers(buffers, buffers.slice(0, 1), 0)).toMatchObject({
    difference: { kind: 'buffer', at: 1, expected: 'writable ff', seen: null },
  })
  expect(sameBuffers(buffers, [{ bytes: '00', readonly: false }], 0)).toMatchObject({
    difference: { at: 0, expected: 'read-only 00', seen: 'writable 00' },
  })
})

describe('an observation', () => {
  const bytes = (...lines: string[]): string => hexOfBytes(pickle(...lines))
  const steps: readonly Observation[] = [
    {},
    {
      bytes: bytes('NONE', 'STOP'),
      trace: [['instance.persistent_id', 'None', 'None']],
      memo: ['#1'],
      writes: [['bytes', 2]],
      buffers: [{ bytes: '00', readonly: true }],
    },
  ]
  const all: Comparison = { observed: ['trace', 'memo', 'writes'], isMessageQuoted: () => true }
  const second = (change: Observation): readonly Observation[] => [{}, { ...steps[1], ...change }]

  test('is the same as itself, and empty lists are the same as none', () => {
    expect(sameObservation(steps, structuredClone(steps), all)).toEqual(passed)
    expect(sameObservation([{}], [{ trace: [], memo: [], writes: [], buffers: [] }], all)).toEqual(
      passed,
    )
  })

  test.each<[string, readonly Observation[], object]>([
    ['bytes', second({ bytes: bytes('NEWTRUE', 'STOP') }), { kind: 'byte', step: 1, at: 0 }],
    ['buffers', second({ buffers: [] }), { kind: 'buffer', step: 1, at: 0 }],
    ['the trace', second({ trace: [] }), { kind: 'trace', step: 1, at: 0 }],
    ['the memo', second({ memo: ['#2'] }), { kind: 'outcome', step: 1, at: 'memo' }],
    ['the writes', second({ writes: [] }), { kind: 'outcome', step: 1, at: 'writes' }],
    ['a refusal', second({ refused: refusal }), { kind: 'outcome', step: 1, at: 'refused' }],
    [
      'nothing written',
      [{}, {}],
      { kind: 'outcome', step: 1, at: 'bytes', seen: 'nothing written' },
    ],
    ['a step less', [{}], { kind: 'outcome', step: 1, at: 'steps', seen: 'no more steps' }],
    ['an earlier refusal', [{ refused: refusal }], { kind: 'outcome', step: 0, at: 'refused' }],
  ])('parts in %s', (_, seen, difference) => {
    expect(sameObservation(steps, seen, all)).toMatchObject({ kind: 'failed', difference })
  })

  test('is not held to what was not asked for', () => {
    const seen = second({ trace: [], memo: [], writes: [] })

    expect(sameObservation(steps, seen, { ...all, observed: [] })).toEqual(passed)
  })

  test('of a limit of depth is held to the class of the refusal alone', () => {
    const deep: Refusal = { ...refusal, class: 'RecursionError', notes: ['a', 'a', 'a'] }
    const expected = [{}, { refused: deep, bytes: '8002', traceMore: 900 }]
    const seen = [{}, { refused: { ...deep, notes: ['a'], cause: null }, traceMore: 800 }]

    expect(sameObservation(expected, seen, all)).toEqual(passed)
    expect(sameObservation(expected, [{}, { refused: refusal }], all)).toMatchObject({
      difference: { at: 'class' },
    })
  })

  test('is held to the parts of its refusals', () => {
    const expected = [{}, { refused: refusal }]
    const seen = [{}, { refused: { ...refusal, cause: null } }]

    expect(sameObservation(expected, seen, all)).toMatchObject({
      difference: { kind: 'error', step: 1, at: 'cause' },
    })
  })
})
