import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packageFile } from '../../../package-root.ts'
import { parseAnswerLine } from '../../../protocol/parse-message.ts'
import { parseScenario, type Scenario, ScenarioError } from '../../../scenario/index.ts'
import { discoverPythons, type PythonSubject } from '../../python/discover.ts'
import { compareAnswers, runRequest } from './fixtures/agreement.ts'
import { handMadeScenarios } from './fixtures/hand-made-scenarios.ts'
import { randomScenario } from './fixtures/random-scenario.ts'

const adapter = packageFile('conformance', 'subjects', 'python', 'cpython')

const natives = (await discoverPythons()).filter(
  ({ id, status }) => status === 'ready' && id.startsWith('cpython-3.'),
)

/** Scenarios out of streams of choices; those that the parser refuses are left out. */
function generated(count: number, seed: number): Scenario[] {
  const choices = fc.sample(fc.infiniteStream(fc.nat()), { numRuns: 2 * count, seed })
  const scenarios = choices.flatMap((stream) => {
    const json = randomScenario((below) => (stream.next().value ?? 0) % below)
    try {
      return [parseScenario(json)]
    } catch (error) {
      if (error instanceof ScenarioError) return []
      throw error
    }
  })
  return scenarios.slice(0, count)
}

function answersOf({ command, env }: PythonSubject, scenarios: readonly Scenario[]) {
  return answersOfProgram([...command, '-X', 'utf8', '-W', 'ignore', '-B', adapter], env, scenarios)
}

function answersOfProgram(command: readonly string[], env: object, scenarios: readonly Scenario[]) {
  const [program = '', ...rest] = command
  const { stdout, status, signal } = spawnSync(program, rest, {
    input: `${JSON.stringify(runRequest(scenarios))}\n`,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  })
  expect({ status, signal }).toEqual({ status: 0, signal: null })
  return stdout.trimEnd().split('\n').map(parseAnswerLine)
}

test('there is an interpreter to agree with', () => {
  expect(natives).not.toEqual([])
})

describe.each(natives)('the reference does what $id does', (python) => {
  const release = python.id.slice('cpython-'.length)

  test('with scenarios made by hand', () => {
    const scenarios = Object.values(handMadeScenarios).map((json) => parseScenario(json))

    const { differences, equal } = compareAnswers(release, scenarios, answersOf(python, scenarios))

    expect(differences).toEqual([])
    expect(equal).toBe(scenarios.length * 12)
  })

  test('with scenarios out of random choices, to the letter', () => {
    const scenarios = generated(100, 20260101)

    const { differences, equal } = compareAnswers(release, scenarios, answersOf(python, scenarios))

    expect(differences).toEqual([])
    expect(scenarios).toHaveLength(100)
    expect(equal).toBeGreaterThan(750)
  })
})

/** In a process of its own, where the stack is large enough for deep graphs. */
const host = packageFile('dist', 'conformance', 'subjects', 'python', 'pyodide', 'host.js')

test.each([
  ['3.14.2', 'pyodide'],
  ['3.15.0rc1', 'pyodide-315'],
])('the reference does what the embedded CPython %s does, to the letter', (release, runtime) => {
  const scenarios = generated(60, 20260102)
  const command = [process.execPath, host, `--runtime=${runtime}`]

  const answers = answersOfProgram(command, {}, scenarios)
  const { differences, equal } = compareAnswers(release, scenarios, answers)

  expect(differences).toEqual([])
  expect(scenarios).toHaveLength(60)
  expect(equal).toBeGreaterThan(450)
})
