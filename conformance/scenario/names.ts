import { readMatching } from './json-fields.ts'
import type { Place } from './place.ts'
import type {
  AttributeName,
  CallableKind,
  ClassKind,
  NestKind,
  TableMethod,
  UnpicklerAttributes,
} from './scenario.ts'

/** Names of objects: no label of a trace may look like one, so `None` and the like are no ids. */
export const idPattern = /^(?!(?:None|True|False|Ellipsis|NotImplemented)$)[A-Za-z_][A-Za-z0-9_-]*$/

/** Names of classes, functions, slots and fields: an identifier of Python. */
export const namePattern = /^[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*$/u

/** `module:qualified.name`. */
export const globalPattern = /^[^:\s]+:[^:\s]+$/u

/** A name with a module is a global, one without is a class of the scenario. */
export const classRefPattern =
  /^(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*|[^:\s]+:[^:\s]+)$/u

/** What a module may be called: anything that `module:name` can still be told apart in. */
export const modulePattern = /^[^:]+$/u

/** Attributes a hook may stand for; on a class all of them, on an instance those with `onInstance`. */
// biome-ignore format: a table reads best as a table
export const hookNames = {
  __reduce_ex__:     { onInstance: true,  says: 'asked by the pickler, on the instance (SAVE-25)' },
  __reduce__:        { onInstance: true,  says: 'asked where __reduce_ex__ is missing (SAVE-26) or object.__reduce_ex__ defers to it (RED-40)' },
  __getstate__:      { onInstance: true,  says: 'the state of the default reduction (RED-43)' },
  __getnewargs_ex__: { onInstance: true,  says: 'the arguments of the default reduction (RED-42)' },
  __getnewargs__:    { onInstance: true,  says: 'the arguments of the default reduction (RED-42)' },
  __class__:         { onInstance: false, says: 'a class that lies about itself (RED-11)' },
  __iter__:          { onInstance: false, says: 'the items of a list subclass (RED-46)' },
  items:             { onInstance: true,  says: 'the items of a dict subclass (RED-46)' },
  __index__:         { onInstance: false, says: 'an object given as a protocol (PROTO-03)' },
  __call__:          { onInstance: false, says: 'an object used as a function (RED-15)' },
  __setstate__:      { onInstance: true,  says: 'called by BUILD (UNP-20)' },
  append:            { onInstance: true,  says: 'called by APPEND and APPENDS' },
  extend:            { onInstance: true,  says: 'called by APPENDS' },
  add:               { onInstance: true,  says: 'called by ADDITEMS' },
  __setitem__:       { onInstance: false, says: 'called by SETITEM and SETITEMS' },
} as const satisfies Record<string, { onInstance: boolean; says: string }>

export type HookName = keyof typeof hookNames

/** In the order in which canonical hooks stand. */
// Object.keys of a literal gives its own names.
export const hookNameList = Object.keys(hookNames) as readonly HookName[]

export function isHookName(name: string): name is HookName {
  return Object.hasOwn(hookNames, name)
}

/** Methods that a `call` action knows: how many arguments, and what has them. */
// biome-ignore format: a table reads best as a table
export const callMethods = {
  clear_memo:  { least: 0, most: 0, of: ['pickler'] },
  dump:        { least: 1, most: 1, of: ['pickler'] },
  append:      { least: 1, most: 1, of: ['list', 'bytearray'] },
  insert:      { least: 2, most: 2, of: ['list', 'bytearray'] },
  pop:         { least: 0, most: 2, of: ['list', 'bytearray', 'dict', 'set'] },
  clear:       { least: 0, most: 0, of: ['list', 'bytearray', 'dict', 'set'] },
  __setitem__: { least: 2, most: 2, of: ['list', 'bytearray', 'dict'] },
  __delitem__: { least: 1, most: 1, of: ['list', 'bytearray', 'dict'] },
  add:         { least: 1, most: 1, of: ['set'] },
  discard:     { least: 1, most: 1, of: ['set'] },
} as const satisfies Record<string, { least: number; most: number; of: readonly string[] }>

export type CallMethod = keyof typeof callMethods

// Object.keys of a literal gives its own names.
export const callMethodList = Object.keys(callMethods) as readonly CallMethod[]

export const attributeNames = [
  'fast',
  'dispatch_table',
  'reducer_override',
  'persistent_id',
] as const satisfies readonly AttributeName[]

/** Hooks of an unpickler. */
export const unpicklerAttributeNames = [
  'find_class',
  'persistent_load',
] as const satisfies readonly (keyof UnpicklerAttributes)[]

export const callableKinds = [
  'function',
  'lambda',
  'partial',
  'method',
  'class',
  'instance',
] as const satisfies readonly CallableKind[]

export const classKinds = [
  'plain',
  'enum',
  'namedtuple',
  'dataclass',
  'exception',
] as const satisfies readonly ClassKind[]

export const tableMethods = [
  'get',
  '__getitem__',
  '__missing__',
] as const satisfies readonly TableMethod[]

export const plainNestKinds = [
  'list',
  'dict',
  'tuple',
  'frozenset',
] as const satisfies readonly NestKind[]

/** Reads the id of an object. */
export function readId(json: unknown, place: Place): string {
  return readMatching(
    json,
    place,
    'an id: letters, digits, "_" and "-", not a digit first, not None or the like',
    idPattern,
  )
}

/** Reads a name of a class, function, slot or field. */
export function readName(json: unknown, place: Place, whose: string): string {
  return readMatching(json, place, `${whose}, an identifier`, namePattern)
}

/** Reads `module:qualified.name`. */
export function readGlobal(json: unknown, place: Place): string {
  return readMatching(json, place, 'a global, "module:qualified.name"', globalPattern)
}

/** Reads the name of a class of the scenario or of a global one. */
export function readClassRef(json: unknown, place: Place): string {
  return readMatching(
    json,
    place,
    'the name of a class of the scenario or "module:qualified.name"',
    classRefPattern,
  )
}

/** Reads what a module may be called. */
export function readModule(json: unknown, place: Place): string {
  return readMatching(json, place, 'the name of a module, a text without ":"', modulePattern)
}
