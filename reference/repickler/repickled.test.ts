import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkRecording } from './fixtures/check-rows.ts'
import { type Recording, readRecording, undecided } from './fixtures/recording.ts'

const folder = new URL('fixtures/', import.meta.url)

const recordings = (start: string): readonly Recording[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(start) && name.endsWith('.jsonl'))
    .map((name) => readRecording(readFileSync(new URL(name, folder), 'utf8')))

test('pickles of several releases were recorded', () => {
  expect(recordings('repickled-').map(({ python }) => python)).toEqual(
    expect.arrayContaining(['3.8.18', '3.11.2', '3.14.2']),
  )
})

test.each(recordings('repickled-'))(
  'what CPython $python wrote is written again at every protocol as by that interpreter',
  (recording) => {
    const { differences, noted, checked } = checkRecording(recording)

    expect(differences).toEqual([])
    for (const { name, said } of noted) expect(said, name).toContain(undecided.get(name)?.[0])
    expect(recording.rows.length).toBeGreaterThan(100)
    expect(checked).toBeGreaterThan(3000)
  },
)

test.each(recordings('packages-'))(
  'what $packages wrote is written again at every protocol, or named',
  (recording) => {
    const { differences, noted, checked } = checkRecording(recording)
    const names = new Set(noted.map(({ name }) => name))

    expect(Object.keys(recording.packages)).toEqual(expect.arrayContaining(['numpy', 'pandas']))
    expect(differences).toEqual([])
    // A method of a class, a mask that is filled in, classes that derive from a type made in C.
    expect([...names]).toEqual([
      'numpy: functions',
      'numpy: masked array',
      'pandas: offsets',
      'pandas: NamedAgg',
      'dateutil: zones',
      'dateutil: offset',
    ])
    expect(checked).toBeGreaterThan(2000)
  },
)
