import { expect, test } from 'vitest'
import { compareReleases, parseRelease, releaseText } from './release.ts'

test('releases are in the order they came out, early ones before the release itself', () => {
  const inOrder = ['3.9.0', '3.10.2', '3.10.10', '3.15.0a2', '3.15.0a10', '3.15.0b1', '3.15.0rc1']
  const releases = [...inOrder, '3.15.0', '3.15.1rc1', '3.15.1'].map(parseRelease)

  expect(releases.toReversed().sort(compareReleases)).toEqual(releases)
  for (const release of releases) expect(compareReleases(release, [...release])).toBe(0)
})

test.each([
  ['3.13.0', [3, 13, 0]],
  ['3.15.0rc1', [3, 15, 0, 'rc1']],
])('%s is read and written', (text, release) => {
  expect(parseRelease(text)).toEqual(release)
  expect(releaseText(parseRelease(text))).toBe(text)
})

test.each(['', '3.15', '3.15.0rc', '3.15.0c1', '3.15.0rc1+', 'v3.8.0'])('%j is none', (text) => {
  expect(() => parseRelease(text)).toThrow(JSON.stringify(text))
})
