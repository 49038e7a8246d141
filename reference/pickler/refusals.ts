import { PickleError, type PickleErrorDetails } from '../errors.ts'
import { getAttribute } from '../values/attributes.ts'
import { repr } from '../values/repr.ts'
import { cTypeName, typeName } from '../values/type-of.ts'
import type { PyValue } from '../values/value.ts'
import type { Pickling } from './pickling.ts'

/**
 * What is said of a reduction that is none (section 11.2). C and Python had messages of their own
 * until 3.14 gave them one, apart from what only one of them checks.
 *
 * `T` below is a type, `R` the repr of a value.
 */

const refuse = (message: string, details?: PickleErrorDetails): PickleError =>
  new PickleError('PicklingError', message, details)

const T = (p: Pickling, value: PyValue): string => typeName(p.world.typeOf(value))
const cT = (p: Pickling, value: PyValue): string => cTypeName(p.world.typeOf(value))
const R = (p: Pickling, value: PyValue): string => repr(p.world, value)

/** What gave a reduction: a hook or a method, or the default method of the object. */
export type Reducer = PyValue | 'default'

/** The repr of a reducer; there is none where the pickler itself made the reduction. */
function reducerRepr(p: Pickling, value: PyValue, reducer: Reducer): string {
  return R(p, reducer === 'default' ? getAttribute(p.world, value, '__reduce_ex__') : reducer)
}

/** Neither `__reduce_ex__` nor `__reduce__`. @clause SAVE-27 */
export function noReduction(p: Pickling, value: PyValue): PickleError {
  switch (p.profile.refusals) {
    case 'C':
      return refuse(`can't pickle '${cT(p, value)}' object: ${R(p, value)}`)
    case 'Python':
      return refuse(`Can't pickle '${p.world.typeOf(value).name}' object: ${R(p, value)}`)
    case 'C 3.14':
      return refuse(`Can't pickle ${T(p, value)} object`)
    case 'Python 3.14':
      // It names the type of the type.
      return refuse(`Can't pickle ${T(p, p.world.typeOf(value))} object`)
  }
}

/** Neither a str nor a tuple; `reducer` is what gave it. @clause RED-01 */
export function notStrOrTuple(
  p: Pickling,
  value: PyValue,
  reduction: PyValue,
  reducer: Reducer,
): PickleError {
  switch (p.profile.refusals) {
    case 'C':
      return refuse('__reduce__ must return a string or tuple')
    case 'Python':
      return refuse(`${reducerRepr(p, value, reducer)} must return string or tuple`)
    case 'C 3.14':
    case 'Python 3.14':
      return refuse(`__reduce__ must return a string or tuple, not ${T(p, reduction)}`)
  }
}

/** What only says that it is a tuple has no items. @clause SAVE-11 */
export function withoutLength(p: Pickling, reduction: PyValue): PickleError {
  return new PickleError('TypeError', `object of type '${T(p, reduction)}' has no len()`)
}

/** Fewer than two items or more than six. @clause RED-01 */
export function wrongSize(p: Pickling, value: PyValue, reducer: Reducer): PickleError {
  return p.profile.refusals === 'Python'
    ? refuse(`Tuple returned by ${reducerRepr(p, value, reducer)} must have two to six elements`)
    : refuse('tuple returned by __reduce__ must contain 2 through 6 elements')
}

/** The first item is not callable. @clause RED-02 */
export function notCallable(p: Pickling, callable: PyValue): PickleError {
  const text = 'first item of the tuple returned by __reduce__ must be callable'
  switch (p.profile.refusals) {
    case 'C':
      return refuse(text)
    case 'Python':
      return refuse('func from save_reduce() must be callable')
    case 'C 3.14':
    case 'Python 3.14':
      return refuse(`${text}, not ${T(p, callable)}`)
  }
}

/** The second item is no tuple. @clause RED-02 */
export function argumentsNotTuple(p: Pickling, args: PyValue): PickleError {
  const text = 'second item of the tuple returned by __reduce__ must be a tuple'
  switch (p.profile.refusals) {
    case 'C':
      return refuse(text)
    case 'Python':
      return refuse('args from save_reduce() must be a tuple')
    case 'C 3.14':
    case 'Python 3.14':
      return refuse(`${text}, not ${T(p, args)}`)
  }
}

/** The fourth or fifth item is no iterator; only C looks. @clause RED-03 */
export function notIterator(p: Pickling, which: 'fourth' | 'fifth', items: PyValue): PickleError {
  return p.profile.refusals === 'C'
    ? refuse(
        `${which} element of the tuple returned by __reduce__ must be an iterator, not ${cT(p, items)}`,
      )
    : refuse(
        `${which} item of the tuple returned by __reduce__ must be an iterator, not ${T(p, items)}`,
      )
}

/** The sixth item is not callable; only C looks. @clause RED-04 */
export function setterNotCallable(p: Pickling, setter: PyValue): PickleError {
  return p.profile.refusals === 'C'
    ? refuse(
        `sixth element of the tuple returned by __reduce__ must be a function, not ${cT(p, setter)}`,
      )
    : refuse(`sixth item of the tuple returned by __reduce__ must be callable, not ${T(p, setter)}`)
}

/** `__newobj__` without arguments. @clause RED-11 */
export function newobjWithoutClass(p: Pickling): PickleError {
  switch (p.profile.refusals) {
    case 'C':
      return refuse('__newobj__ arglist is empty')
    case 'C 3.14':
      return refuse('__newobj__ expected at least 1 argument, got 0')
    case 'Python':
    case 'Python 3.14':
      return new PickleError('IndexError', 'tuple index out of range')
  }
}

/** The first argument of `__newobj__` or `__newobj_ex__` is no class; only C looks. */
export function notClass(p: Pickling, maker: string, cls: PyValue): PickleError {
  if (p.profile.refusals !== 'C') {
    return refuse(`first argument to ${maker}() must be a class, not ${T(p, cls)}`)
  }
  return maker === '__newobj__'
    ? refuse('args[0] from __newobj__ args is not a type')
    : refuse(`first item from NEWOBJ_EX argument tuple must be a class, not ${cT(p, cls)}`)
}

/** The first argument is not the class of the object. @clause RED-11 RED-14 */
export function wrongClass(p: Pickling, maker: string, wanted: PyValue, cls: PyValue): PickleError {
  switch (p.profile.refusals) {
    case 'C':
    case 'Python':
      return refuse(`args[0] from ${maker} args has the wrong class`)
    case 'C 3.14':
    case 'Python 3.14':
      return refuse(`first argument to ${maker}() must be ${R(p, wanted)}, not ${R(p, cls)}`)
  }
}

/** Not three arguments for `__newobj_ex__`; Python's error is that of unpacking. @clause RED-14 */
export function newobjExSize(p: Pickling, count: number): PickleError {
  return p.profile.refusals === 'C'
    ? refuse(`length of the NEWOBJ_EX argument tuple must be exactly 3, not ${count}`)
    : refuse(`__newobj_ex__ expected 3 arguments, got ${count}`)
}

/** The second or third argument of `__newobj_ex__` has the wrong type; only C looks. @clause RED-14 */
export function newobjExItem(
  p: Pickling,
  which: 'second' | 'third',
  wanted: 'tuple' | 'dict',
  found: PyValue,
): PickleError {
  return p.profile.refusals === 'C'
    ? refuse(`${which} item from NEWOBJ_EX argument tuple must be a ${wanted}, not ${cT(p, found)}`)
    : refuse(`${which} argument to __newobj_ex__() must be a ${wanted}, not ${T(p, found)}`)
}
