import { findAttribute, getAttribute } from '../values/attributes.ts'
import { isCallable } from '../values/call.ts'
import { freshTuple } from '../values/fresh.ts'
import { isIterator } from '../values/iterate.ts'
import { makePartial } from '../values/partial.ts'
import { isType } from '../values/type-of.ts'
import { PyTuple, type PyValue } from '../values/value.ts'
import { saveAppends, saveSetItems } from './batches.ts'
import { BUILD, NEWOBJ, NEWOBJ_EX, POP, REDUCE, TUPLE2 } from './codes.ts'
import { enter } from './depth.ts'
import { keywordsOf, positionalsOf } from './keywords.ts'
import { memoize, writeGet } from './memoize.ts'
import { iteratorOver } from './next.ts'
import { noted } from './notes.ts'
import type { Pickling } from './pickling.ts'
import * as refusals from './refusals.ts'
import { contentOfStr, storageOfDict, tupleItems } from './subclasses.ts'
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
  enter(p)
  try {
    const items = checkedReduction(p, object, reduction, reducer)
    saveConstruction(p, object, items)
    // RED-21  Only C leaves it at that when the arguments led back to the object.
    const isDone = object !== undefined && saveMemo(p, object)
    if (!isDone || p.profile.recursiveReduction === 'items and state') {
      const listItems = items[3] ?? null
      if (listItems !== null) saveAppends(p, iteratorOver(p, listItems), object ?? null)
      const dictItems = items[4] ?? null
      if (dictItems !== null) saveSetItems(p, iteratorOver(p, dictItems), object ?? null)
      saveState(p, object ?? null, items[2] ?? null, items[5] ?? null)
    }
  } catch (error) {
    throw reducer === undefined ? error : noted(p, error, value ?? null, 'object')
  }
  p.depth--
}

/**
 * Writes the call that makes an object anew.
 *
 * @clause RED-10 RED-12 RED-13 RED-15
 */
function saveConstruction(
  p: Pickling,
  object: PyValue | undefined,
  items: readonly PyValue[],
): void {
  /** What is being saved, for the note. */
  let stage = ''
  try {
    const maker = p.protocol >= 2 ? nameOf(p, items[0] ?? null) : ''
    if (maker === '__newobj__') {
      const cls = checkedNewobj(p, object, items[1] ?? null)
      stage = 'class'
      p.save(p, cls)
      stage = '__new__ arguments'
      p.save(p, freshTuple(p.world, (tupleItems(items[1] ?? null) ?? []).slice(1)))
      p.writer.u8(NEWOBJ)
    } else if (maker !== '__newobj_ex__') {
      stage = 'reconstructor'
      p.save(p, items[0] ?? null)
      stage = 'reconstructor arguments'
      p.save(p, items[1] ?? null)
      p.writer.u8(REDUCE)
    } else if (p.protocol >= 4) {
      const three = checkedNewobjEx(p, object, items[1] ?? null)
      stage = 'class'
      p.save(p, three[0] ?? null)
      stage = '__new__ arguments'
      p.save(p, three[1] ?? null)
      p.save(p, three[2] ?? null)
      p.writer.u8(NEWOBJ_EX)
    } else {
      const partial = partialNew(p, checkedNewobjEx(p, object, items[1] ?? null))
      stage = 'reconstructor'
      p.save(p, partial)
      stage = ''
      p.save(p, p.world.emptyTuple)
      p.writer.u8(REDUCE)
    }
  } catch (error) {
    throw stage === '' ? error : noted(p, error, object ?? null, stage)
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
 * The items of a reduction, when they are what they must be.
 *
 * @clause RED-01 RED-02 RED-03 RED-04
 */
function checkedReduction(
  p: Pickling,
  value: PyValue | undefined,
  reduction: PyValue,
  reducer: refusals.Reducer = 'default',
): readonly PyValue[] {
  const items = tupleItems(reduction)
  if (items === undefined) throw refusals.notStrOrTuple(p, value ?? null, reduction, reducer)
  if (items.length < 2 || items.length > 6) throw refusals.wrongSize(p, value ?? null, reducer)
  const [callable = null, args = null, , listItems = null, dictItems = null, setter = null] = items

  const isRight = isCallable(callable)
  if (!isRight && p.profile.callableChecked === 'first') throw refusals.notCallable(p, callable)
  if (tupleItems(args) === undefined) throw refusals.argumentsNotTuple(p, args)
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
  return items
}

/** `callable.__name__`, by which the constructors are known; '' when it is no str. */
function nameOf(p: Pickling, callable: PyValue): string {
  if (typeof callable === 'object' && callable?.kind === 'function') {
    if (callable.type === p.functionClass) return callable.name
  }
  const name = contentOfStr(findAttribute(p.world, callable, '__name__') ?? null)
  return typeof name === 'string' ? name : ''
}

/** The class among the arguments of `__newobj__`. @clause RED-11 */
function checkedNewobj(p: Pickling, object: PyValue | undefined, args: PyValue): PyValue {
  const [cls] = tupleItems(args) ?? []
  if (cls === undefined) throw refusals.newobjWithoutClass(p)
  if (p.profile.newobjChecks === 'attributes') checkNew(p, '__newobj__', cls)
  else if (!isType(cls)) throw refusals.notClass(p, '__newobj__', cls)
  checkClass(p, '__newobj__', object, cls)
  return cls
}

/** The three arguments of `__newobj_ex__`. @clause RED-14 */
function checkedNewobjEx(
  p: Pickling,
  object: PyValue | undefined,
  args: PyValue,
): readonly PyValue[] {
  if (p.profile.newobjChecks === 'attributes') {
    const three = unpack(p, args, 3)
    const [cls = null] = three
    checkNew(p, '__newobj_ex__', cls)
    checkClass(p, '__newobj_ex__', object, cls)
    return three
  }
  const argItems = tupleItems(args) ?? []
  if (argItems.length !== 3) throw refusals.newobjExSize(p, argItems.length)
  const [cls = null, positionals = null, keywords = null] = argItems
  if (!isType(cls)) throw refusals.notClass(p, '__newobj_ex__', cls)
  if (tupleItems(positionals) === undefined) {
    throw refusals.newobjExItem(p, 'second', 'tuple', positionals)
  }
  if (storageOfDict(keywords) === undefined)
    throw refusals.newobjExItem(p, 'third', 'dict', keywords)
  return argItems
}

function checkNew(p: Pickling, maker: string, cls: PyValue): void {
  if (findAttribute(p.world, cls, '__new__') === undefined) throw refusals.noNew(p, maker)
}

function checkClass(p: Pickling, maker: string, object: PyValue | undefined, cls: PyValue): void {
  if (object === undefined) return
  const wanted = p.profile.classOfReduced === 'type' ? p.world.typeOf(object) : classOf(p, object)
  if (cls !== wanted) throw refusals.wrongClass(p, maker, wanted, cls)
}

/** `object.__class__`; C takes the type where reading it raises AttributeError. */
function classOf({ profile, world }: Pickling, object: PyValue): PyValue {
  if (profile.engine === 'py') return getAttribute(world, object, '__class__')
  return findAttribute(world, object, '__class__') ?? world.typeOf(object)
}

/** `functools.partial(cls.__new__, cls, *positionals, **keywords)`. @clause RED-13 */
function partialNew(p: Pickling, three: readonly PyValue[]): PyValue {
  const [cls = null, positionals = null, keywords = null] = three
  const maker = getAttribute(p.world, cls, '__new__')
  const args = new PyTuple([cls, ...positionalsOf(p, positionals)])
  return makePartial(p.world, maker, args, keywordsOf(p, keywords))
}
