import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invalidDocuments, invalidInContext } from './fixtures/invalid.ts'
import { mutated } from './fixtures/mutations.ts'
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

/** Every rule of `invalidInContext`, by what its error says: the rules that no schema can express. */
const contextRules = [
  /wanted the id of an object/,
  /a second time, wanted each id once/,
  /found an id on /,
  /wanted none, since (?:this is evaluated|nothing else is built)/,
  /wanted none on what gives the value of an instance/,
  /wanted it only in what a hook returns/,
  /wanted hexadecimal digits inside "do"/,
  /wanted the name of a (?:class|function) of the scenario$/,
  /wanted a class of the kind exception or/,
  / again, wanted each (?:name once|function and class|class once in a table|code once)/,
  / again, wanted one code for each name/,
  /wanted one that ascends/,
  /found a range of \d+ ints/,
  /wanted (?:releases|protocols) that ascend/,
  /wanted at most 2\^31$/,
  /found more than \d+ values/,
  /bytes and code points in all/,
  /deeper than 200 levels/,
  /a cycle of immutable objects/,
  /whose content comes later/,
  /not hashable/,
  /wanted a key or member/,
  /wanted at most 2\^20/,
  /fewer (?:in|levels in) a key or member/,
  /equal to an earlier/,
  /stands earlier in "classes"/,
  /wanted it only where the pickler has a "subclass"/,
  /wanted an earlier class of the scenario/,
  /no method resolution order/,
  /lay out their instances/,
  /wanted exception where/,
  /under a class of the kind enum/,
  /an enum has no subclasses/,
  /as the last base/,
  /over int, float or str/,
  /a value of the type/,
  /a name that a (?:member|field) may have/,
  /found the metaclass/,
  /derives from builtins:/,
  /where no base has/,
  /no attribute or hook of that name/,
  /to put it in, or "found":false/,
  /wanted "member" with/,
  /wanted the name of an enum/,
  /^found ".*", wanted [\w, ]+$/,
  /no type with a value/,
  /a tuple, the arguments/,
  /derives from no (?:list|dict)/,
  /have no attribute dict/,
  /wanted it under "slots"/,
  /, the slots of /,
  /the attribute "next"/,
  /wanted bytes, a bytearray, or a ref/,
  /the first action is step 1/,
  /the id of an instance/,
  /whose type is /,
]

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
      fc.property(mutated(Object.values(validDocuments)), (document) => {
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
