import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contextRules as scenarioRules } from '../scenario/fixtures/context-rules.ts'
import { Mutations } from '../scenario/fixtures/mutations.ts'
import { ScenarioError } from '../scenario/index.ts'
import scenarioSchema from '../scenario/scenario.schema.json' with { type: 'json' }
import schema from './case-file.schema.json' with { type: 'json' }
import {
  caseWith,
  fileOf,
  invalidFiles,
  invalidFilesInContext,
  validFiles,
} from './fixtures/documents.ts'
import { type CaseFile, parseCaseFile, parseCaseFileText } from './index.ts'

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true })
ajv.addSchema(scenarioSchema, '../scenario/scenario.schema.json')
const accepts = ajv.compile(schema)

function read(json: unknown): CaseFile | ScenarioError {
  try {
    return parseCaseFile(json, 'atoms/none')
  } catch (error) {
    if (error instanceof ScenarioError) return error
    throw error
  }
}

/** JSON as a file has it: without fields that are undefined. */
function written(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document))
}

/** What an error says that no schema can see: rules of the case file, then those of scenarios. */
const contextRules = [
  / again, wanted each (?:name once|protocol in one range)/,
  /^found (?:nothing for )?protocol \d/,
  /that ascend/,
  /since the scenario has "init.protocol"/,
  /wanted an instruction/,
  /^found more lines than/,
  /one for each action/,
  /only of a step that/,
  /wanted exactly one of/,
  /wanted a graph: /,
  /found the object /,
  /in "observe" of the case too/,
  /no "twin"/,
  /only in a case that is refused/,
  /found the case itself/,
  /documented anyway/,
  ...scenarioRules,
]

describe('a valid case file', () => {
  test.each(Object.entries(validFiles))('%s: is read, and the schema accepts it', (_, document) => {
    expect(read(document)).not.toBeInstanceOf(ScenarioError)
    expect(accepts(written(document)), JSON.stringify(accepts.errors)).toBe(true)
    expect(parseCaseFileText(JSON.stringify(document), 'atoms/none')).toEqual(read(document))
  })

  test('gives canonical scenarios, ids and defaults', () => {
    expect(parseCaseFile(fileOf(caseWith({ value: { list: [] } })), 'atoms/none')).toMatchObject({
      title: 'Atoms',
      clause: 'ATOM-01',
      cases: [
        {
          id: 'atoms/none/none',
          name: 'none',
          clause: 'ATOM-01',
          boundaries: [],
          tags: [],
          scenario: { scenario: 1, module: 'scenario', steps: [{ dump: { node: 0, list: [] } }] },
          protocols: [2, 3, 4, 5],
          observe: [],
          expectations: [
            { protocols: '2-5', expected: { steps: [{ pickle: ['PROTO n', 'NONE', 'STOP'] }] } },
          ],
          deviations: [],
        },
      ],
    })
  })

  test('gives a twin by its id, a boundary as a list, and the clause of the case', () => {
    const refused = { refused: 'ValueError', wrote: '' }
    const document = caseWith({
      clause: 'RO-05',
      boundary: 'A-1/b',
      twin: 'other',
      expect: { '*': refused },
    })

    expect(parseCaseFile(fileOf(document), 'atoms/none').cases[0]).toMatchObject({
      clause: 'RO-05',
      boundaries: ['A-1/b'],
      twin: 'atoms/none/other',
      expectations: [{ expected: { steps: [{ refused: 'ValueError', wrote: [] }] } }],
    })
  })

  test('has no calls where a trace is observed and left out', () => {
    const document = caseWith({
      observe: ['trace'],
      scenario: { steps: [{ dump: 1 }] },
      value: undefined,
    })

    expect(
      parseCaseFile(written(fileOf(document)), 'a/b').cases[0]?.expectations[0]?.expected,
    ).toEqual({
      steps: [{ pickle: ['PROTO n', 'NONE', 'STOP'], trace: [] }],
    })
  })

  test('with a protocol of its own is asked once', () => {
    const document = validFiles['a protocol of its own']

    expect(parseCaseFile(document, 'a/b').cases[0]?.protocols).toBeNull()
  })
})

describe('an invalid case file', () => {
  test.each([...Object.entries(invalidFiles), ...Object.entries(invalidFilesInContext)])(
    '%s: is refused where it is wrong',
    (_, [document, place, says]) => {
      const error = read(document)

      expect(error).toBeInstanceOf(ScenarioError)
      if (!(error instanceof ScenarioError)) return
      expect(error.place).toBe(place)
      expect(error.problem).toContain(says)
    },
  )

  test.each(Object.entries(invalidFiles))('%s: is refused by the schema', (_, [document]) => {
    expect(accepts(written(document))).toBe(false)
  })

  test.each(Object.entries(invalidFilesInContext))(
    '%s: is nothing a schema can see',
    (_, [document]) => {
      const error = read(document)
      const problem = error instanceof ScenarioError ? error.problem : ''

      expect(accepts(written(document)), JSON.stringify(accepts.errors)).toBe(true)
      expect(contextRules.filter((rule) => rule.test(problem))).not.toEqual([])
    },
  )

  test('has line and column when it is no JSON', () => {
    expect(() => parseCaseFileText('{"title":"A",\n"title":"B"}', 'a/b')).toThrow(
      'line 2, column 1: found "\\"", wanted each field once, "title" stands twice',
    )
  })
})

describe('any JSON', () => {
  test('is read or refused with a place', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(read(json)).toBeInstanceOf(ScenarioError)
        expect(read(fileOf(json))).toBeInstanceOf(ScenarioError)
        expect(read(fileOf(caseWith({ expect: json })))).toBeInstanceOf(ScenarioError)
      }),
    )
  })

  test('means the same to the schema, but for rules of context', () => {
    const mutations = new Mutations(Object.values(validFiles).map(written))
    const changes = fc.array(fc.noBias(fc.nat()), { minLength: 5, maxLength: 13 })
    fc.assert(
      fc.property(changes, (numbers) => {
        const document = mutations.document(numbers)
        const result = read(document)
        const isAccepted = accepts(document)

        if (!(result instanceof ScenarioError)) {
          expect(isAccepted, JSON.stringify(accepts.errors)).toBe(true)
        } else if (isAccepted) {
          expect(
            contextRules.filter((rule) => rule.test(result.problem)),
            result.message,
          ).not.toEqual([])
        }
      }),
      { numRuns: 3000 },
    )
  })
})
