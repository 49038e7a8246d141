import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { needsOf } from '../scenario/index.ts'
import scenarioSchema from '../scenario/scenario.schema.json' with { type: 'json' }
import schema from './case-file.schema.json' with { type: 'json' }
import { expectationFor, parseCaseFileText, questionsOf } from './index.ts'

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true })
ajv.addSchema(scenarioSchema, '../scenario/scenario.schema.json')
const accepts = ajv.compile(schema)

const folder = new URL('.', import.meta.url)
const files = readdirSync(folder, { recursive: true })
  .map((path) => String(path).replaceAll('\\', '/'))
  .filter((path) => /^[a-z0-9-]+\/[a-z0-9-]+\.json$/.test(path))
  .sort()

describe('the case files of this suite', () => {
  test('are there', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  test.each(files)('%s is what parser, schema and editor take it for', (path) => {
    const text = readFileSync(new URL(path, folder), 'utf8')
    const { cases } = parseCaseFileText(text, path.replace('.json', ''))

    expect(accepts(JSON.parse(text)), JSON.stringify(accepts.errors)).toBe(true)
    for (const { case: one, protocol } of questionsOf(cases)) {
      expect(Array.isArray(needsOf(one.scenario))).toBe(true)
      for (const engine of ['c', 'py'] as const) {
        expect(expectationFor(one, { engine, version: '3.14.0', protocol })).toBeTypeOf('object')
      }
    }
    expect(text).toContain('"$schema": "../case-file.schema.json"')
  })
})
