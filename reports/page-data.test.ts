import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePage, encodePage, type PageData } from './page-data.ts'
import type { RunRecord } from './record.ts'
import { inTurn, recordOfTexts, sampleRecord } from './testing/sample-record.ts'

/** What the page is to know of each line. */
const known = (record: RunRecord) =>
  record.verdicts.map(({ case: name, protocol, subject, engine, clause, chapter, ...line }) => ({
    case: name,
    protocol,
    subject,
    engine,
    clause,
    chapter,
    conformance: line.conformance,
    parity: line.parity,
    expectedFailure: line.expectedFailure,
    isolation: line.isolation,
    details: line.details,
  }))

const decoded = (data: PageData) =>
  decodePage(data).map(({ clause, details, ...line }) => ({
    ...line,
    clause: clause.id,
    expectedFailure: line.expectedFailure,
    isolation: line.isolation,
    details: details(),
  }))

test('the page is told of every line what the record says, whatever its texts', () => {
  expect(decoded(encodePage(sampleRecord(2)))).toEqual(known(sampleRecord(2)))
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (texts) => {
      const record = recordOfTexts(inTurn(texts))

      // Through JSON, as it is embedded.
      expect(decoded(JSON.parse(JSON.stringify(encodePage(record))))).toEqual(known(record))
    }),
    { numRuns: 50 },
  )
})

test('a text that occurs often is carried once', () => {
  const { texts } = encodePage(sampleRecord(3))

  expect(new Set(texts).size).toBe(texts.length)
})

test('past the size a page may have, lines go without their details and are counted', () => {
  const record = sampleRecord()
  const all = encodePage(record).details.length

  const data = encodePage(record, 1000)

  expect(data.details.length).toBeGreaterThan(0)
  expect(data.withoutDetails).toBe(all - data.details.length)
  expect(data.lines).toHaveLength(record.verdicts.length)
})

test('what does not fit together is refused', () => {
  const data = encodePage(sampleRecord())

  expect(() => decodePage({ ...data, targets: [] })).toThrow(RangeError)
})
