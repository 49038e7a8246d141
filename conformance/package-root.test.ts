import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageFile, packageRoot } from './package-root.ts'

test('the package root holds the manifest of picklespec', () => {
  const manifest: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'))

  expect(manifest).toMatchObject({ name: 'picklespec' })
})

test('a file of the package is found from the root, not from the caller', () => {
  expect(packageFile('conformance', 'cases')).toBe(join(packageRoot, 'conformance', 'cases'))
  expect(packageFile('conformance', 'package-root.ts')).toBe(
    join(import.meta.dirname, 'package-root.ts'),
  )
})
