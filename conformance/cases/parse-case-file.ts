import type { Observable } from '../protocol/message.ts'
import { parseScenario, type Scenario, ScenarioError } from '../scenario/index.ts'
import {
  type Fields,
  found,
  given,
  readAnyFields,
  readChoice,
  readEach,
  readFields,
  readMatching,
  readText,
} from '../scenario/json-fields.ts'
import { parseJson } from '../scenario/parse-json.ts'
import { readNames, readSomeText } from '../scenario/parse-pairs.ts'
import type { Place } from '../scenario/place.ts'
import { at, root, showPlace } from '../scenario/place.ts'
import { refuse } from '../scenario/scenario-error.ts'
import { matchesProtocol, parseProtocolRange, parseVersionRange } from '../scenario/versions.ts'
import type {
  Case,
  CaseFile,
  CaseOracle,
  Deviation,
  DeviationEngine,
  DeviationKind,
  Expectation,
} from './case-file.ts'
import { type Asked, parseExpected } from './parse-expected.ts'
import { isNegative } from './questions.ts'

const clausePattern = /^[A-Z][A-Z0-9]*(?:-[A-Z0-9_]+)+$/
const boundaryPattern = /^[A-Z][A-Z0-9]*(?:-[A-Z0-9_]+)+\/[a-z0-9]+(?:-[a-z0-9]+)*$/
const kebabPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const twinPattern = /^(?:[a-z0-9-]+\/[a-z0-9-]+\/)?[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * Reads a case file. `name` is `<chapter>/<file>`, the path below `cases/` without `.json`; the ids
 * of the cases begin with it.
 *
 * @throws {ScenarioError} with the JSON path of the first thing that is wrong
 */
export function parseCaseFile(json: unknown, name: string): CaseFile {
  const fields = readFields(
    json,
    root,
    'a case file',
    ['$schema', 'title', 'clause', 'cases'],
    ['title', 'clause', 'cases'],
  )
  readText(given(fields['$schema'], ''), at(root, '$schema'), 'the address of a schema')
  const title = readSomeText(fields['title'], at(root, 'title'), 'a title')
  const clause = readClause(fields['clause'], at(root, 'clause'))
  const place = at(root, 'cases')
  const cases = readEach(fields['cases'], place, 'a list of cases', (one, here) =>
    parseCase(one, here, name, clause),
  )
  const names = new Map(cases.map((one, index) => [one.id, index]))
  cases.forEach((one, index) => {
    if (names.get(one.id) !== index) {
      refuse(
        at(at(place, names.get(one.id) ?? index), 'name'),
        `found the name ${JSON.stringify(one.name)} again, wanted each name once`,
      )
    }
  })
  return { title, clause, cases }
}

/**
 * Reads a case file from its text.
 *
 * @throws {ScenarioError} as `parseCaseFile`; malformed JSON with its line and column as the place
 */
export function parseCaseFileText(text: string, name: string): CaseFile {
  return parseCaseFile(parseJson(text), name)
}

const caseFields = [
  'name',
  'why',
  'clause',
  'boundary',
  'tags',
  'twin',
  'oracle',
  'value',
  'load',
  'unpickler',
  'scenario',
  'protocols',
  'observe',
  'expect',
  'deviations',
] as const

const oracles = [
  'bytes',
  'instructions',
  'graph',
  'trace',
  'error',
] as const satisfies readonly CaseOracle[]

const observables = ['trace', 'memo', 'writes', 'orders'] as const satisfies readonly Observable[]

function parseCase(json: unknown, place: Place, file: string, clause: string): Case {
  const fields = readFields(json, place, 'a case', caseFields, ['name', 'why', 'expect'])
  const name = readMatching(fields['name'], at(place, 'name'), 'a name in kebab-case', kebabPattern)
  const scenario = parseQuestion(fields, place)
  const protocols = readProtocols(fields, place, scenario)
  const observe = readList(
    fields['observe'],
    at(place, 'observe'),
    'a list of what to observe',
    (one, here) => readChoice(one, here, observables),
  )
  const asked: Asked = { scenario, observe, protocols: protocols ?? [] }
  const expectations = parseExpectations(fields['expect'], at(place, 'expect'), asked)
  const one: Case = {
    id: `${file}/${name}`,
    name,
    why: readSomeText(fields['why'], at(place, 'why'), 'a sentence'),
    clause:
      fields['clause'] === undefined ? clause : readClause(fields['clause'], at(place, 'clause')),
    boundaries: readBoundaries(fields['boundary'], at(place, 'boundary')),
    tags: readList(fields['tags'], at(place, 'tags'), 'a list of tags', (tag, here) =>
      readMatching(tag, here, 'a tag in kebab-case', kebabPattern),
    ),
    ...readTwin(fields['twin'], at(place, 'twin'), file),
    ...(fields['oracle'] !== undefined && {
      oracle: readChoice(fields['oracle'], at(place, 'oracle'), oracles),
    }),
    scenario,
    protocols,
    observe,
    expectations,
    deviations: readEach(
      given(fields['deviations'], []),
      at(place, 'deviations'),
      'a list of deviations',
      (item, here) => parseDeviation(item, here, asked),
    ),
  }
  checkTwin(one, place)
  checkDeviations(one, at(place, 'deviations'))
  return one
}

function readClause(json: unknown, place: Place): string {
  return readMatching(json, place, 'a clause such as SAVE-06', clausePattern)
}

function readBoundaries(json: unknown, place: Place): readonly string[] {
  const read = (one: unknown, here: Place): string =>
    readMatching(one, here, 'a boundary such as DISP-01/empty-table', boundaryPattern)
  return typeof json === 'string'
    ? [read(json, place)]
    : readList(json, place, 'a boundary or a list of them', read)
}

function readList<T extends string>(
  json: unknown,
  place: Place,
  wanted: string,
  read: (json: unknown, place: Place) => T,
): readonly T[] {
  if (json === undefined) return []
  const items = readEach(json, place, wanted, read)
  readNames(json, place, wanted, read)
  return items
}

function readTwin(json: unknown, place: Place, file: string): { readonly twin?: string } {
  if (json === undefined) return {}
  const twin = readMatching(json, place, 'the name of a case, or chapter/file/name', twinPattern)
  return { twin: twin.includes('/') ? twin : `${file}/${twin}` }
}

/**
 * Reads the scenario, from `value`, `load` or `scenario`; its errors get the place they have in the
 * file.
 */
function parseQuestion(fields: Fields, place: Place): Scenario {
  const { value, load, unpickler, scenario } = fields
  if ([value, load, scenario].filter((one) => one !== undefined).length !== 1) {
    refuse(place, `${found(fields)}, wanted one of "value", "load" and "scenario" in a case`)
  }
  if (unpickler !== undefined && load === undefined) {
    refuse(at(place, 'unpickler'), 'found "unpickler", wanted it only beside "load"')
  }
  if (load !== undefined) return placed(place, () => parseScenario(loadAlone(fields)))
  if (scenario === undefined) return placed(place, () => parseScenario({ scenario: 1, value }))
  const here = at(place, 'scenario')
  const inside = readAnyFields(scenario, here, 'a scenario')
  if (inside['scenario'] !== undefined) {
    refuse(at(here, 'scenario'), 'found the version of the language, wanted none inside a case')
  }
  return placed(here, () => parseScenario({ scenario: 1, ...inside }))
}

/** A load of one pickle. The pickler has nothing to do, and one protocol, so that it is asked once. */
export function loadAlone({ load, unpickler = {} }: Fields): object {
  const pickler = { init: { protocol: 0 } }
  return { scenario: 1, pickler, unpickler, steps: [{ load }] }
}

function placed<T>(place: Place, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    throw new ScenarioError(
      error.place.replace(/^\$(?:\.steps\[0\](?=\.load))?/, () => showPlace(place)),
      error.problem,
    )
  }
}

