import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findExecutable } from './executable.ts'

const folder = mkdtempSync(join(tmpdir(), 'executable-'))
mkdirSync(join(folder, 'bin'))
mkdirSync(join(folder, 'bin', 'folder'))
for (const [name, mode] of [
  ['tool', 0o755],
  ['text', 0o644],
] as const) {
  writeFileSync(join(folder, 'bin', name), '')
  chmodSync(join(folder, 'bin', name), mode)
}

afterAll(() => rmSync(folder, { recursive: true }))

const path = ['/no/such/folder', join(folder, 'bin')].join(delimiter)
const tool = join(folder, 'bin', 'tool')

test.each([
  ['a name on the path', 'tool', tool],
  ['a path from the folder', './bin/tool', tool],
  ['an absolute path', tool, tool],
  ['a name that is nowhere', 'tools', undefined],
  ['a file that may not be executed', 'text', undefined],
  ['a folder', 'folder', undefined],
  ['an absolute path to nothing', `${tool}s`, undefined],
])('%s is found or not', (_, program, found) => {
  expect(findExecutable(program, folder, path)).toBe(found)
})

test('a relative folder of the path starts from the given folder', () => {
  expect(findExecutable('tool', folder, 'bin')).toBe(tool)
})
