import { describe, expect, test } from 'vitest'
import {
  compareReleases,
  matchesProtocol,
  matchesVersion,
  parseProtocolRange,
  parseRelease,
  parseVersionRange,
} from './index.ts'

describe('a range of releases', () => {
  test.each([
    ['*', '2.7.18', true],
    ['3.14', '3.14.0', true],
    ['3.14', '3.14.12', true],
    ['3.14', '3.13.9', false],
    ['3.1', '3.14.0', false],
    ['3.8-3.10', '3.8.0', true],
    ['3.8-3.10', '3.10.13', true],
    ['3.8-3.10', '3.11.0', false],
    ['3.8-3.10', '3.7.17', false],
    ['3.9.2-3.9.10', '3.9.9', true],
    ['3.9.2-3.9.10', '3.9.10', true],
    ['3.9.2-3.9.10', '3.9.11', false],
    ['3.9.2-3.9.10', '3.9.1', false],
    ['3.11+', '3.11.0', true],
    ['3.11+', '4.0.0', true],
    ['3.11+', '3.10.99', false],
    ['3.13.1+', '3.13.0', false],
    ['3.13.1+', '3.13.10', true],
    ['<3.13.1', '3.13.0', true],
    ['<3.13.1', '3.13.1', false],
    ['<3.13', '3.12.99', true],
    ['<3.13', '3.13.0', false],
    ['3.13.0', '3.13.0', true],
    ['3.13.0', '3.13.1', false],
    ['3.12', '3.12.0rc1', true],
    ['3.12-3.13', '3.12.0a1', true],
    ['3.12-3.13', '3.13.0b4', true],
    ['3.12-3.13', '3.14.0a1', false],
    ['3.15+', '3.15.0rc1', true],
    ['3.15.0+', '3.15.0rc1', false],
    ['3.15.0+', '3.15.0', true],
    ['3.15.0', '3.15.0rc1', false],
    ['<3.15', '3.15.0rc1', false],
    ['<3.15', '3.14.99', true],
    ['<3.15.0', '3.15.0rc1', true],
    ['3.14.2-3.14.9', '3.14.3rc1', true],
  ])('%s and %s: %s', (range, version, isIn) => {
    expect(matchesVersion(range, version)).toBe(isIn)
  })

  test.each([
    '',
    '3',
    '3.8-',
    '-3.8',
    '3.8+-',
    '>3.8',
    '<=3.8',
    '3.08',
    '3.8.1.2',
    '3.8 - 3.9',
    '3.x',
    '<*',
    '<3.8+',
  ])('%j is none', (text) => {
    expect(() => parseVersionRange(text)).toThrow(RangeError)
    expect(() => parseVersionRange(text)).toThrow(JSON.stringify(text))
  })

  test.each(['3.10-3.9', '3.9.5-3.9.4', '3.9-3.8.17'])('%s descends', (text) => {
    expect(() => parseVersionRange(text)).toThrow('wanted releases that ascend')
  })

  test('has bounds that are releases', () => {
    expect(parseVersionRange('*')).toEqual({})
    expect(parseVersionRange('3.8-3.10')).toEqual({ from: [3, 8, 0, ''], before: [3, 11, 0, ''] })
    expect(parseVersionRange('<3.13.1')).toEqual({ before: [3, 13, 1] })
    expect(parseVersionRange('3.11+')).toEqual({ from: [3, 11, 0, ''] })
    expect(parseVersionRange('3.11.0+')).toEqual({ from: [3, 11, 0] })
  })
})

describe('a release', () => {
  test('is compared by number, not by digit', () => {
    expect(compareReleases(parseRelease('3.9.0'), parseRelease('3.10.0'))).toBeLessThan(0)
    expect(compareReleases(parseRelease('3.10.2'), parseRelease('3.10.10'))).toBeLessThan(0)
    expect(compareReleases(parseRelease('4.0.0'), parseRelease('3.14.2'))).toBeGreaterThan(0)
    expect(compareReleases(parseRelease('3.13'), parseRelease('3.13.0+'))).toBe(0)
  })

  test('that is not out yet comes before it, alphas before betas before candidates', () => {
    const inOrder = [
      '3.14.9',
      '3.15.0a2',
      '3.15.0a10',
      '3.15.0b1',
      '3.15.0rc1',
      '3.15.0rc2',
      '3.15.0',
    ]

    expect(inOrder.toReversed().map(parseRelease).sort(compareReleases)).toEqual(
      inOrder.map(parseRelease),
    )
    expect(parseRelease('3.15.0rc1')).toEqual([3, 15, 0, 'rc1'])
    expect(parseRelease('3.15.0rc1+')).toEqual([3, 15, 0, 'rc1'])
    expect(compareReleases(parseRelease('3.15.0rc1'), parseRelease('3.15.0rc1'))).toBe(0)
  })

  test.each(['', 'x', '3', 'v3.8'])('%j is none', (text) => {
    expect(() => parseRelease(text)).toThrow(RangeError)
  })
})

describe('a range of protocols', () => {
  test.each([
    ['*', [0, 1, 2, 3, 4, 5]],
    ['0', [0]],
    ['0-1', [0, 1]],
    ['2-5', [2, 3, 4, 5]],
    ['3-3', [3]],
  ])('%s', (range, protocols) => {
    expect([0, 1, 2, 3, 4, 5].filter((one) => matchesProtocol(range, one))).toEqual(protocols)
  })

  test.each(['', '6', '2-', '-2', '0-6', '0-1-2', '4+', ' 4', '5-4'])('%j is none', (text) => {
    expect(() => parseProtocolRange(text)).toThrow(RangeError)
  })
})
