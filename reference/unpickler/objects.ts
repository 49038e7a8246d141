import { decodeAscii } from '../codecs/single-byte.ts'
import { PickleError } from '../errors.ts'
import { findAttribute } from '../values/attributes.ts'
import { isException } from '../values/exceptions.ts'
import { repr } from '../values/repr.ts'
import { saysItIs } from '../values/said-class.ts'
import { cTypeName, typeNameOf } from '../values/type-of.ts'
import { PyClass, type PyDict, PyFunction, type PyValue } from '../values/value.ts'
import { callLoaded, newLoaded } from './call.ts'
import { dictOf, tupleOf } from './contents.ts'
import { argumentsOf } from './elements.ts'
import { truncated, typeError, unpicklingError } from './errors.ts'
import { findGlobal } from './globals.ts'
import { PyRecorded } from './recorded.ts'
import type { Unpickling } from './unpickling.ts'

/** @clause OP-REDUCE */
export function loadReduce(u: Unpickling): void {
  const given = u.pop()
  if (u.isC) {
    const fn = u.pop()
    const args = tupleOf(given)
    if (args === undefined) throw typeError('argument list must be a tuple')
    u.push(callLoaded(u, fn, args.items))
  } else {
    const fn = u.top()
    const args = argumentsOf(u, given, fn)
    u.replace(callLoaded(u, fn, args))
  }
}

/** @clause OP-NEWOBJ */
export function loadNewObj(u: Unpickling): void {
  make(u, u.pop(), null, 'NEWOBJ')
}

/** @clause OP-NEWOBJ_EX */
export function loadNewObjEx(u: Unpickling): void {
  const keywords = u.pop()
  make(u, u.pop(), { keywords }, 'NEWOBJ_EX')
}

type Keywords = { readonly keywords: PyValue } | null

function make(u: Unpickling, given: PyValue, named: Keywords, opcode: string): void {
  const { newobjRefusals } = u.profile
  if (newobjRefusals === 'by the call') {
    const cls = u.pop()
    const args = argumentsOf(u, given, u.world.objectClass)
    const keywords = named === null ? null : mappingOf(named.keywords)
    u.push(newLoaded(u, cls, args, keywords))
    return
  }
  const isOld = newobjRefusals === 'old words'
  const args = tupleOf(given)
  if (isOld && named === null && args === undefined) {
    throw unpicklingError('NEWOBJ expected an arg tuple.')
  }
  const cls = u.pop()
  if (!(cls instanceof PyClass || (u.hooks.takesMadeClasses && cls instanceof PyRecorded))) {
    const isBare = isOld && named === null
    throw unpicklingError(
      isBare
        ? "NEWOBJ class argument isn't a type object"
        : `${opcode} class argument must be a type, not ${typeSaid(u, cls)}`,
    )
  }
  if (args === undefined) {
    throw unpicklingError(`${opcode} args argument must be a tuple, not ${typeSaid(u, given)}`)
  }
  const keywords = named === null ? null : dictGiven(u, named.keywords)
  u.push(newLoaded(u, cls, args.items, keywords))
}

/** What C takes as keywords. */
function dictGiven(u: Unpickling, value: PyValue): PyDict {
  const dict = dictOf(value)
  if (dict !== undefined) return dict
  throw unpicklingError(`NEWOBJ_EX kwargs argument must be a dict, not ${typeSaid(u, value)}`)
}

const typeSaid = (u: Unpickling, value: PyValue): string => cTypeName(u.world.typeOf(value))

/** What `**` takes. */
function mappingOf(value: PyValue): PyDict {
  const dict = dictOf(value)
  if (dict !== undefined) return dict
  throw typeError(`argument after ** must be a mapping, not ${typeNameOf(value)}`)
}

/** @clause OP-OBJ */
export function loadObj(u: Unpickling): void {
  const at = u.unmark()
  if (u.stack.length <= at) {
    throw u.isC ? u.underflow() : new PickleError('IndexError', 'pop from empty list')
  }
  const [cls = null, ...args] = u.stack.splice(at)
  u.push(instantiate(u, cls, args))
}

/** @clause OP-INST */
export function loadInst(u: Unpickling): void {
  if (u.isC) {
    const at = u.unmark()
    const module = asciiLine(u)
    const cls = findGlobal(u, module, asciiLine(u))
    u.push(instantiate(u, cls, u.stack.splice(at)))
  } else {
    const module = asciiLine(u)
    const cls = findGlobal(u, module, asciiLine(u))
    u.push(instantiate(u, cls, u.popMark()))
  }
}

function asciiLine(u: Unpickling): string {
  const line = u.input.line()
  if (u.isC && line.length < 2) throw truncated()
  return decodeAscii(line.subarray(0, -1))
}

/** @clause OP-INST OP-OBJ */
function instantiate(u: Unpickling, cls: PyValue, args: readonly PyValue[]): PyValue {
  const isMadeAlone =
    args.length === 0 &&
    (cls instanceof PyClass || (!u.isC && saysItIs(u.world, cls, 'builtins:type'))) &&
    findAttribute(u.world, cls, '__getinitargs__') === undefined
  if (isMadeAlone) return newLoaded(u, cls, args)
  if (u.isC) return callLoaded(u, cls, args)
  try {
    return callLoaded(u, cls, args)
  } catch (error) {
    if (!isException(error, 'TypeError')) throw error
    throw inConstructor(u, cls, error)
  }
}

/** Python's unpickler says where it was; the traceback it passes on is part of the message. */
function inConstructor(u: Unpickling, cls: PyValue, error: PickleError): PickleError {
  if (!(cls instanceof PyClass || cls instanceof PyFunction)) {
    const text = `'${typeNameOf(cls)}' object has no attribute '__name__'`
    return new PickleError('AttributeError', text, { context: error })
  }
  const text = repr(u.world, strOf(u.world, `in constructor for ${cls.name}: ${error.message}`))
  return new PickleError('TypeError', `(${text}, <traceback object at 0x7f0000000000>)`, {
    context: error,
  })
}

import { strOf } from './strings.ts'
