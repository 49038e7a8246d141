import { type OpcodeName, opcodes } from '../opcodes/opcodes.ts'
import { loadBuild } from './build-state.ts'
import {
  loadDict,
  loadEmptyDict,
  loadEmptyList,
  loadEmptySet,
  loadEmptyTuple,
  loadFrozenSet,
  loadList,
  loadTuple,
  loadTuple1,
  loadTuple2,
  loadTuple3,
} from './containers.ts'
import {
  loadBinPersId,
  loadExt1,
  loadExt2,
  loadExt4,
  loadGlobal,
  loadPersId,
  loadStackGlobal,
} from './globals.ts'
import { loadAddItems, loadAppend, loadAppends, loadSetItem, loadSetItems } from './items.ts'
import {
  loadBinGet,
  loadBinPut,
  loadGet,
  loadLongBinGet,
  loadLongBinPut,
  loadMemoize,
  loadPut,
} from './memo-operations.ts'
import { loadReadonlyBuffer } from './memory-view.ts'
import {
  loadBinFloat,
  loadBinInt,
  loadBinInt1,
  loadBinInt2,
  loadFloat,
  loadInt,
  loadLong,
  loadLong1,
  loadLong4,
} from './numbers.ts'
import { loadInst, loadNewObj, loadNewObjEx, loadObj, loadReduce } from './objects.ts'
import { loadFrame, loadNextBuffer, loadProto } from './protocol.ts'
import { loadDup, loadMark, loadPop, loadPopMark } from './stack-operations.ts'
import {
  loadBinBytes,
  loadBinBytes8,
  loadBinString,
  loadBinUnicode,
  loadBinUnicode8,
  loadByteArray8,
  loadShortBinBytes,
  loadShortBinString,
  loadShortBinUnicode,
  loadString,
  loadUnicode,
} from './strings.ts'
import type { Unpickling } from './unpickling.ts'

/** What an instruction does to the machine; it may throw a PickleError. */
export type Instruction = (u: Unpickling) => void

/** Every instruction but STOP, which ends the loop. */
const instructions: Readonly<Record<Exclude<OpcodeName, 'STOP'>, Instruction>> = {
  MARK: loadMark,
  EMPTY_TUPLE: loadEmptyTuple,
  POP: loadPop,
  POP_MARK: loadPopMark,
  DUP: loadDup,
  BINBYTES: loadBinBytes,
  SHORT_BINBYTES: loadShortBinBytes,
  FLOAT: loadFloat,
  BINFLOAT: loadBinFloat,
  INT: loadInt,
  BININT: loadBinInt,
  BININT1: loadBinInt1,
  LONG: loadLong,
  BININT2: loadBinInt2,
  NONE: (u) => u.push(null),
  PERSID: loadPersId,
  BINPERSID: loadBinPersId,
  REDUCE: loadReduce,
  STRING: loadString,
  BINSTRING: loadBinString,
  SHORT_BINSTRING: loadShortBinString,
  UNICODE: loadUnicode,
  BINUNICODE: loadBinUnicode,
  EMPTY_LIST: loadEmptyList,
  APPEND: loadAppend,
  BUILD: loadBuild,
  GLOBAL: loadGlobal,
  DICT: loadDict,
  APPENDS: loadAppends,
  GET: loadGet,
  BINGET: loadBinGet,
  INST: loadInst,
  LONG_BINGET: loadLongBinGet,
  LIST: loadList,
  OBJ: loadObj,
  PUT: loadPut,
  BINPUT: loadBinPut,
  LONG_BINPUT: loadLongBinPut,
  SETITEM: loadSetItem,
  TUPLE: loadTuple,
  SETITEMS: loadSetItems,
  EMPTY_DICT: loadEmptyDict,
  PROTO: loadProto,
  NEWOBJ: loadNewObj,
  EXT1: loadExt1,
  EXT2: loadExt2,
  EXT4: loadExt4,
  TUPLE1: loadTuple1,
  TUPLE2: loadTuple2,
  TUPLE3: loadTuple3,
  NEWTRUE: (u) => u.push(true),
  NEWFALSE: (u) => u.push(false),
  LONG1: loadLong1,
  LONG4: loadLong4,
  SHORT_BINUNICODE: loadShortBinUnicode,
  BINUNICODE8: loadBinUnicode8,
  BINBYTES8: loadBinBytes8,
  EMPTY_SET: loadEmptySet,
  ADDITEMS: loadAddItems,
  FROZENSET: loadFrozenSet,
  NEWOBJ_EX: loadNewObjEx,
  STACK_GLOBAL: loadStackGlobal,
  MEMOIZE: loadMemoize,
  FRAME: loadFrame,
  BYTEARRAY8: loadByteArray8,
  NEXT_BUFFER: loadNextBuffer,
  READONLY_BUFFER: loadReadonlyBuffer,
}

/** The instructions by their byte; undefined where no instruction has it. */
export const instructionByCode: readonly (Instruction | undefined)[] = byCode()

function byCode(): (Instruction | undefined)[] {
  const found: (Instruction | undefined)[] = new Array(256).fill(undefined)
  for (const [name, instruction] of Object.entries(instructions)) {
    // The names of the table are those of opcodes.
    found[opcodes[name as OpcodeName].code] = instruction
  }
  return found
}
