import { expect, test } from 'vitest'
import type { Observation, Refusal } from '../conformance/index.ts'
import { assemble, hexOfBytes } from '../reference/index.ts'
import { partingOf } from './judge.ts'

const bytes = (...lines: string[]): Observation => ({ bytes: hexOfBytes(assemble(lines)) })

function refused(name: string, more: Partial<Refusal> = {}): Observation {
  return { refused: { class: name, mro: [name], message: '', notes: [], cause: null, ...more } }
}

const one = bytes('BININT1 1', 'STOP')
const long = bytes('BININT2 300', 'STOP')

test.each([
  ['equal steps', [{}, one], [{}, one], undefined],
  [
    'other bytes',
    [{}, one],
    [{}, long],
    'bytes: wanted BININT1, found BININT2'.replace(/\d/g, 'n'),
  ],
  [
    'a refusal',
    [{}, one],
    [{}, refused('TypeError')],
    'refused: wanted a pickle, found refused with TypeError',
  ],
  [
    'another class',
    [refused('KeyError')],
    [refused('TypeError')],
    'error class: wanted KeyError, found TypeError',
  ],
  ['another message', [refused('KeyError')], [refused('KeyError', { message: 'x' })], undefined],
  [
    'another call',
    [{ trace: [['Point.__reduce__', 'a', '#1']] }],
    [{ trace: [['subclass.reducer_override', 'a', '#1']] }],
    'trace: wanted __reduce__, found subclass.reducer_override',
  ],
] as const)('with %s they part as told', (_, expected, steps, signature) => {
  expect(partingOf(expected, { steps })?.signature).toBe(signature)
})

test('how deep is too deep is up to the engine, and the steps behind are not compared', () => {
  const expected = [{}, { ...refused('RecursionError'), ...one }, one]

  expect(partingOf(expected, { steps: [{}, refused('RecursionError'), long] })).toBeUndefined()
  expect(partingOf(expected, { steps: [{}, refused('PicklingError'), long] })).toBeUndefined()
  expect(partingOf(expected, { steps: [{}, refused('ValueError'), long] })).toBeDefined()
  expect(partingOf(expected, { steps: [{}, one, one] })).toBeDefined()
  expect(partingOf([long, ...expected], { steps: [one, ...expected] })).toMatchObject({ step: 0 })
})

test('the address of an object does not count in a pickle that holds its text', () => {
  const id = (address: string, rest = ''): Observation =>
    bytes(`PERSID "<scenario.A object at ${address}>${rest}"`, 'STOP')

  expect(partingOf([id('0x7f0000000001')], { steps: [id('0x55d0c')] })).toBeUndefined()
  expect(partingOf([id('0x7f0000000001')], { steps: [id('0x55d0c', 'x')] })).toBeDefined()

  const named = (address: string): Observation =>
    bytes(`PERSID "[<function f at ${address}>]"`, 'STOP')
  expect(partingOf([named('0x7f0000000001')], { steps: [named('0x55d0c')] })).toBeUndefined()
})

test('the address of an object does not count in what a hook was asked about', () => {
  const asked = (text: string): Observation => ({
    trace: [['instance.persistent_load', JSON.stringify(text), 'None']],
  })
  const expected = [asked('<function f at 0x7f0000000001>')]

  expect(partingOf(expected, { steps: [asked('<function f at 0x55d0c>')] })).toBeUndefined()
  expect(partingOf(expected, { steps: [asked('<function g at 0x55d0c>')] })).toBeDefined()
})
