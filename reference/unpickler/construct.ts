import { classAttribute } from '../values/attributes.ts'
import { isException } from '../values/exceptions.ts'
import { noPair } from '../values/no-pair.ts'
import { cTypeName, typeNameOf } from '../values/type-of.ts'
import {
  PyClass,
  PyDict,
  PyFrozenSet,
  PyFunction,
  PyList,
  PyObject,
  PySet,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { Constructor, Given } from './constructor.ts'
import { emptyDict, frozenSetOf } from './containers.ts'
import { contentOf, dictOf, entriesOf } from './contents.ts'
import { elementsOf } from './elements.ts'
import { callEnum, isEnum, newOfEnum } from './enums.ts'
import { typeError, valueError } from './errors.ts'
import { hasOwnInit, initException, newException } from './exceptions.ts'
import { addMembers, storeItem } from './store.ts'
import { UnknownCallError } from './unknown-call-error.ts'
import type { Unpickling } from './unpickling.ts'
import { valueConstructors } from './value-constructors.ts'

const noKeywords = (name: string, { keywords }: Given): void => {
  if (keywords !== null && keywords.keys.length > 0) {
    throw typeError(`${name}() takes no keyword arguments`)
  }
}

/** The one argument there may be. */
function only(taker: string, { args }: Given, noun = 'argument'): PyValue | undefined {
  if (args.length > 1) throw typeError(`${taker}expected at most 1 ${noun}, got ${args.length}`)
  return args[0]
}

const dict: Constructor = {
  make: emptyDict,
  fill: (u, content, cls, given) => {
    const isOrdered = cls.mro.some((base) => base.library?.name === 'collections:OrderedDict')
    const orderedNoun = u.world.release[1] < 14 ? 'arguments' : 'argument'
    const from = isOrdered ? only('', given, orderedNoun) : only('dict ', given)
    if (from === undefined || !(content instanceof PyDict)) return
    updateDict(u, content, from, isOrdered ? orderedPair : plainPair)
  },
}

const exception: Constructor = { make: newException, fill: initException }

const containers: Readonly<Record<string, Constructor>> = {
  'builtins:list': {
    make: () => new PyList([]),
    fill: (u, content, _cls, given) => {
      const from = only('list ', given)
      if (from === undefined || !(content instanceof PyList)) return
      content.items.length = 0
      for (const item of elementsOf(u, from)) content.items.push(item)
    },
  },
  'builtins:tuple': {
    make: (u, cls, given) => {
      if (cls.library?.name === 'builtins:tuple') noKeywords('tuple', given)
      const from = only('tuple ', given)
      if (from === undefined) return u.world.emptyTuple
      if (from instanceof PyTuple) return from
      const items = elementsOf(u, from)
      return items.length === 0 ? u.world.emptyTuple : new PyTuple(items)
    },
  },
  'builtins:set': {
    make: () => new PySet([]),
    fill: (u, content, _cls, given) => {
      const from = only('set ', given)
      if (from !== undefined && content instanceof PySet) {
        addMembers(u, content, elementsOf(u, from))
      }
    },
  },
  'builtins:frozenset': {
    make: (u, cls, given) => {
      if (cls.library?.name === 'builtins:frozenset') noKeywords('frozenset', given)
      const from = only('frozenset ', given)
      if (from instanceof PyFrozenSet && cls.library?.name === 'builtins:frozenset') return from
      return frozenSetOf(u, from === undefined ? [] : elementsOf(u, from))
    },
  },
  'builtins:dict': dict,
  'collections:OrderedDict': dict,
  'builtins:object': {
    make: (_u, cls, given) => {
      if (hasArguments(given)) refuseArguments(cls)
      return new PyObject(cls)
    },
  },
  'builtins:BaseException': exception,
  'builtins:BaseExceptionGroup': { ...exception },
  'builtins:MemoryError': { ...exception },
  'builtins:OSError': { ...exception },
}

/** By the names of the types that have a `__new__` written for them. */
const constructors: ReadonlyMap<string, Constructor> = new Map(
  Object.entries({ ...containers, ...valueConstructors }),
)

const hasArguments = ({ args, keywords }: Given): boolean =>
  args.length > 0 || (keywords?.keys.length ?? 0) > 0

/** Arguments are for an `__init__`, where there is no other `__new__` to take them. */
function refuseArguments(cls: PyClass): void {
  if (ownNew(cls) !== undefined) {
    throw typeError('object.__new__() takes exactly one argument (the type to instantiate)')
  }
  if (classAttribute(cls, '__init__') === undefined) {
    throw typeError(`${cls.name}() takes no arguments`)
  }
}

/** The two parts of an item at a place. @throws {PickleError} TypeError or ValueError, for no pair */
type PairOf = (u: Unpickling, item: PyValue, at: number) => readonly PyValue[]

/** `dict.update(from)`. */
function updateDict(u: Unpickling, dict: PyDict, from: PyValue, pairOf: PairOf): void {
  const given = dictOf(from)
  if (given !== undefined) {
    for (const [key, value] of entriesOf(given)) storeItem(u, dict, key, value)
    return
  }
  for (const [at, item] of elementsOf(u, from).entries()) {
    const [key = null, value = null] = pairOf(u, item, at)
    storeItem(u, dict, key, value)
  }
}

const plainPair: PairOf = (u, item, at) => {
  let parts: readonly PyValue[]
  try {
    parts = elementsOf(u, item)
  } catch (error) {
    if (!isException(error, 'TypeError')) throw error
    throw noPair(u.world, at)
  }
  if (parts.length === 2) return parts
  const text = `dictionary update sequence element #${at} has length ${parts.length}; 2 is required`
  throw valueError(text)
}

/** An OrderedDict is a mapping that is updated as all others are. */
const orderedPair: PairOf = (u, item) => {
  const parts = elementsOf(u, item)
  if (parts.length > 2) throw valueError('too many values to unpack (expected 2)')
  if (parts.length === 2) return parts
  throw valueError(`need more than ${parts.length} value${parts.length === 1 ? '' : 's'} to unpack`)
}

/** The constructor of the first built-in type a class derives from, and that type. */
function constructorOf(cls: PyClass): readonly [Constructor, PyClass] {
  for (const base of cls.mro) {
    const name = base.library?.name
    if (name === undefined) continue
    const own = constructors.get(name)
    if (own !== undefined) return [own, base]
    if (name !== 'enum:Enum' && base.layout !== 'exception') break
  }
  throw new UnknownCallError(`the reference makes no instances of ${cls.name}`)
}

/** An object of the class with this content; the content itself where it is of the exact type. */
function wrapped(cls: PyClass, base: PyClass, content: PyValue): PyValue {
  const isExact = cls === base && cls.library?.name.startsWith('builtins:') === true
  const isWhole = content instanceof PyObject && content.type.layout === cls.layout
  if (isExact || isWhole) return content
  return new PyObject(cls, null, content)
}

/** A `__new__` of a class statement. */
function ownNew(cls: PyClass): PyFunction['call'] {
  const own = classAttribute(cls, '__new__')
  return own instanceof PyFunction ? own.call : undefined
}

/**
 * `base.__new__(cls, *args, **keywords)`.
 *
 * @throws {PickleError} TypeError, when `cls` is no class, or not one that derives from the type whose
 *   `__new__` it is and has its storage; and what `__new__` raises
 */
export function newOfBase(u: Unpickling, base: PyValue, cls: PyValue, given: Given): PyValue {
  const from = base instanceof PyClass ? base : u.world.typeOf(base)
  if (isEnum(from)) return newOfEnum(u, cls, given)
  const own = ownNew(from)
  if (own !== undefined) return own([cls, ...given.args], given.keywords)
  const owner = from.mro.find(({ library }) => library?.hasOwnNew) as PyClass // object has one
  if (!(cls instanceof PyClass)) {
    throw typeError(`${owner.name}.__new__(X): X is not a type object (${typeNameOf(cls)})`)
  }
  if (!cls.mro.includes(owner)) {
    throw typeError(
      `${owner.name}.__new__(${cls.name}): ${cls.name} is not a subtype of ${owner.name}`,
    )
  }
  const [type] = constructorOf(from)
  const [needed, nearest] = constructorOf(cls)
  if (needed !== type) {
    const safe = cls.mro.find((one) => ownNew(one) === undefined) as PyClass // as object
    throw typeError(`${owner.name}.__new__(${cls.name}) is not safe, use ${safe.name}.__new__()`)
  }
  return wrapped(cls, nearest, type.make(u, cls, given))
}

/** What is filled has an `__init__` of its own, but for exceptions. */
const hasInit = (u: Unpickling, cls: PyClass): boolean =>
  cls.library !== null && (cls.layout !== 'exception' || hasOwnInit(u, cls))

/** `base.__init__(made, …)`, where the base has one of its own. */
export function fillInstance(u: Unpickling, made: PyValue, base: PyClass, given: Given): void {
  const own = classAttribute(base, '__init__')
  if (own instanceof PyFunction && own.call !== undefined) {
    own.call([made, ...given.args], given.keywords)
    return
  }
  const [type] = constructorOf(base)
  if (type.fill === undefined) return
  const cls = u.world.typeOf(made)
  const owner = base.mro.find((one) => hasInit(u, one)) as PyClass // object has one
  if (!cls.mro.includes(owner)) {
    const [wanted, found] = [cTypeName(owner), cTypeName(cls)]
    throw typeError(`descriptor '__init__' requires a '${wanted}' object but received a '${found}'`)
  }
  type.fill(u, contentOf(made), cls, given)
}

/** `cls(*args)`. */
export function classCall(u: Unpickling, cls: PyClass, args: readonly PyValue[]): PyValue {
  const given = { args, keywords: null }
  if (isEnum(cls)) return callEnum(u, cls, args)
  const made = newOfBase(u, cls, cls, given)
  if (u.world.typeOf(made).mro.includes(cls)) fillInstance(u, made, cls, given)
  return made
}
