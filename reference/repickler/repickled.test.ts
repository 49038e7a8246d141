import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkRecording } from './fixtures/check-rows.ts'
import { readRecording } from './fixtures/recording.ts'

const folder = new URL('fixtures/', import.meta.url)
const recordings = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => readRecording(readFileSync(new URL(name, folder), 'utf8')))

test('pickles of several releases were recorded', () => {
  expect(recordings.map(({ python }) => python)).toEqual(
    expect.arrayContaining(['3.8.18', '3.11.2', '3.14.2']),
  )
})

test.each(recordings)(
  'what CPython $python wrote is written again at every protocol as by that interpreter',
  (recording) => {
    const { differences, checked } = checkRecording(recording)

    expect(differences).toEqual([])
    expect(recording.rows.length).toBeGreaterThan(100)
    expect(checked).toBeGreaterThan(3000)
  },
)
