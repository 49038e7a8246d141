import { describe, expect, test } from 'vitest'
import { invalidDocuments, invalidInContext } from './fixtures/invalid.ts'
import { validDocuments } from './fixtures/valid.ts'
import { parseScenario, parseScenarioText, ScenarioError } from './index.ts'

function refusal(document: unknown): ScenarioError | undefined {
  try {
    parseScenario(document)
    return undefined
  } catch (error) {
    if (error instanceof ScenarioError) return error
    throw error
  }
}

describe('a valid scenario', () => {
  test.each(Object.entries(validDocuments))('%s: is its own canonical form', (_, document) => {
    const canonical = parseScenario(document)
    const text = JSON.stringify(canonical)

    expect(JSON.stringify(parseScenario(canonical))).toBe(text)
    expect(JSON.stringify(parseScenarioText(text))).toBe(text)
  })
})

describe('an invalid scenario', () => {
  test.each([...Object.entries(invalidDocuments), ...Object.entries(invalidInContext)])(
    '%s: is refused where it is wrong',
    (_, [document, place, says]) => {
      const error = refusal(document)

      expect(error?.place).toBe(place)
      expect(error?.problem).toContain(says)
    },
  )
})