function readRange(json: unknown, place: Place, parse: (text: string) => unknown): string {
  const text = readText(json, place, 'a range')
  try {
    parse(text)
  } catch (error) {
    if (error instanceof RangeError) refuse(place, error.message)
    throw error
  }
  return text
}

const allProtocols = [0, 1, 2, 3, 4, 5]

function readProtocols(fields: Fields, place: Place, scenario: Scenario): readonly number[] | null {
  const here = at(place, 'protocols')
  const isOwn = scenario.pickler.init.protocol !== undefined
  if (fields['protocols'] === undefined) return isOwn ? null : allProtocols
  if (isOwn) refuse(here, 'found "protocols", wanted none, since the scenario has "init.protocol"')
  const range = readRange(fields['protocols'], here, parseProtocolRange)
  return allProtocols.filter((protocol) => matchesProtocol(range, protocol))
}

function parseExpectations(json: unknown, place: Place, asked: Asked): readonly Expectation[] {
  const wanted = 'an object from ranges of protocols to what is expected'
  const fields = readAnyFields(json, place, wanted)
  const expectations: Expectation[] = []
  const covered = new Set<number>()
  for (const [range, expected] of Object.entries(fields)) {
    const here = at(place, range)
    const protocols = checkRange(range, here, asked.protocols)
    for (const protocol of protocols) {
      if (covered.has(protocol)) {
        refuse(here, `found protocol ${protocol} again, wanted each protocol in one range`)
      }
      covered.add(protocol)
    }
    expectations.push({
      protocols: range,
      expected: parseExpected(expected, here, { ...asked, protocols }),
    })
  }
  const missing = asked.protocols.find((protocol) => !covered.has(protocol))
  if (missing !== undefined) {
    refuse(
      place,
      `found nothing for protocol ${missing}, wanted each protocol of the case in a range`,
    )
  }
  if (expectations.length === 0) refuse(place, `${found(json)}, wanted ${wanted}`)
  return expectations
}

