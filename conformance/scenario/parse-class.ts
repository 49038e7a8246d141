import { type Fields, found, readBoolean, readChoice, readEach, readFields } from './json-fields.ts'
import { classKinds, isHookName, readClassRef, readModule, readName } from './names.ts'
import { parseHooks, parseRules } from './parse-hook.ts'
import { parsePairs, readNames, readSomeText } from './parse-pairs.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading } from './reading.ts'
import type { ClassSpec, FunctionSpec } from './scenario.ts'
import { refuse } from './scenario-error.ts'

const functionFields = ['name', 'qualname', 'module', 'found', 'lambda', 'call'] as const

/** The qualified name of a function that does not give its own. */
export function defaultQualname(spec: {
  readonly name: string
  readonly lambda?: boolean
}): string {
  return spec.lambda === true ? '<lambda>' : spec.name
}

/** Reads a function of the scenario; `module` is the scenario's. */
export function parseFunction(
  reading: Reading,
  json: unknown,
  place: Place,
  module: string,
): FunctionSpec {
  const fields = readFields(json, place, 'a function', functionFields, ['name'])
  const name = readName(fields['name'], at(place, 'name'), 'the name of a function')
  const isLambda =
    fields['lambda'] !== undefined && readBoolean(fields['lambda'], at(place, 'lambda'))
  const own = defaultQualname({ name, lambda: isLambda })
  return {
    name,
    ...readWhereabouts(fields, place, own, module),
    ...(isLambda && { lambda: true }),
    ...(fields['call'] !== undefined && {
      call: parseRules(reading, fields['call'], at(place, 'call')),
    }),
  }
}

/** Reads `qualname`, `module` and `found`; what says the same as its absence is left out. */
function readWhereabouts(fields: Fields, place: Place, ownName: string, ownModule: string) {
  const qualname =
    fields['qualname'] === undefined
      ? ownName
      : readSomeText(fields['qualname'], at(place, 'qualname'), 'a qualified name')
  const module = readOwnModule(fields['module'], at(place, 'module'), ownModule)
  return {
    ...(qualname !== ownName && { qualname }),
    ...(module !== ownModule && { module }),
    ...(fields['found'] !== undefined && { found: readFound(fields['found'], at(place, 'found')) }),
  }
}

function readOwnModule(json: unknown, place: Place, own: string): string | null {
  if (json === undefined) return own
  return json === null ? null : readModule(json, place)
}

function readFound(json: unknown, place: Place): false | 'other' {
  if (json !== false && json !== 'other') refuse(place, `${found(json)}, wanted false or "other"`)
  return json
}

const classFields = [
  'name',
  'qualname',
  'module',
  'found',
  'kind',
  'bases',
  'metaclass',
  'slots',
  'fields',
  'members',
  'attributes',
  'hooks',
] as const

/** Attributes of a class that Python itself sets. */
const reserved: ReadonlySet<string> = new Set([
  '__bases__',
  '__class__',
  '__dict__',
  '__module__',
  '__mro__',
  '__name__',
  '__qualname__',
  '__slots__',
])

function readClassAttribute(json: unknown, place: Place): string {
  const name = readSomeText(json, place, 'the name of an attribute')
  if (isHookName(name)) refuse(place, `found ${name} as an attribute, wanted it under "hooks"`)
  if (reserved.has(name)) refuse(place, `found ${name}, wanted an attribute that can simply be set`)
  return name
}

/** Reads a class of the scenario; `module` is the scenario's. */
export function parseClass(
  reading: Reading,
  json: unknown,
  place: Place,
  module: string,
): ClassSpec {
  const spec = readFields(json, place, 'a class', classFields, ['name'])
  const name = readName(spec['name'], at(place, 'name'), 'the name of a class')
  const kind =
    spec['kind'] === undefined ? 'plain' : readChoice(spec['kind'], at(place, 'kind'), classKinds)
  return {
    name,
    ...readWhereabouts(spec, place, name, module),
    ...(kind !== 'plain' && { kind }),
    ...parseBases(reading, spec, place),
    ...(spec['slots'] !== undefined && {
      slots: readNameList(spec['slots'], at(place, 'slots'), 'a slot'),
    }),
    ...(spec['fields'] !== undefined && {
      fields: readNameList(spec['fields'], at(place, 'fields'), 'a field'),
    }),
    ...parseMembers(reading, spec, place),
    ...parseContent(reading, spec, place),
  }
}

function readNameList(json: unknown, place: Place, what: string): readonly string[] {
  return readNames(json, place, 'a list of names', (name, here) =>
    readName(name, here, `the name of ${what}`),
  )
}

function parseBases(reading: Reading, spec: Fields, place: Place) {
  const bases =
    spec['bases'] === undefined
      ? []
      : readNames(spec['bases'], at(place, 'bases'), 'a list of classes', readClassRef)
  bases.forEach((base, index) => {
    reading.classNames.push({ what: base, place: at(at(place, 'bases'), index) })
  })
  return {
    ...(bases.length > 0 && { bases }),
    ...(spec['metaclass'] !== undefined && {
      metaclass: readName(spec['metaclass'], at(place, 'metaclass'), 'the name of a class'),
    }),
  }
}

function parseMembers(reading: Reading, spec: Fields, place: Place) {
  if (spec['members'] === undefined) return {}
  const members = parsePairs(
    reading,
    spec['members'],
    at(place, 'members'),
    'plain',
    (name, here) => readName(name, here, 'the name of a member'),
  )
  return { members }
}

function parseContent(reading: Reading, spec: Fields, place: Place) {
  const attributes =
    spec['attributes'] === undefined
      ? []
      : parsePairs(reading, spec['attributes'], at(place, 'attributes'), 'once', readClassAttribute)
  const hooks =
    spec['hooks'] === undefined
      ? {}
      : parseHooks(reading, spec['hooks'], at(place, 'hooks'), 'once', 'class')
  return {
    ...(attributes.length > 0 && { attributes }),
    ...(Object.keys(hooks).length > 0 && { hooks }),
  }
}

/** Reads the functions or the classes, whose names must differ from each other. */
export function parseNamed<T extends { readonly name: string }>(
  json: unknown,
  place: Place,
  wanted: string,
  taken: Set<string>,
  parse: (json: unknown, place: Place) => T,
): readonly T[] {
  return readEach(json, place, wanted, (item, here) => {
    const named = parse(item, here)
    if (taken.has(named.name)) {
      refuse(
        at(here, 'name'),
        `found the name ${JSON.stringify(named.name)} again, wanted each function and class to have its own`,
      )
    }
    taken.add(named.name)
    return named
  })
}
