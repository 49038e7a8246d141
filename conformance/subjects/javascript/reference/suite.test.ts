import { describe, expect, test } from 'vitest'
import {
  chapters,
  everyOther,
  misses,
  missesIn,
  profilesOf,
  suite,
} from '../../testing/suite-misses.ts'

test('the suite has cases for every chapter it is about', () => {
  expect(chapters).toEqual(expect.arrayContaining(['COPYREG', 'DISP', 'DOC', 'FAST', 'PERS']))
  expect(chapters).toEqual(expect.arrayContaining(['OP', 'RO', 'SAVE', 'UNP']))
  expect(chapters).not.toContain('no chapter')
})

describe.each(chapters)(
  'the reference meets every case of %s, deviations of the engine included',
  (chapter) => {
    test.each([['documented', null] as const, ...profilesOf(everyOther)])('as %s', (...profile) => {
      expect(missesIn(chapter, profile)).toEqual([])
    })
  },
)

test('an answer that is not expected is missed', () => {
  const [miss, ...others] = suite.flatMap((one) =>
    one.id === 'fast/switching/class-false-instance-true'
      ? misses(one, 'documented', { engine: 'c', version: '3.13.0' })
      : [],
  )

  expect(miss).toContain('fast/switching/class-false-instance-true@p0: {"kind":"failed"')
  expect(others).toHaveLength(5)
})
