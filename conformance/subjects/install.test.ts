import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageFile } from '../package-root.ts'
import { type Installed, installSubjects } from './install.ts'

const root = mkdtempSync(join(tmpdir(), 'install-'))
const id = `install-test-${process.pid}`
const installed = packageFile('.subjects', id)
afterAll(() => {
  rmSync(root, { recursive: true })
  rmSync(installed, { recursive: true, force: true })
})

/** Installs one subject by these commands. */
async function install(setup: readonly (readonly string[])[]): Promise<Installed[]> {
  const folder = join(root, 'language/one')
  mkdirSync(folder, { recursive: true })
  const file = {
    ...{ id, title: 'One', language: 'JavaScript', homepage: 'https://example.org/' },
    ...{
      issues: 'https://example.org/issues',
      install: 'make subjects',
      env: {},
      engines: ['one'],
    },
    start: ['{installed}/made'],
    limits: { memoryMiB: 1, secondsPerScenario: 1, startSeconds: 1, lineMiB: 1 },
    setup,
  }
  writeFileSync(join(folder, 'subject.json'), JSON.stringify(file))
  const found: Installed[] = []
  for await (const one of installSubjects({ ...process.env }, root)) found.push(one)
  return found
}

const writing = (text: string): readonly string[] => [
  '{node}',
  '-e',
  `require('fs').writeFileSync(process.argv[1], ${JSON.stringify(text)})`,
  '{installed}/made',
]

test('what says how is installed, once, and again when the commands are others', async () => {
  expect(await install([writing('a'), writing('b')])).toEqual([{ id, outcome: 'installed' }])
  expect(readFileSync(join(installed, 'made'), 'utf8')).toBe('b')
  expect(await install([writing('a'), writing('b')])).toEqual([{ id, outcome: 'was there' }])
  expect(await install([writing('c')])).toEqual([{ id, outcome: 'installed' }])
  expect(readFileSync(join(installed, 'made'), 'utf8')).toBe('c')
})

test('without its tool it is left out, and what fails says why', async () => {
  expect(await install([['no-such-tool', 'build']])).toEqual([
    { id, outcome: 'left out', because: 'there is no no-such-tool' },
  ])
  const failing = ['{node}', '-e', "console.error('no luck'); process.exit(3)"]
  expect(await install([failing, writing('d')])).toEqual([
    { id, outcome: 'failed', because: 'no luck' },
  ])
  expect(await install([writing('e')])).toEqual([{ id, outcome: 'installed' }])
})