/** The protocols of a range; all of them must be asked for, unless the range is `*`. */
function checkRange(range: string, place: Place, asked: readonly number[]): readonly number[] {
  readRange(range, place, parseProtocolRange)
  if (asked.length === 0 && range !== '*') {
    refuse(
      place,
      `found ${JSON.stringify(range)}, wanted "*", since the scenario has "init.protocol"`,
    )
  }
  const meant = allProtocols.filter((protocol) => matchesProtocol(range, protocol))
  const outside = meant.find((protocol) => !asked.includes(protocol))
  if (range !== '*' && outside !== undefined) {
    refuse(place, `found protocol ${outside}, wanted only those the case is asked for`)
  }
  return meant.filter((protocol) => asked.includes(protocol))
}

const deviationFields = ['engines', 'versions', 'protocols', 'kind', 'because', 'link', 'expect']
const deviationKinds = ['bug', 'version', 'latitude'] as const satisfies readonly DeviationKind[]
const engines = ['c', 'py', '*'] as const satisfies readonly DeviationEngine[]

function parseDeviation(json: unknown, place: Place, asked: Asked): Deviation {
  const required = ['engines', 'versions', 'kind', 'because', 'expect']
  const fields = readFields(json, place, 'a deviation', deviationFields, required)
  const protocols = fields['protocols'] === undefined ? '*' : String(fields['protocols'])
  if (fields['protocols'] !== undefined) {
    readText(fields['protocols'], at(place, 'protocols'), 'a range of protocols')
  }
  const meant = checkRange(protocols, at(place, 'protocols'), asked.protocols)
  const because = readSomeText(fields['because'], at(place, 'because'), 'a reason')
  if (because === '?') refuse(at(place, 'because'), 'found "?", wanted a reason')
  const named = readList(
    fields['engines'],
    at(place, 'engines'),
    'a list of engines',
    (one, here) => readChoice(one, here, engines),
  )
  if (named.length === 0) refuse(at(place, 'engines'), 'found no engine, wanted at least one')
  return {
    engines: named,
    versions: readRange(fields['versions'], at(place, 'versions'), parseVersionRange),
    protocols,
    kind: readChoice(fields['kind'], at(place, 'kind'), deviationKinds),
    because,
    ...(fields['link'] !== undefined && {
      link: readMatching(fields['link'], at(place, 'link'), 'a link, https://…', /^https:\/\/\S+$/),
    }),
    expected: parseExpected(fields['expect'], at(place, 'expect'), { ...asked, protocols: meant }),
  }
}

/** A refusal alone proves nothing, so its case names a valid twin, or is one at another protocol. */
function checkTwin(one: Case, place: Place): void {
  const protocols = one.protocols ?? [null]
  const refused = protocols.filter((protocol) => isNegative(one, protocol))
  if (one.twin === undefined && refused.length === protocols.length) {
    refuse(place, `found a refusal and no "twin", wanted the name of the valid case one edit away`)
  }
  if (one.twin !== undefined && refused.length === 0) {
    refuse(at(place, 'twin'), 'found "twin", wanted it only in a case that is refused')
  }
  if (one.twin === one.id) refuse(at(place, 'twin'), 'found the case itself, wanted another')
}

/** A deviation that says what is documented anyway says nothing. */
function checkDeviations(one: Case, place: Place): void {
  one.deviations.forEach(({ protocols, expected }, index) => {
    const same = JSON.stringify(expected)
    const differs = one.expectations.some((documented) => {
      const shared = (one.protocols ?? [0]).some(
        (protocol) =>
          matchesProtocol(protocols, protocol) && matchesProtocol(documented.protocols, protocol),
      )
      return shared && JSON.stringify(documented.expected) !== same
    })
    if (!differs) {
      refuse(at(at(place, index), 'expect'), 'found what is documented anyway, wanted a difference')
    }
  })
}
