import { findAttribute, getAttribute } from '../values/attributes.ts'
import { isCallable } from '../values/call.ts'
import { freshTuple } from '../values/fresh.ts'
import { isIterator } from '../values/iterate.ts'
import { makePartial } from '../values/partial.ts'
import { saysItIs } from '../values/said-class.ts'
import { isType } from '../values/type-of.ts'
import { PyObject, PyTuple, type PyValue } from '../values/value.ts'
import { saveAppends, saveSetItems } from './batches.ts'
import { BUILD, NEWOBJ, NEWOBJ_EX, POP, REDUCE, TUPLE2 } from './codes.ts'
import { enter } from './depth.ts'
import { textOfValue } from './find-global.ts'
import { keywordsOf, positionalsOf } from './keywords.ts'
import { memoize, writeGet } from './memoize.ts'
import { iteratorOver } from './next.ts'
import { noted } from './notes.ts'
import type { Pickling } from './pickling.ts'
import * as refusals from './refusals.ts'
import { storageOfDict, tupleItems } from './subclasses.ts'
import { unpack } from './unpack.ts'

/**
 * Writes an object as its reduction says: the call that makes it anew, then its PUT, its list items,
 * its dict items and its state.
 *
 * `value` is undefined where nothing is to enter the memo. `reducer` is what gave the reduction, a
 * hook or a method; without one the reduction is the pickler's own.
 *
 * @clause RED-01 RED-20 RED-31
 * @throws {PickleError} PicklingError, when the reduction is none
 */
export function saveReduction(
  p: Pickling,
  value: PyValue | undefined,
  reduction: PyValue,
  reducer?: refusals.Reducer,
): void {
  // RED-31  Python's pickler takes None for no object.
  const object = value === null && p.profile.engine === 'py' ? undefined : value
  /** What stands for it where there must be something. */
  const owner = object ?? null
  enter(p)
  try {
    const parts = checkedReduction(p, owner, reduction, reducer)
    saveConstruction(p, object, owner, parts)
    // RED-21  Only C leaves it at that when the arguments led back to the object.
    const isDone = object !== undefined && saveMemo(p, object)
    if (!isDone || p.profile.recursiveReduction === 'items and state') {
      const { listItems, dictItems } = parts
      if (listItems !== null) saveAppends(p, iteratorOver(p, listItems), owner)
      if (dictItems !== null) saveSetItems(p, iteratorOver(p, dictItems), owner)
      saveState(p, owner, parts.state, parts.setter)
    }
  } catch (error) {
    throw reducer === undefined ? error : noted(p, error, owner, 'object')
  }
  p.depth--
}

/** What a reduction says, with None where it says nothing. */
type Parts = {
  readonly callable: PyValue
  /** The tuple of arguments, and what is in it. */
  readonly args: PyValue
  readonly argItems: readonly PyValue[]
  readonly state: PyValue
  readonly listItems: PyValue
  readonly dictItems: PyValue
  readonly setter: PyValue
}

/**
 * Writes the call that makes an object anew.
 *
 * @clause RED-10 RED-12 RED-13 RED-15
 */
function saveConstruction(
  p: Pickling,
  object: PyValue | undefined,
  owner: PyValue,
  { argItems, args, callable }: Parts,
): void {
  /** What is being saved, for the note. */
  let stage = ''
  try {
    const maker = p.protocol >= 2 ? nameOf(p, callable) : ''
    if (maker === '__newobj__') {
      const cls = checkedNewobj(p, object, argItems)
      stage = 'class'
      p.save(p, cls)
      stage = '__new__ arguments'
      p.save(p, freshTuple(p.world, argItems.slice(1)))
      p.writer.u8(NEWOBJ)
    } else if (maker !== '__newobj_ex__') {
      stage = 'reconstructor'
      p.save(p, callable)
      stage = 'reconstructor arguments'
      p.save(p, args)
      p.writer.u8(REDUCE)
    } else if (p.protocol >= 4) {
      const { cls, keywords, positionals } = checkedNewobjEx(p, object, args, argItems)
      stage = 'class'
      p.save(p, cls)
      stage = '__new__ arguments'
      p.save(p, positionals)
      p.save(p, keywords)
      p.writer.u8(NEWOBJ_EX)
    } else {
      const partial = partialNew(p, checkedNewobjEx(p, object, args, argItems))
      stage = 'reconstructor'
      p.save(p, partial)
      if (p.profile.engine === 'py') stage = ''
      p.save(p, p.world.emptyTuple)
      p.writer.u8(REDUCE)
    }
  } catch (error) {
    throw stage === '' ? error : noted(p, error, owner, stage)
  }
  p.framer.endPiece()
}

/**
 * Enters the object into the memo. If it is there already, since its arguments led back to it, drops
 * what was made and fetches it, and says so.
 *
 * @clause RED-20
 */
function saveMemo(p: Pickling, object: PyValue): boolean {
  const met = p.memo.indexOf(object)
  if (met === -1) {
    memoize(p, object)
    return false
  }
  p.writer.u8(POP)
  writeGet(p, met)
  return true
}

/**
 * Writes the state, if there is one, and how it is set: by BUILD, or by a call of the setter.
 *
 * @clause RED-05 RED-22 RED-23
 */
function saveState(p: Pickling, object: PyValue, state: PyValue, setter: PyValue): void {
  if (state === null) return
  let stage = 'state'
  try {
    if (setter === null) p.save(p, state)
    else {
      stage = 'state setter'
      p.save(p, setter)
      stage = ''
      p.save(p, object)
      stage = 'state'
      p.save(p, state)
    }
  } catch (error) {
    throw stage === '' ? error : noted(p, error, object, stage)
  }
  if (setter === null) writeAlone(p, BUILD)
  else {
    // RED-23  A counted tuple at every protocol, and outside the memo.
    writeAlone(p, TUPLE2)
    writeAlone(p, REDUCE)
    writeAlone(p, POP)
  }
}

