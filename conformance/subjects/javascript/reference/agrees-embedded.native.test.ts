import { beforeAll, describe, expect, test } from 'vitest'
import { parseAnswerLine } from '../../../protocol/parse-message.ts'
import { parseScenario, type Scenario } from '../../../scenario/index.ts'
import { type EmbeddedAdapter, startAdapter, startPython } from '../../python/pyodide/embedded.ts'
import { loadRuntime, runtimeNames } from '../../python/pyodide/runtime.ts'
import { compareAnswers, runRequest } from './fixtures/agreement.ts'
import { handMadeScenarios } from './fixtures/hand-made-scenarios.ts'

describe.each(runtimeNames)('the CPython embedded by %s', (runtime) => {
  let python: EmbeddedAdapter

  beforeAll(async () => {
    python = startAdapter(
      await startPython(await loadRuntime(runtime), (line) => {
        throw new Error(`Python wrote: ${line}`)
      }),
    )
  }, 60_000)

  function ask(request: object) {
    const lines: string[] = []
    python.answerLine(Buffer.from(JSON.stringify(request)), (line) => lines.push(line))
    return lines.map(parseAnswerLine)
  }

  function releaseOfPython(): string {
    const [hello] = ask({ id: 1, request: 'hello', protocol: 1 })
    return hello !== undefined && 'hello' in hello ? hello.hello.version : ''
  }

  test('is what the reference follows, to the letter', () => {
    const scenarios: Scenario[] = Object.values(handMadeScenarios).map((json) =>
      parseScenario(json),
    )

    const answers = ask(runRequest(scenarios))
    const { differences, equal } = compareAnswers(releaseOfPython(), scenarios, answers)

    expect(differences).toEqual([])
    expect(equal).toBe(scenarios.length * 12)
  })

  test('a reference that follows another release is seen to differ', () => {
    const scenario = parseScenario(
      handMadeScenarios['a subclass of set, without and with attributes'],
    )

    const { differences } = compareAnswers('3.10.13', [scenario], ask(runRequest([scenario])))

    expect(differences.length).toBeGreaterThan(0)
  })
})
