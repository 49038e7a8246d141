import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageFile } from '../package-root.ts'
import { codeCitations } from './code-citations.ts'

test('each place is a line of the reference that names the clause', () => {
  const places = codeCitations().get('FAST-01') ?? []

  expect(places.some((place) => place.startsWith('reference/pickler/'))).toBe(true)
  for (const place of places) {
    const [path = '', line = ''] = place.split(':')
    expect(path).not.toMatch(/test|fixtures/)
    expect(readFileSync(packageFile(path), 'utf8').split('\n')[Number(line) - 1]).toContain(
      'FAST-01',
    )
  }
})