function writeAlone(p: Pickling, code: number): void {
  p.writer.u8(code)
  p.framer.endPiece()
}

/**
 * The parts of a reduction, when they are what they must be.
 *
 * @clause RED-01 RED-02 RED-03 RED-04
 */
function checkedReduction(
  p: Pickling,
  owner: PyValue,
  reduction: PyValue,
  reducer: refusals.Reducer = 'default',
): Parts {
  const items = tupleItems(reduction)
  if (items === undefined) {
    if (isSaidTuple(p, reduction)) throw refusals.withoutLength(p, reduction)
    throw refusals.notStrOrTuple(p, owner, reduction, reducer)
  }
  if (items.length < 2 || items.length > 6) throw refusals.wrongSize(p, owner, reducer)
  const [
    callable = null,
    args = null,
    state = null,
    listItems = null,
    dictItems = null,
    setter = null,
  ] = items

  const isRight = isCallable(callable)
  if (!isRight && p.profile.callableChecked === 'first') throw refusals.notCallable(p, callable)
  const argItems = tupleItems(args) ?? (isSaidTuple(p, args) ? [] : undefined)
  if (argItems === undefined) throw refusals.argumentsNotTuple(p, args)
  if (!isRight) throw refusals.notCallable(p, callable)

  if (p.profile.itemsOfReduction === 'iterators') {
    if (listItems !== null && !isIterator(p.world, listItems)) {
      throw refusals.notIterator(p, 'fourth', listItems)
    }
    if (dictItems !== null && !isIterator(p.world, dictItems)) {
      throw refusals.notIterator(p, 'fifth', dictItems)
    }
  }
  if (p.profile.stateSetterChecked && setter !== null && !isCallable(setter)) {
    throw refusals.setterNotCallable(p, setter)
  }
  return { callable, args, argItems, state, listItems, dictItems, setter }
}

/** `callable.__name__`, by which the constructors are known; '' where it has none. */
function nameOf(p: Pickling, callable: PyValue): string {
  if (typeof callable === 'object' && callable?.kind === 'function') {
    if (callable.type === p.functionClass) return callable.name
  }
  const name = findAttribute(p.world, callable, '__name__')
  return name === undefined ? '' : textOfValue(p, name)
}

/** The class among the arguments of `__newobj__`. @clause RED-11 */
function checkedNewobj(
  p: Pickling,
  object: PyValue | undefined,
  [cls]: readonly PyValue[],
): PyValue {
  if (cls === undefined) throw refusals.newobjWithoutClass(p)
  if (isStandIn(cls)) return cls
  if (p.profile.newobjChecks === 'types' && !isType(cls)) {
    throw refusals.notClass(p, '__newobj__', cls)
  }
  checkClass(p, '__newobj__', object, cls)
  return cls
}

/** What `__newobj_ex__` is called with. */
type NewobjEx = {
  readonly cls: PyValue
  readonly positionals: PyValue
  readonly keywords: PyValue
}

/** The three arguments of `__newobj_ex__`. @clause RED-14 */
function checkedNewobjEx(
  p: Pickling,
  object: PyValue | undefined,
  args: PyValue,
  argItems: readonly PyValue[],
): NewobjEx {
  if (p.profile.newobjChecks === 'attributes') {
    const [cls = null, positionals = null, keywords = null] = unpack(p, args, 3)
    checkClass(p, '__newobj_ex__', object, cls)
    return { cls, positionals, keywords }
  }
  if (argItems.length !== 3) throw refusals.newobjExSize(p, argItems.length)
  const [cls = null, positionals = null, keywords = null] = argItems
  if (!isType(cls) && !isStandIn(cls)) throw refusals.notClass(p, '__newobj_ex__', cls)
  if (tupleItems(positionals) === undefined) {
    throw refusals.newobjExItem(p, 'second', 'tuple', positionals)
  }
  if (storageOfDict(keywords) === undefined)
    throw refusals.newobjExItem(p, 'third', 'dict', keywords)
  return { cls, positionals, keywords }
}

/** Not in the protocol: what a load did not carry out is taken for a class where one is wanted. */
const isStandIn = (value: PyValue): boolean => value instanceof PyObject && value.isStandIn

function checkClass(p: Pickling, maker: string, object: PyValue | undefined, cls: PyValue): void {
  if (object === undefined || isStandIn(cls)) return
  const wanted = classOf(p, object)
  if (cls !== wanted) throw refusals.wrongClass(p, maker, wanted, cls)
}

/** `object.__class__`; C takes the type where reading it raises AttributeError. */
function classOf({ profile, world }: Pickling, object: PyValue): PyValue {
  if (profile.engine === 'py') return getAttribute(world, object, '__class__')
  const said = findAttribute(world, object, '__class__')
  return said === undefined ? world.typeOf(object) : said
}

/** `functools.partial(cls.__new__, cls, *positionals, **keywords)`. @clause RED-13 */
function partialNew(p: Pickling, { cls, keywords, positionals }: NewobjEx): PyValue {
  const maker = getAttribute(p.world, cls, '__new__')
  const args = new PyTuple([cls, ...positionalsOf(p, positionals)])
  return makePartial(p.world, maker, args, keywordsOf(p, keywords))
}

/** What no tuple is by its type, and Python's pickler takes for one. @clause SAVE-11 */
const isSaidTuple = (p: Pickling, value: PyValue): boolean =>
  p.profile.engine === 'py' && saysItIs(p.world, value, 'builtins:tuple')
