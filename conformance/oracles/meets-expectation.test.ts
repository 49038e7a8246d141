import { describe, expect, test } from 'vitest'
import { assemble, hexOfBytes } from '../../reference/index.ts'
import type { Expected, ExpectedStep } from '../cases/case-file.ts'
import type { Observation, Refusal } from '../protocol/message.ts'
import { type Held, meetsExpectation } from './meets-expectation.ts'

const hex = (...lines: string[]): string => hexOfBytes(assemble(lines))
const held: Held = { oracle: 'bytes', protocol: 2, observed: ['trace'] }
const passed = { kind: 'passed' }

const refused: Refusal = {
  class: 'PicklingError',
  mro: ['PicklingError', 'PickleError', 'Exception'],
  message: 'no',
  notes: [],
  cause: null,
}

const step = (expected: ExpectedStep): Expected => ({ steps: [expected] })
const dump: Observation = { bytes: hex('PROTO 2', 'NONE', 'STOP'), trace: [['a', 'b', 'c']] }
const calls = [['a', 'b', 'c']] as const

test('a pickle is held against its assembly, PROTO n being that of the protocol', () => {
  const expected = step({ pickle: ['PROTO n', 'NONE', 'STOP'] })

  expect(meetsExpectation(expected, [{}, dump], held)).toEqual(passed)
  expect(meetsExpectation(expected, [{}, dump], { ...held, protocol: 3 })).toMatchObject({
    kind: 'failed',
    difference: { kind: 'byte', step: 1, at: 1 },
  })
})

test('an instruction oracle lets frames differ, a bytes oracle does not', () => {
  const expected = step({ pickle: ['PROTO 4', 'FRAME 2', 'NONE', 'STOP'] })
  const seen: Observation[] = [{}, { bytes: hex('PROTO 4', 'NONE', 'STOP') }]

  expect(meetsExpectation(expected, seen, { ...held, oracle: 'instructions' })).toEqual(passed)
  expect(meetsExpectation(expected, seen, held).kind).toBe('failed')
})

describe('a step fails', () => {
  const pickle = ['PROTO 2', 'NONE', 'STOP']
  test.each<[string, ExpectedStep, Observation, object]>([
    ['when it is refused', { pickle }, { refused }, { at: 'refused', seen: 'PicklingError: no' }],
    [
      'when nothing is written',
      { pickle },
      {},
      { at: 'bytes', expected: 'a pickle', seen: 'nothing' },
    ],
    [
      'when it is not refused',
      { refused: 'TypeError' },
      dump,
      { at: 'refused', seen: 'a pickle of 4 bytes' },
    ],
    [
      'when it is refused otherwise',
      { refused: 'TypeError' },
      { refused },
      { kind: 'error', at: 'class', seen: 'PicklingError' },
    ],
    [
      'when it is refused in other words',
      { refused: 'PicklingError', message: 'yes' },
      { refused },
      { kind: 'error', at: 'message', expected: 'yes', seen: 'no' },
    ],
    [
      'when more was written',
      { refused: 'Exception', wrote: [] },
      { refused, bytes: '80' },
      { kind: 'byte', at: 0, expected: null },
    ],
    [
      'when buffers are handed over',
      { pickle },
      { ...dump, buffers: [{ bytes: '00', readonly: true }] },
      { kind: 'buffer', at: 0, expected: null },
    ],
    [
      'when a hook is called',
      { pickle, trace: [] },
      dump,
      { kind: 'trace', at: 0, expected: null },
    ],
    [
      'when more calls are counted',
      { pickle, trace: calls, traceMore: 2 },
      dump,
      { kind: 'trace', expected: '2 more' },
    ],
    [
      'when the memo differs',
      { pickle, memo: ['#1'] },
      { ...dump, memo: ['#2'] },
      { at: 'memo', expected: '#1 at 0' },
    ],
    [
      'when the writes differ',
      { pickle, writes: [['bytes', 4]] },
      { ...dump, writes: [['bytes', 5]] },
      { at: 'writes', seen: '5 bytes of bytes at 0' },
    ],
  ])('%s', (_, expected, seen, difference) => {
    expect(meetsExpectation(step(expected), [{}, seen], held)).toMatchObject({
      kind: 'failed',
      difference: { step: 1, ...difference },
    })
  })
})

describe('a step passes', () => {
  const pickle = ['PROTO 2', 'NONE', 'STOP']
  test.each<[string, ExpectedStep, Observation]>([
    ['refused with a class derived from the expected one', { refused: 'PickleError' }, { refused }],
    [
      'refused with a message that goes on, wherever its object lies',
      { refused: 'PicklingError', message: 'no <a at 0x…>' },
      { refused: { ...refused, message: 'no <a at 0x7f12>, never' } },
    ],
    [
      'refused, whatever was written where that is not mentioned',
      { refused: 'Exception' },
      { refused, bytes: '80' },
    ],
    ['with the calls it is expected to make', { pickle, trace: calls }, dump],
    ['with a memo nobody mentions', { pickle }, { ...dump, memo: ['#1'] }],
    ['doing nothing where nothing is expected', {}, {}],
  ])('%s', (_, expected, seen) => {
    expect(meetsExpectation(step(expected), [{}, seen], held)).toEqual(passed)
  })
})

test('a construction that is refused is the whole answer', () => {
  const expected: Expected = { construction: { refused: 'TypeError' } }
  const typeError: Refusal = { ...refused, class: 'TypeError', mro: ['TypeError'] }

  expect(meetsExpectation(expected, [{ refused: typeError }], held)).toEqual(passed)
  expect(meetsExpectation(expected, [{}, dump], held)).toMatchObject({
    difference: { step: 0, at: 'refused', seen: 'nothing' },
  })
  expect(meetsExpectation(step({}), [{ refused }], held)).toMatchObject({
    difference: { step: 0, at: 'refused', expected: 'a pickler' },
  })
})

test('the first step that differs is told', () => {
  const expected: Expected = {
    steps: [{}, { pickle: ['NONE', 'STOP'] }, { pickle: ['NONE', 'STOP'] }],
  }
  const none: Observation = { bytes: hex('NONE', 'STOP') }

  expect(meetsExpectation(expected, [{}, {}, none, none], held)).toEqual(passed)
  expect(meetsExpectation(expected, [{}, {}, none, {}], held)).toMatchObject({
    difference: { step: 3 },
  })
})
