import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { packageFile } from '../../package-root.ts'
import { discoverPythons } from './discover.ts'
import { flags, folder, runTests } from './fixtures/python-tests.ts'

const natives = (await discoverPythons()).filter(({ status }) => status === 'ready')

test('there is an interpreter to test', () => {
  expect(natives).not.toEqual([])
})

describe.each(natives)('the tests of the Python adapter pass in $id', ({ command, env }) => {
  test('all of them', async () => {
    const { code, count, said } = await runTests(command, env, 'tests')

    expect({ code, said }).toMatchObject({ code: 0 })
    expect(said).not.toContain('skipped')
    expect(count).toBeGreaterThanOrEqual(100)
  })

  test('the folder is run as a program, and answers until it is told to stop', () => {
    const [program = '', ...rest] = command
    const input =
      '{"id":4,"request":"hello","protocol":1}\nnonsense\n{"id":5,"request":"stop"}\n!\n'
    const options = { input, env: { ...process.env, ...env }, encoding: 'utf8' } as const

    const ended = spawnSync(program, [...rest, ...flags, join(folder, 'cpython')], options)

    expect(ended).toMatchObject({ status: 0, stderr: '' })
    const answers = ended.stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(answers).toEqual([
      { id: 4, hello: expect.objectContaining({ protocol: 1, language: 'Python' }) },
      { id: 0, error: expect.objectContaining({ place: 'character 0' }) },
    ])
  })
})

// Those between them are tested by `make proof-adapter`.
const ends = natives.filter((_, at) => at === 0 || at === natives.length - 1)
test.each(ends)('deep things are stood in $id', async ({ command, env }) => {
  const { code, count, said } = await runTests(command, env, 'deep_tests')

  expect({ code, said }).toMatchObject({ code: 0 })
  expect(said).not.toContain('skipped')
  expect(count).toBeGreaterThanOrEqual(6)
})

describe('the embedded Python as a process', () => {
  const host = packageFile('dist', 'conformance', 'subjects', 'python', 'pyodide', 'host.js')
  const cache = mkdtempSync(join(tmpdir(), 'picklespec-images-'))

  afterAll(() => rmSync(cache, { recursive: true, force: true }))

  function ask(lines: readonly string[], ...args: readonly string[]) {
    const input = lines.map((line) => `${line}\n`).join('')
    const env = { ...process.env, PICKLESPEC_CACHE: cache }
    const options = { input, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
    return spawnSync(process.execPath, [host, ...args], options)
  }

  const hello = '{"id":1,"request":"hello","protocol":1}'
  const known: readonly { readonly scenario: object }[] = JSON.parse(
    readFileSync(join(folder, 'cpython', 'tests', 'pickles.json'), 'utf8'),
  )

  /** All known scenarios, in which no trace is asked for, so that nodes need no numbers. */
  function batch(): string {
    const scenarios = known.map(({ scenario }) => ({
      scenario: 1,
      module: 'sm',
      functions: [],
      classes: [],
      missingModules: [],
      copyreg: { dispatch_table: [], extensions: [] },
      unpickler: {},
      ...('value' in scenario ? { steps: [{ dump: scenario.value }] } : {}),
      ...Object.fromEntries(Object.entries(scenario).filter(([name]) => name !== 'value')),
      pickler: {
        init: {},
        subclass: null,
        instance: {},
        ...('pickler' in scenario ? Object(scenario.pickler) : {}),
      },
    }))
    const observe = ['writes']
    return JSON.stringify({
      id: 2,
      request: 'run',
      engines: ['c', 'py'],
      protocols: [0, 4],
      observe,
      scenarios,
    })
  }

  function withoutAddresses(text: string): string {
    return text.replaceAll(/0x[0-9a-f]+/g, '0x').replaceAll(/"\d{6,}"/g, '"address"')
  }

  test('an image answers as a plain start does, and is made once', () => {
    const lines = [hello, batch()]

    const plain = ask(lines, '--plain')
    const made = ask(lines)
    const images = readdirSync(cache)
    const used = ask(lines)

    expect(plain).toMatchObject({ status: 0, stderr: '' })
    expect(plain.stdout.split('\n')).toHaveLength(known.length + 2)
    expect(plain.stdout).not.toContain('"error"')
    expect(withoutAddresses(made.stdout)).toBe(withoutAddresses(plain.stdout))
    expect(withoutAddresses(used.stdout)).toBe(withoutAddresses(plain.stdout))
    expect(images).toEqual([expect.stringMatching(/^pyodide-314\.0\.7-[0-9a-f]{24}\.image$/)])
    expect(readdirSync(cache)).toEqual(images)
  })

  test('a spoiled image is made anew', () => {
    const [image = ''] = readdirSync(cache)
    writeFileSync(join(cache, image), 'spoiled')

    const ended = ask([hello])

    expect(ended).toMatchObject({ status: 0, stderr: '' })
    expect(ended.stdout).toContain('"version":"3.14.2"')
    expect(readFileSync(join(cache, image)).length).toBeGreaterThan(1_000_000)
  })

  test('a million levels are refused, and the next line is answered', () => {
    const nest = (kind: string) => ({
      scenario: 1,
      module: 'sm',
      functions: [],
      classes: [{ name: 'A' }],
      missingModules: [],
      copyreg: { dispatch_table: [], extensions: [] },
      pickler: { init: {}, subclass: null, instance: {} },
      unpickler: {},
      steps: [{ dump: { node: 0, nest: 1_000_000, in: kind, of: 1 } }],
    })
    const scenarios = ['list', 'tuple', 'instance:A'].map(nest)
    const request = { id: 2, request: 'run', engines: ['c'], protocols: [4], observe: ['trace'] }

    const ended = ask([JSON.stringify({ ...request, scenarios }), '['.repeat(200_000), hello])

    expect(ended).toMatchObject({ status: 0, stderr: '' })
    const lines = ended.stdout.trim().split('\n')
    expect(lines).toHaveLength(5)
    for (const line of lines.slice(0, 3)) expect(line).toContain('"class":"RecursionError"')
    expect(lines[3]).toContain('"error"')
    expect(lines[4]).toContain('"hello"')
  })

  test('a runtime that dies ends the process with 70 and a line that says so', () => {
    const ended = ask([hello, '['.repeat(200_000), hello], '--stack=1')

    expect(ended.status).toBe(70)
    expect(ended.stdout.split('\n')).toEqual([expect.stringContaining('"hello"'), ''])
    expect(ended.stderr).toContain('the embedded Python is dead: RangeError: Maximum call stack')
    expect(ended.stderr.length).toBeLessThan(20_000)
  })
})
