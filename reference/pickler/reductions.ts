import type { PickleError } from '../errors.ts'
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
 * @clause RED-01 RED-15 RED-20 RED-22 RED-31
 * @throws {PickleError} PicklingError, when the reduction is none
 */
export function saveReduction(
  p: Pickling,
  value: PyValue | undefined,
  reduction: PyValue,
  reducer?: refusals.Reducer,
): void {
  const { framer, writer } = p
  // RED-31  Python's pickler takes None for no object.
  const object = value === null && p.profile.engine === 'py' ? undefined : value
  /** What is being saved, for the note. */
  let stage: Stage | undefined
  enter(p)
  try {
    const items = tupleItems(reduction)
    if (items === undefined || items.length < 2 || items.length > 6) {
      throw notReduction(p, value ?? null, reduction, reducer ?? 'default')
    }
    const [
      callable = null,
      args = null,
      state = null,
      listItems = null,
      dictItems = null,
      setter = null,
    ] = items
    const argItems = checkedArguments(p, callable, args, listItems, dictItems, setter)

    const maker = p.protocol >= 2 ? nameOf(p, callable) : ''
    if (maker === '__newobj__') {
      // RED-10  A class and the arguments for its __new__.
      const cls = checkedNewobj(p, object, argItems)
      stage = 'class'
      p.save(p, cls)
      stage = '__new__ arguments'
      p.save(p, freshTuple(p.world, argItems.slice(1)))
      stage = undefined
      writer.u8(NEWOBJ)
    } else if (maker === '__newobj_ex__') {
      const [cls = null, positionals = null, keywords = null] = checkedNewobjEx(
        p,
        object,
        args,
        argItems,
      )
      if (p.protocol >= 4) {
        // RED-12  A class, arguments and keyword arguments for its __new__.
        stage = 'class'
        p.save(p, cls)
        stage = '__new__ arguments'
        p.save(p, positionals)
        p.save(p, keywords)
        stage = undefined
        writer.u8(NEWOBJ_EX)
      } else {
        // RED-13  The same as a functools.partial that is called without arguments.
        const partial = partialNew(p, cls, positionals, keywords)
        stage = 'reconstructor'
        p.save(p, partial)
        stage = undefined
        p.save(p, p.world.emptyTuple)
        writer.u8(REDUCE)
      }
    } else {
      stage = 'reconstructor'
      p.save(p, callable)
      stage = 'reconstructor arguments'
      p.save(p, args)
      stage = undefined
      writer.u8(REDUCE)
    }
    framer.endPiece()

    if (object !== undefined) {
      const met = p.memo.indexOf(object)
      if (met === -1) memoize(p, object)
      else {
        // RED-20  The arguments led back to the object: it is there already.
        writer.u8(POP)
        writeGet(p, met)
        // RED-21  Only C leaves it at that.
        if (p.profile.recursiveReduction === 'nothing') {
          p.depth--
          return
        }
      }
    }

    const owner = object ?? null
    if (listItems !== null) saveAppends(p, iteratorOver(p, listItems), owner)
    if (dictItems !== null) saveSetItems(p, iteratorOver(p, dictItems), owner)

    if (state !== null) {
      if (setter === null) {
        stage = 'state'
        p.save(p, state)
        stage = undefined
        writer.u8(BUILD)
        framer.endPiece()
      } else {
        // RED-23  The tuple of the setter's arguments is counted at every protocol.
        stage = 'state setter'
        p.save(p, setter)
        stage = undefined
        p.save(p, owner)
        stage = 'state'
        p.save(p, state)
        stage = undefined
        writeAlone(p, TUPLE2)
        writeAlone(p, REDUCE)
        writeAlone(p, POP)
      }
    }
  } catch (error) {
    let raised = error
    if (stage !== undefined) raised = noted(p, raised, value ?? null, stage)
    if (reducer !== undefined) raised = noted(p, raised, value ?? null, 'object')
    throw raised
  }
  p.depth--
}

function notReduction(
  p: Pickling,
  value: PyValue,
  reduction: PyValue,
  reducer: refusals.Reducer,
): PickleError {
  return tupleItems(reduction) === undefined
    ? refusals.notStrOrTuple(p, value, reduction, reducer)
    : refusals.wrongSize(p, value, reducer)
}

type Stage =
  | 'class'
  | '__new__ arguments'
  | 'reconstructor'
  | 'reconstructor arguments'
  | 'state'
  | 'state setter'

function writeAlone(p: Pickling, code: number): void {
  p.writer.u8(code)
  p.framer.endPiece()
}

/**
 * The items of the argument tuple, when the parts of the reduction are what they must be.
 *
 * @clause RED-02 RED-03 RED-04 RED-05
 */
function checkedArguments(
  p: Pickling,
  callable: PyValue,
  args: PyValue,
  listItems: PyValue,
  dictItems: PyValue,
  setter: PyValue,
): readonly PyValue[] {
  const isRight = isCallable(callable)
  const argItems = tupleItems(args)
  if (!isRight && p.profile.callableChecked === 'first') throw refusals.notCallable(p, callable)
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
  return argItems
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
function checkedNewobj(
  p: Pickling,
  object: PyValue | undefined,
  argItems: readonly PyValue[],
): PyValue {
  const [cls] = argItems
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
  argItems: readonly PyValue[],
): readonly PyValue[] {
  if (p.profile.newobjChecks === 'attributes') {
    const three = unpack(p, args, 3)
    const [cls = null] = three
    checkNew(p, '__newobj_ex__', cls)
    checkClass(p, '__newobj_ex__', object, cls)
    return three
  }
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
  const wanted =
    p.profile.classOfReduced === 'type'
      ? p.world.typeOf(object)
      : getAttribute(p.world, object, '__class__')
  if (cls !== wanted) throw refusals.wrongClass(p, maker, wanted, cls)
}

/** `functools.partial(cls.__new__, cls, *positionals, **keywords)`. @clause RED-13 */
function partialNew(p: Pickling, cls: PyValue, positionals: PyValue, keywords: PyValue): PyValue {
  const maker = getAttribute(p.world, cls, '__new__')
  const args = new PyTuple([cls, ...positionalsOf(p, positionals)])
  return makePartial(p.world, maker, args, keywordsOf(p, keywords))
}
