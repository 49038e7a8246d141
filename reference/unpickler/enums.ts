import { PickleError } from '../errors.ts'
import { compareReleases } from '../release.ts'
import { attributeError } from '../values/attributes.ts'
import { repr } from '../values/repr.ts'
import { isTruthy } from '../values/truth.ts'
import { PyClass, PyObject, PyTuple, type PyValue } from '../values/value.ts'
import type { Given } from './constructor.ts'
import { areEqual, keyOf } from './equality.ts'
import { typeError, valueError } from './errors.ts'
import { UnknownCallError } from './unknown-call-error.ts'
import type { Unpickling } from './unpickling.ts'

/** Whether the class is an enum. */
export const isEnum = (cls: PyClass): boolean => derivesFrom(cls, 'enum:Enum')

const derivesFrom = (cls: PyClass, name: string): boolean =>
  cls.mro.some((base) => base.library?.name === name)

/**
 * `cls(value)`, or `cls(value, names)`, which up to 3.11 asks for a new enum and from 3.12 on for the
 * member whose value is the tuple of the two.
 *
 * @throws {PickleError} TypeError for arguments that the metaclass does not take, or for an enum that
 *   would extend one with members; ValueError where no member has the value
 * @throws {UnknownCallError} where a new enum would be made, or members combined
 */
export function callEnum(u: Unpickling, cls: PyClass, args: readonly PyValue[]): PyValue {
  const [, minor] = u.world.release
  const [value = null, names = null] = args
  const name = minor < 10 ? '__call__' : `${minor === 10 ? 'EnumMeta' : 'EnumType'}.__call__`
  if (args.length === 0) {
    throw typeError(`${name}() missing 1 required positional argument: 'value'`)
  }
  if (minor < 12 && args.length > 2) {
    const count = args.length + 1
    throw typeError(`${name}() takes from 2 to 3 positional arguments but ${count} were given`)
  }
  if (membersByValue(u, cls).size === 0) {
    if (args.length > 1) {
      throw new UnknownCallError(`${cls.name} has no members, so that a call makes a new enum`)
    }
    if (minor >= 12) {
      const hint = 'specify `names=()` if you meant to create a new, empty, enum'
      throw typeError(`${repr(u.world, cls)} has no members; ${hint}`)
    }
  }
  if (minor < 12 && names !== null) throw cannotExtend(u, cls, value)
  // Up to 3.12.2 no names and names that are empty are the same.
  const isOld = compareReleases(u.world.release, [3, 12, 3]) < 0
  const isMeant = isOld ? isTruthy(u.world, names) : args.length > 1
  return memberOf(u, cls, isMeant ? new PyTuple([...args]) : value)
}

function cannotExtend({ world }: Unpickling, cls: PyClass, value: PyValue): Error {
  return typeError(
    world.release[1] < 11
      ? 'Cannot extend enumerations'
      : `<enum ${repr(world, value)}> cannot extend ${repr(world, cls)}`,
  )
}

/** `Enum.__new__(cls, …)`, which looks the value up in whatever `cls` is. */
export function newOfEnum(u: Unpickling, cls: PyValue, { args }: Given): PyValue {
  const name = u.world.release[1] < 10 ? '__new__' : 'Enum.__new__'
  const [value] = args
  if (value === undefined) {
    throw typeError(`${name}() missing 1 required positional argument: 'value'`)
  }
  if (args.length > 1) {
    throw typeError(`${name}() takes 2 positional arguments but ${args.length + 1} were given`)
  }
  return memberOf(u, cls, value)
}

/** The member of an enum with this value, which is what a call and `__new__` give. */
function memberOf(u: Unpickling, cls: PyValue, value: PyValue): PyValue {
  if (u.world.typeOf(value) === cls) return value
  if (!(cls instanceof PyClass && isEnum(cls))) throw attributeError(cls, '_value2member_map_')
  const members = membersByValue(u, cls)
  const key = keyOf(value)
  const member = key === undefined ? unhashableMember(u, members, value) : members.get(key)
  if (member !== undefined) return member
  if (members.size === 0 && u.world.release[1] >= 11) {
    throw typeError(`${repr(u.world, cls)} has no members defined`)
  }
  if (derivesFrom(cls, 'enum:Flag')) throw noSuchFlag(u, cls, value)
  throw valueError(`${repr(u.world, value)} is not a valid ${cls.name}`)
}

/** The member that equals a value without a hash; 3.13 looks at those alone whose value has none either. */
function unhashableMember(u: Unpickling, members: Members, value: PyValue): PyObject | undefined {
  const isNarrow = u.world.release[1] === 13
  return [...members.values()].find((member) => {
    const held = heldBy(member)
    return areEqual(held, value) && !(isNarrow && keyOf(held) !== undefined)
  })
}

/**
 * Up to 3.10 a flag compares what is no member's value with 0, an IntFlag does not; numbers may be
 * members combined.
 */
function noSuchFlag(u: Unpickling, cls: PyClass, value: PyValue): Error {
  const { world } = u
  const kind = typeof value === 'object' ? value?.kind : 'number'
  if (kind === 'number' || kind === 'int' || kind === 'float' || kind === 'object') {
    return new UnknownCallError(`${repr(world, value)} may be members of ${cls.name}, combined`)
  }
  const noValue = valueError(`${repr(world, value)} is not a valid ${cls.name}`)
  const [, minor] = world.release
  if (minor >= 11) return noValue
  if (derivesFrom(cls, 'enum:IntFlag')) {
    return minor < 10 ? new PickleError('ValueError', noValue.message, { cause: noValue }) : noValue
  }
  const type = world.typeOf(value).name
  const text = `'<' not supported between instances of '${type}' and 'int'`
  return new PickleError('TypeError', text, { cause: noValue })
}

type Members = ReadonlyMap<unknown, PyObject>

/** The members of an enum, the first of those with equal values. */
function membersByValue(u: Unpickling, cls: PyClass): Members {
  let members = u.enumMembers.get(cls)
  if (members === undefined) {
    const isMember = (value: PyValue): value is PyObject =>
      value instanceof PyObject && value.type === cls
    const all = [...cls.namespace.values()].filter(isMember)
    // The first of those with equal values comes last.
    members = new Map(
      all.reverse().map((member) => [keyOf(heldBy(member)) ?? heldBy(member), member]),
    )
    u.enumMembers.set(cls, members)
  }
  return members
}

/** A member has a value. */
const heldBy = ({ slots }: PyObject): PyValue => slots?.get('_value_') as PyValue
