import { checkClasses } from './check-classes.ts'
import { checkCycles } from './check-cycles.ts'
import { checkHomes } from './check-homes.ts'
import { checkKeys } from './check-keys.ts'
import { checkReferences } from './check-references.ts'
import { checkSteps } from './check-steps.ts'
import {
  type Fields,
  found,
  given,
  readEach,
  readFields,
  readInteger,
  readTuple,
} from './json-fields.ts'
import { readModule } from './names.ts'
import { parseClass, parseFunction, parseNamed } from './parse-class.ts'
import { parseHooks } from './parse-hook.ts'
import { parseJson } from './parse-json.ts'
import { readNames, readSomeText } from './parse-pairs.ts'
import { parsePickler } from './parse-pickler.ts'
import { parseActions } from './parse-steps.ts'
import { parseTableEntries } from './parse-table.ts'
import { parseUnpickler } from './parse-unpickler.ts'
import { parseValue } from './parse-value.ts'
import type { Place } from './place.ts'
import { at, root, sunk } from './place.ts'
import { Reading } from './reading.ts'
import { type Action, type Scenario, scenarioVersion } from './scenario.ts'
import { refuse } from './scenario-error.ts'

const scenarioFields = [
  'scenario',
  'module',
  'functions',
  'classes',
  'missingModules',
  'copyreg',
  'pickler',
  'unpickler',
  'steps',
  'value',
] as const

/**
 * Reads a scenario and gives its canonical form: every default filled in, every field in the order
 * of the types, every object-making value numbered. The canonical form of a canonical form is equal
 * to it, and the canonical text of a scenario is `JSON.stringify(parseScenario(json))`.
 *
 * @throws {ScenarioError} with the JSON path of the first thing that is wrong, what was found there,
 *   and what was wanted
 */
export function parseScenario(json: unknown): Scenario {
  const fields = readFields(json, root, 'a scenario', scenarioFields, ['scenario'])
  const parsers = { value: parseValue, hooks: parseHooks, actions: parseActions }
  const reading = new Reading(parsers, namesOf(fields['classes']))
  const scenario = parseStructure(reading, fields)
  const classes = checkClasses(scenario)
  checkHomes(scenario)
  checkReferences(scenario, reading, classes)
  checkSteps(scenario, reading, classes)
  checkCycles(reading)
  checkKeys(reading, classes)
  return scenario
}

/**
 * Reads a scenario from its text.
 *
 * @throws {ScenarioError} as `parseScenario`; malformed JSON with its line and column as the place
 */
export function parseScenarioText(text: string): Scenario {
  return parseScenario(parseJson(text))
}

/** The names of classes that are still to be read, whatever else is wrong with them. */
function namesOf(classes: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  for (const spec of Array.isArray(classes) ? classes : []) {
    if (typeof spec === 'object' && spec !== null && typeof spec.name === 'string') {
      names.add(spec.name)
    }
  }
  return names
}

function parseStructure(reading: Reading, fields: Fields): Scenario {
  if (fields['scenario'] !== scenarioVersion) {
    refuse(
      at(root, 'scenario'),
      `${found(fields['scenario'])}, wanted ${scenarioVersion}, the version of the language`,
    )
  }
  const module =
    fields['module'] === undefined ? 'scenario' : readModule(fields['module'], at(root, 'module'))
  const taken = new Set<string>()
  const functions = parseNamed(
    given(fields['functions'], []),
    at(root, 'functions'),
    'a list of functions',
    taken,
    (item, place) => parseFunction(reading, item, place, module),
  )
  const classes = parseNamed(
    given(fields['classes'], []),
    at(root, 'classes'),
    'a list of classes',
    taken,
    (item, place) => parseClass(reading, item, place, module),
  )
  const missing = at(root, 'missingModules')
  return {
    scenario: scenarioVersion,
    module,
    functions,
    classes,
    missingModules: readNames(
      given(fields['missingModules'], []),
      missing,
      'a list of modules',
      readModule,
    ),
    copyreg: parseCopyreg(reading, given(fields['copyreg'], {}), at(root, 'copyreg')),
    pickler: parsePickler(reading, given(fields['pickler'], {}), at(root, 'pickler')),
    unpickler: parseUnpickler(reading, given(fields['unpickler'], {}), at(root, 'unpickler')),
    steps: parseSteps(reading, fields['steps'], fields['value']),
  }
}

function parseSteps(reading: Reading, steps: unknown, value: unknown): readonly Action[] {
  if (value === undefined) return parseActions(reading, given(steps, []), at(root, 'steps'), 'once')
  if (steps !== undefined) {
    refuse(at(root, 'value'), 'found "value" beside "steps", wanted one of them')
  }
  // The canonical form has it in $.steps[0].dump, two levels deeper.
  const place = sunk(at(root, 'value'), 2)
  const dump = reading.parsers.value(reading, value, place, 'once')
  return [{ dump }]
}

function parseCopyreg(reading: Reading, json: unknown, place: Place): Scenario['copyreg'] {
  const fields = readFields(json, place, 'copyreg', ['dispatch_table', 'extensions'])
  const table = at(place, 'dispatch_table')
  return {
    dispatch_table: parseTableEntries(reading, given(fields['dispatch_table'], []), table, 'once'),
    extensions: parseExtensions(given(fields['extensions'], []), at(place, 'extensions')),
  }
}

type Extension = readonly [string, string, number]

function parseExtensions(json: unknown, place: Place): readonly Extension[] {
  const names = new Set<string>()
  const codes = new Set<number>()
  return readEach(json, place, 'a list of extensions', (item, here): Extension => {
    const wanted = 'a module, a qualified name and a code'
    const [moduleJson, nameJson, codeJson] = readTuple(item, here, wanted, 3)
    const module = readModule(moduleJson, at(here, 0))
    const name = readSomeText(nameJson, at(here, 1), 'a qualified name')
    const code = readInteger(codeJson, at(here, 2), 1, 2 ** 31 - 1)
    const key = `${module}:${name}`
    if (names.has(key)) refuse(here, `found ${key} again, wanted one code for each name`)
    if (codes.has(code)) refuse(at(here, 2), `found ${code} again, wanted each code once`)
    names.add(key)
    codes.add(code)
    return [module, name, code]
  })
}
