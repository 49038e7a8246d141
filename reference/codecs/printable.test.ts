import { expect, test } from 'vitest'
import { isPrintable } from './printable.ts'
import type { PythonVersion } from './python-version.ts'

// str.isprintable of CPython 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1, 3.13.0 and 3.14.2; for 3.15
// the categories of the Python package unicodedata2 17.0.0.
test.each<[PythonVersion, number, number]>([
  ['3.8', 137750, 13712967786],
  ['3.9', 143680, 14795701354],
  ['3.10', 143680, 14795701354],
  ['3.11', 144516, 14867683184],
  ['3.12', 148998, 15750900724],
  ['3.13', 149625, 15870251364],
  ['3.14', 154810, 16317358124],
  ['3.15', 159613, 17258563829],
])('Python %s prints %i characters, whose numbers add up to %i', (python, count, sum) => {
  let foundCount = 0
  let foundSum = 0
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    if (!isPrintable(codePoint, python)) continue
    foundCount++
    foundSum += codePoint
  }

  expect([foundCount, foundSum]).toEqual([count, sum])
})
