import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bytesOfHex, hexOfBytes } from '../codecs/hex.ts'
import { asPickleError } from '../errors.ts'
import { profile } from '../profiles.ts'
import { differencesOf, isUndecided, readRecording } from './fixtures/recording.ts'
import { LoadedPickle } from './loaded-pickle.ts'

const folder = new URL('fixtures/', import.meta.url)
const recordings = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => readRecording(readFileSync(new URL(name, folder), 'utf8')))

test('pickles of several releases were recorded', () => {
  expect(recordings.map(({ python }) => python)).toEqual(
    expect.arrayContaining(['3.8.18', '3.11.2', '3.14.2']),
  )
})

describe.each(recordings)('what CPython $python wrote', ({ python, bits, rows }) => {
  test('is written again at every protocol as that interpreter writes it', () => {
    const followed = profile(`cpython-${python}-c`)
    let count = 0
    for (const row of rows) {
      const { differences, checked } = differencesOf(row, (pickle) => {
        const loaded = new LoadedPickle(bytesOfHex(pickle), followed, { wordSize: bits })
        return (protocol) => {
          try {
            const { bytes, kept } = loaded.dump(protocol)
            return { written: hexOfBytes(bytes), kept: [...kept.keys()] }
          } catch (error) {
            return { written: asPickleError(error).type, kept: [] }
          }
        }
      })
      expect(
        differences.filter((one) => !isUndecided(row.name, one)),
        row.name,
      ).toEqual([])
      count += checked
    }

    expect(rows.length).toBeGreaterThan(100)
    expect(count).toBeGreaterThan(3000)
  })
})
