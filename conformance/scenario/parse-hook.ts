import {
  checkDepth,
  type Fields,
  found,
  oneOf,
  readAnyFields,
  readChoice,
  readEach,
  readFields,
  readInteger,
  readText,
} from './json-fields.ts'
import { knownExceptions } from './known-classes.ts'
import { callableKinds, hookNameList, hookNames, readClassRef, readId } from './names.ts'
import { parseAtom } from './parse-atom.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading, Scope } from './reading.ts'
import type { Hook, Hooks, Match, Raise, Rule, RulesHook } from './scenario.ts'
import { refuse } from './scenario-error.ts'

const wantedHook =
  'a hook: null, {"is":value}, {"property":…} or {"rules":[…],"else":value,"as":kind}'

/** Reads a hook. `scope` is that of `is`, whose value is evaluated where the hook itself is made. */
export function parseHook(reading: Reading, json: unknown, place: Place, scope: Scope): Hook {
  if (json === null) return null
  const fields = readAnyFields(json, place, wantedHook)
  if (fields['is'] !== undefined) {
    readFields(json, place, 'a hook that is a value', ['is'])
    return { is: reading.parsers.value(reading, fields['is'], at(place, 'is'), scope) }
  }
  if (fields['property'] !== undefined) {
    readFields(json, place, 'a hook that is a property', ['property'])
    return { property: parseProperty(reading, fields['property'], at(place, 'property')) }
  }
  if (fields['rules'] === undefined) refuse(place, `${found(json)}, wanted ${wantedHook}`)
  return parseRules(reading, json, place)
}

function parseProperty(reading: Reading, json: unknown, place: Place) {
  const fields = readFields(json, place, 'a property', ['raises', 'hook'])
  const { raises, hook } = fields
  if ((raises === undefined) === (hook === undefined)) {
    refuse(place, `${found(json)}, wanted either "raises" or "hook" in a property`)
  }
  return raises === undefined
    ? { hook: parseRules(reading, hook, at(place, 'hook')) }
    : { raises: parseRaise(reading, raises, at(place, 'raises')) }
}

/** Reads a callable that answers by rules. */
export function parseRules(reading: Reading, json: unknown, place: Place): RulesHook {
  const fields = readFields(json, place, 'a hook', ['rules', 'else', 'as'], ['rules'])
  const rules = readEach(fields['rules'], at(place, 'rules'), 'a list of rules', (rule, here) =>
    parseRule(reading, rule, here),
  )
  const other = fields['else']
  const as =
    fields['as'] === undefined
      ? 'function'
      : readChoice(fields['as'], at(place, 'as'), callableKinds)
  return {
    rules,
    ...(other !== undefined && {
      else: reading.parsers.value(reading, other, at(place, 'else'), 'answer'),
    }),
    ...(as !== 'function' && { as }),
  }
}

const ruleFields = ['match', 'nth', 'do', 'returns', 'raises'] as const

function parseRule(reading: Reading, json: unknown, place: Place): Rule {
  const fields = readFields(json, place, 'a rule', ruleFields)
  const { returns, raises } = fields
  if ((returns === undefined) === (raises === undefined)) {
    refuse(place, `${found(json)}, wanted either "returns" or "raises" in a rule`)
  }
  const before = {
    ...(fields['match'] !== undefined && {
      match: parseMatch(reading, fields['match'], at(place, 'match')),
    }),
    ...(fields['nth'] !== undefined && {
      nth: readInteger(fields['nth'], at(place, 'nth'), 1, Number.MAX_SAFE_INTEGER),
    }),
    ...parseDo(reading, fields, place),
  }
  return raises === undefined
    ? {
        ...before,
        returns: reading.parsers.value(reading, returns, at(place, 'returns'), 'answer'),
      }
    : { ...before, raises: parseRaise(reading, raises, at(place, 'raises')) }
}

function parseDo(reading: Reading, fields: Fields, place: Place): Pick<Rule, 'do'> {
  if (fields['do'] === undefined) return {}
  const actions = reading.parsers.actions(reading, fields['do'], at(place, 'do'), 'again')
  return actions.length === 0 ? {} : { do: actions }
}

function parseMatch(reading: Reading, json: unknown, place: Place): Match {
  const names = ['class', 'object', 'value']
  const fields = readFields(json, place, 'a match', names)
  const [name, ...more] = Object.keys(fields)
  if (name === undefined || more.length > 0) {
    refuse(place, `${found(json)}, wanted exactly one of ${oneOf(names)} in a match`)
  }
  const here = at(place, name)
  if (name === 'class') {
    const ref = readClassRef(fields['class'], here)
    reading.classNames.push({ what: ref, place: here })
    return { class: ref }
  }
  if (name === 'object') return { object: parseObjectName(reading, fields['object'], here) }
  return { value: parseAtom(reading, fields['value'], here) }
}

/** Reads the id of an object that is defined somewhere in the scenario. */
export function parseObjectName(reading: Reading, json: unknown, place: Place): string {
  const object = readId(json, place)
  reading.objectNames.push({ what: object, place })
  return object
}

/** Reads what is raised: `"ValueError"`, or a class and a message. */
export function parseRaise(reading: Reading, json: unknown, place: Place): Raise {
  const { name, message, here } = readRaise(json, place)
  const type = reading.ownClasses.has(name) ? name : (knownExceptions.get(name) ?? name)
  const raise = { type, message }
  reading.raises.push({ what: raise, place: here })
  return raise
}

function readRaise(json: unknown, place: Place) {
  if (typeof json === 'string') {
    checkDepth(place)
    return { name: readClassRef(json, place), message: '', here: place }
  }
  const wanted = 'what is raised: the name of an exception, or {"type":class,"message":text}'
  const fields = readFields(json, place, wanted, ['type', 'message'], ['type'])
  const here = at(place, 'type')
  const name = readClassRef(fields['type'], here)
  const text = fields['message']
  const message = text === undefined ? '' : readText(text, at(place, 'message'), 'a text')
  return { name, message, here }
}

/** Reads hooks by attribute name, from a closed list; canonical ones stand in its order. */
export function parseHooks(
  reading: Reading,
  json: unknown,
  place: Place,
  scope: Scope,
  on: 'class' | 'instance',
): Hooks {
  const allowed = hookNameList.filter((name) => on === 'class' || hookNames[name].onInstance)
  const fields = readFields(
    json,
    place,
    `hooks of ${on === 'class' ? 'a class' : 'an instance'}`,
    allowed,
  )
  const hooks: [string, Hook][] = []
  for (const name of allowed) {
    if (fields[name] === undefined) continue
    const here = at(place, name)
    // This one alone is needed while the class is made, when no object is there.
    const when = name === '__class__' ? 'plain' : scope
    const hook = parseHook(reading, fields[name], here, when)
    if (on === 'instance' && hook !== null && 'property' in hook) {
      refuse(here, 'found a property on an instance, wanted it on a class, where Python asks it')
    }
    hooks.push([name, hook])
  }
  return Object.fromEntries(hooks)
}
