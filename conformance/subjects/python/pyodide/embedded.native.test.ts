import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { packageFile } from '../../../package-root.ts'
import { type EmbeddedAdapter, startAdapter, startPython } from './embedded.ts'
import { type Interpreter, loadRuntime, runtimeNames } from './runtime.ts'

const tests = packageFile('conformance', 'subjects', 'python', 'cpython', 'tests')

function scenario(value: unknown): object {
  return {
    scenario: 1,
    module: 'scenario',
    functions: [],
    classes: [],
    missingModules: [],
    copyreg: { dispatch_table: [], extensions: [] },
    pickler: { init: {}, subclass: null, instance: {} },
    unpickler: {},
    steps: [{ dump: value }],
  }
}

const runTests = `
import json, unittest
def run_tests(name):
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromName(name).run(result)
    failed = result.failures + result.errors
    return json.dumps([result.testsRun, [text for _, text in failed]])
run_tests
`

const versions = {
  pyodide: ['3.14.2', '314.0.7'],
  'pyodide-315': ['3.15.0rc1', '315.0.0a2'],
} as const

describe.each(runtimeNames)('the Python embedded by %s', (runtime) => {
  const [version, release] = versions[runtime]
  let python: Interpreter
  let adapter: EmbeddedAdapter

  beforeAll(async () => {
    python = await startPython(await loadRuntime(runtime), (line) => {
      throw new Error(`Python wrote: ${line}`)
    })
    adapter = startAdapter(python)
  }, 60_000)

  function answersTo(request: object): unknown[] {
    const lines: string[] = []
    adapter.answerLine(Buffer.from(JSON.stringify(request)), (line) => lines.push(line))
    return lines.map((line) => JSON.parse(line))
  }

  test('it says who it is', () => {
    expect(answersTo({ id: 1, request: 'hello', protocol: 1 })).toEqual([
      {
        id: 1,
        hello: expect.objectContaining({
          name: 'CPython',
          version,
          wordSize: 32,
          runtime: `pyodide ${release} (wasm32)`,
          engines: [
            { id: 'c', follows: `cpython-${version}-c` },
            { id: 'py', follows: `cpython-${version}-py` },
          ],
        }),
      },
    ])
  })

  test('each scenario is answered by a line of its own', () => {
    const scenarios = [scenario('ab'), scenario({ nope: 1 }), scenario(5)]

    const answers = answersTo({
      id: 2,
      request: 'run',
      engines: ['c', 'py'],
      protocols: [4],
      observe: [],
      scenarios,
    })

    expect(answers).toEqual([
      {
        id: 2,
        index: 0,
        results: [
          {
            engine: 'c',
            protocol: 4,
            steps: [{}, { bytes: '80049506000000000000008c026162942e' }],
          },
          { engine: 'py', protocol: 4, same: 0 },
        ],
      },
      {
        id: 2,
        index: 1,
        error: { message: 'no tag among the fields nope', place: 'steps[0].dump' },
      },
      {
        id: 2,
        index: 2,
        results: [
          { engine: 'c', protocol: 4, steps: [{}, { bytes: '80044b052e' }] },
          { engine: 'py', protocol: 4, same: 0 },
        ],
      },
    ])
  })

  test('a line that is no text is refused, and stop is obeyed', () => {
    const lines: string[] = []
    const write = (line: string) => lines.push(line)

    expect(adapter.answerLine(new Uint8Array([0xff]), write)).toBe(true)
    expect(adapter.answerLine(Buffer.from('{"id":1,"request":"stop"}'), write)).toBe(false)
    expect(lines).toEqual([
      '{"id":0,"error":{"message":"the line is not UTF-8: invalid start byte","place":"byte 0"}}',
    ])
  })

  describe('the tests of the Python adapter pass', () => {
    const files = readdirSync(tests).filter((name) => /\.(?:py|json)$/.test(name))

    test.each(files.filter((name) => name.startsWith('test_')))('%s', (name) => {
      python.FS.mkdirTree('/picklespec/cpython/tests')
      for (const file of files) {
        python.FS.writeFile(`/picklespec/cpython/tests/${file}`, readFileSync(join(tests, file)))
      }

      const result: unknown = python.runPython(runTests)(`cpython.tests.${name.slice(0, -3)}`)
      const [run, failed] = JSON.parse(String(result))

      expect(failed).toEqual([])
      expect(run).toBeGreaterThan(1)
    })
  })
})
