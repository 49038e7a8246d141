import { expect, test } from 'vitest'
import { knownType } from './known-types.ts'

test.each([
  ['decimal:Decimal', { 8: 'fresh', 11: 'fresh', 12: 'fresh', 15: 'fresh' }],
  ['fractions:Fraction', { 8: 'fresh', 11: 'fresh', 12: undefined, 15: undefined }],
  ['pathlib:PosixPath', { 8: 'interned', 12: 'interned', 13: undefined, 15: undefined }],
  ['operator:attrgetter', { 8: 'attributes', 15: 'attributes' }],
  ['m:unknown', { 8: undefined, 15: undefined }],
])('what a reduction of %s does with strs is that of the release', (name, treatments) => {
  for (const [minor, treatment] of Object.entries(treatments)) {
    expect([minor, knownType([3, Number(minor), 0], name).arguments]).toEqual([minor, treatment])
  }
})

test('what is known of types of packages', () => {
  const pandas = 'pandas.core.internals.managers:SingleBlockManager'

  expect(knownType([3, 8, 0], 'numpy:dtype')).toEqual({ isSettled: true })
  expect(knownType([3, 13, 0], pandas)).toEqual(knownType([3, 8, 0], pandas))
})
