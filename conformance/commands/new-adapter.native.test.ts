import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { captureIo, WrongUsage } from '../../reports/command.ts'
import { packageFile } from '../package-root.ts'
import { newAdapterCommand } from './new-adapter.ts'
import { examined, withTools } from './testing/new-adapter.ts'

const built = withTools([
  ['javascript', 'node'],
  ['python', 'python3'],
  ['go', 'go'],
  ['java', 'javac'],
])

test('the command knows every template there is', () => {
  const templates = readdirSync(packageFile('conformance', 'templates'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

  expect(newAdapterCommand.arguments['language']?.choices).toEqual(templates)
  expect(built).toContain('javascript')
})

test.each(built)('the adapter in %s builds, and the doctor finds it healthy', async (language) => {
  const { code, said } = await examined(language)

  expect(said).toMatchObject({ subject: `${language}-codec`, healthy: true, mistakes: [] })
  expect(code).toBe(0)
})

describe('the folder of a new adapter', () => {
  let cwd: string
  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'picklespec-new-'))
  })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  const writing = (folder: string) => {
    const io = captureIo({ cwd })
    const given = { arguments: { language: 'rust', folder }, options: {} }
    return { io, code: newAdapterCommand.run(io, given) }
  }

  test('is made, gives the adapter its name, and is told what to do next', async () => {
    const { io, code } = writing('some/My Pickle')

    expect(await code).toBe(0)
    const file: unknown = JSON.parse(readFileSync(join(cwd, 'some/My Pickle/subject.json'), 'utf8'))
    expect(file).toMatchObject({ id: 'my-pickle', language: 'Rust' })
    expect(readFileSync(join(cwd, 'some/My Pickle/src/main.rs'), 'utf8')).toContain('"my-pickle"')
    expect(io.out()).toContain("  cd 'some/My Pickle' && cargo build --release\n")
    expect(io.out()).toContain("  picklespec doctor 'some/My Pickle'\n")
  })

  test('has to be empty', async () => {
    mkdirSync(join(cwd, 'full'))
    writeFileSync(join(cwd, 'full', 'notes'), 'mine')

    await expect(writing('full').code).rejects.toThrow(WrongUsage)
    await expect(writing('full').code).rejects.toThrow('found notes in full')
    expect(readdirSync(join(cwd, 'full'))).toEqual(['notes'])
    mkdirSync(join(cwd, 'empty'))
    expect(await writing('empty').code).toBe(0)
  })
})
