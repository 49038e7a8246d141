import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'
import type { RunRecord } from './record.ts'
import { recordOfTexts, sampleRecord } from './testing/sample-record.ts'

const record = sampleRecord()

test('lines that came in any order are told in one', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...record.verdicts], { minLength: 384 }), (verdicts) => {
      expect(inOrder({ ...record, verdicts })).toEqual(inOrder(record))
    }),
    { numRuns: 20 },
  )
})

test('the order is that of clause, case, engine and protocol', () => {
  const told = inOrder({ ...record, verdicts: record.verdicts.toReversed() }).verdicts.map(
    ({ clause, subject, engine, protocol }) => `${clause} ${subject} ${engine} ${protocol}`,
  )

  expect(told.slice(0, 7)).toEqual([
    ...[0, 1, 2, 3, 4, 5].map((protocol) => `SAVE-03 reference documented ${protocol}`),
    'SAVE-03 cpython-3.14.2 c 0',
  ])
  expect(told.at(-1)).toBe('FAST-05 og-rek ogórek 5')
})

test('no line is lost, whatever it cites', () => {
  const odd: RunRecord = recordOfTexts(() => 'same')

  expect(inOrder(odd).verdicts).toHaveLength(odd.verdicts.length)
})
