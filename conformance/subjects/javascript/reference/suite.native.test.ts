import { describe, expect, test } from 'vitest'
import { chapters, inBetween, missesIn, profilesOf } from '../../testing/suite-misses.ts'

describe.each(chapters)(
  'the reference meets every case of %s as the releases between those of suite.test.ts',
  (chapter) => {
    test.each(profilesOf(inBetween))('as %s', (...profile) => {
      expect(missesIn(chapter, profile)).toEqual([])
    })
  },
)
