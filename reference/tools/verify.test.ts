import { describe, expect, test } from 'vitest'
import { encodeLatin1 } from '../codecs/text.ts'
import { bytesOfParts, recordings } from './fixtures/recorded.ts'
import { verify } from './verify.ts'

describe.each(recordings)(
  'what pickletools.dis of $interpreter complains about',
  ({ python, cases }) => {
    const disassembled = cases.flatMap(({ name, pickle, dis }) =>
      dis === undefined ? [] : [{ name, pickle, error: dis.error }],
    )

    // An int of too many digits is a trouble of printing, not of the pickle.
    const judged = disassembled.filter(({ error }) => !error?.[1].endsWith('to increase the limit'))

    test.each(judged)('$name', ({ pickle, error }) => {
      const [first] = verify(bytesOfParts(pickle), { python })

      expect(first === undefined).toBe(error === null)
      if (first !== undefined && !first.message.startsWith('could not convert')) {
        expect(first.message).toBe(error?.[1])
      }
    })
  },
)

test('all complaints are found, each with its place', () => {
  const findings = verify(encodeLatin1('0te(2th\x05q\x00)NN.'), { python: '3.13' })

  expect(findings).toEqual([
    {
      offset: 0,
      opcode: 'POP',
      problem: 'underflow',
      message: 'tries to pop 1 items from stack with only 0 items',
    },
    { offset: 1, opcode: 'TUPLE', problem: 'no-mark', message: 'no MARK exists on stack' },
    { offset: 2, opcode: 'APPENDS', problem: 'no-mark', message: 'no MARK exists on stack' },
    { offset: 5, opcode: 'TUPLE', problem: 'mark-lost', message: 'list index out of range' },
    {
      offset: 6,
      opcode: 'BINGET',
      problem: 'memo-undefined',
      message: 'memo key 5 has never been stored into',
    },
    {
      offset: 13,
      opcode: 'STOP',
      problem: 'leftovers',
      message: 'stack not empty after STOP: [tuple, any, tuple, None]',
    },
  ])
})

test('what cannot be read ends the findings', () => {
  expect(verify(encodeLatin1('0N'))).toEqual([
    {
      offset: 0,
      opcode: 'POP',
      problem: 'underflow',
      message: 'tries to pop 1 items from stack with only 0 items',
    },
    {
      offset: 2,
      opcode: undefined,
      problem: 'unreadable',
      message: 'pickle exhausted before seeing STOP',
    },
  ])
})

test('a good pickle has no findings', () => {
  expect(verify(encodeLatin1('(NNt.'))).toEqual([])
})
