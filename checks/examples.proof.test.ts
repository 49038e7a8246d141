import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { packageFile } from '../conformance/package-root.ts'
import { discoverPythons } from '../conformance/subjects/python/discover.ts'
import {
  type Example,
  type ExampleFile,
  enginesOf,
  type Outcome,
} from '../reference/fixtures/examples.ts'
import { measuredReleases } from '../reference/profiles.ts'
import type { WordSize } from '../reference/word-size.ts'

const program = 'reference/fixtures/answer-examples.py'
const paths = ['pickler', 'unpickler', 'tools'].map(
  (part) => `reference/${part}/fixtures/examples.json`,
)
const files = paths.map((path): ExampleFile => JSON.parse(readFileSync(packageFile(path), 'utf8')))

/** Examples are those of these; another release may have been changed since, or not yet. */
const measured = [...measuredReleases.map((release) => `cpython-${release}`), 'pypy-3.9.16']

type Interpreter = {
  readonly id: string
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly wordSize: WordSize
}

const host = packageFile('dist', 'conformance', 'subjects', 'python', 'pyodide', 'host.js')
const flags = ['-X', 'utf8', '-W', 'ignore', '-B']

const interpreters: readonly Interpreter[] = [
  ...(await discoverPythons())
    .filter(({ status }) => status === 'ready')
    .map(({ id, command, env }) => ({
      ...{ id, command: [...command, ...flags], env, wordSize: 64 as const },
    })),
  ...[
    { id: 'cpython-3.14.2-embedded', runtime: 'pyodide' },
    { id: 'cpython-3.15.0rc1-embedded', runtime: 'pyodide-315' },
  ].map(({ id, runtime }) => ({
    id,
    command: [process.execPath, host, `--runtime=${runtime}`, '--run'],
    env: {},
    wordSize: 32 as const,
  })),
]

/** An answer to each example of all files, by engine. */
function answersOf({
  command,
  env,
}: Interpreter): Promise<readonly Readonly<Record<string, Outcome>>[]> {
  const [first = '', ...rest] = command
  const options = {
    cwd: packageFile('.'),
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  }
  return new Promise((resolve, reject) => {
    execFile(first, [...rest, program, ...paths], options, (error, stdout, stderr) => {
      if (error !== null) reject(new Error(stderr, { cause: error }))
      else
        resolve(
          stdout
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
        )
    })
  })
}

/** Whether an answer is what an example says, as far as it says it. */
function holds({ context, gives, message = '', notes, raises }: Example, seen: Outcome): boolean {
  if (raises === undefined) return seen.gives === gives
  return (
    seen.raises === raises &&
    seen.message?.startsWith(message) === true &&
    (notes === undefined || JSON.stringify(seen.notes) === JSON.stringify(notes)) &&
    (context === undefined || seen.context === context)
  )
}

/** The engines of an interpreter that an example is for. */
function enginesAsked(
  { id, wordSize }: Interpreter,
  file: ExampleFile,
  example: Example,
): readonly string[] {
  if (example.wordSize !== undefined && example.wordSize !== wordSize) return []
  const [, implementation, release = ''] = /^(cpython|pypy)-(\d+\.\d+\.\d+)/.exec(id) ?? []
  return enginesOf(file, example, implementation === 'pypy' ? 'pypy' : 'cpython', release)
}

describe('every interpreter that was measured gives what the examples say', () => {
  test('there are natives', () => {
    expect(interpreters.length).toBeGreaterThan(2)
  })

  test.each(interpreters)('$id', async (interpreter) => {
    const answers = await answersOf(interpreter)

    const asked = files.flatMap((file) => file.examples.map((example) => ({ file, example })))
    expect(answers).toHaveLength(asked.length)
    const judged = asked.flatMap(({ file, example }, at) =>
      enginesAsked(interpreter, file, example).map((engine) => {
        const seen = answers[at]?.[engine] ?? {}
        return { engine, example, seen, holds: holds(example, seen) }
      }),
    )
    const holding = judged.filter((one) => one.holds).length
    process.stdout.write(`${interpreter.id}: ${holding} of ${judged.length} examples hold\n`)
    expect(judged.length).toBeGreaterThan(400)
    const isMeasured = measured.some((release) => interpreter.id.startsWith(release))
    expect(judged.filter((one) => isMeasured && !one.holds)).toEqual([])
  })
})
