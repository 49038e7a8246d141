import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contextRules } from './fixtures/context-rules.ts'
import { invalidDocuments, invalidInContext } from './fixtures/invalid.ts'
import { Mutations } from './fixtures/mutations.ts'
import { validDocuments } from './fixtures/valid.ts'
import { parseScenario, ScenarioError } from './index.ts'
import schema from './scenario.schema.json' with { type: 'json' }

const accepts = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  schema,
)

/** What is wrong with a document for the parser; undefined when nothing is. */
function problemOf(document: unknown): string | undefined {
  try {
    parseScenario(document)
    return undefined
  } catch (error) {
    if (error instanceof ScenarioError) return error.problem
    throw error
  }
}

const mutations = new Mutations(Object.values(validDocuments))
const changes = fc.array(fc.noBias(fc.nat()), { minLength: 5, maxLength: 13 })

describe('the published schema', () => {
  test('is asked of at least 150 documents each way', () => {
    expect(Object.keys(validDocuments).length).toBeGreaterThanOrEqual(150)
    expect(Object.keys(invalidDocuments).length).toBeGreaterThanOrEqual(150)
  })

  test.each(Object.entries(validDocuments))('accepts %s, and its canonical form', (_, document) => {
    expect(accepts(document), JSON.stringify(accepts.errors)).toBe(true)
    expect(accepts(parseScenario(document)), JSON.stringify(accepts.errors)).toBe(true)
  })

  test.each(Object.entries(invalidDocuments))('refuses %s', (_, [document]) => {
    expect(accepts(document)).toBe(false)
  })

  test.each(Object.entries(invalidInContext))('cannot see %s', (_, [document, , says]) => {
    // A list of 201 levels is no scenario anyway.
    expect(accepts(document)).toBe(!Array.isArray(document))
    const problem = problemOf(document) ?? ''
    expect(problem).toContain(says)
    if (!Array.isArray(document)) {
      expect(contextRules.filter((rule) => rule.test(problem))).not.toEqual([])
    }
  })

  test('says the same as the parser of any document, but for rules of context', () => {
    fc.assert(
      fc.property(changes, (numbers) => {
        const document = mutations.document(numbers)
        const problem = problemOf(document)
        const isAccepted = accepts(document)

        if (problem === undefined) {
          expect(isAccepted, JSON.stringify(accepts.errors)).toBe(true)
        } else if (isAccepted) {
          expect(
            contextRules.filter((rule) => rule.test(problem)),
            problem,
          ).not.toEqual([])
        }
      }),
      { numRuns: 5000 },
    )
  })
})
