import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectedRun, packageFile, parseScenario } from '../../conformance/index.ts'
import { answerOf, type FindingFile } from '../finding-file.ts'

const folder = packageFile('fuzz', 'regressions')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

test('there is something to replay', () => {
  expect(files.length).toBeGreaterThan(0)
})

describe.each(files)('%s', (name) => {
  test('is answered by the reference as the interpreter answered it', () => {
    const {
      answer,
      profile = '',
      protocol = null,
      scenario,
    }: FindingFile = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    const result = expectedRun(parseScenario(scenario), profile, protocol, [])

    expect(answer).toBeDefined()
    expect('steps' in result && result.steps.map(answerOf)).toEqual(answer)
  })
})
