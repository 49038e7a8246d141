import type { ArgumentKind } from './arguments.ts'

/** What may lie on the stack of the machine, by the names that `pickletools` prints. */
export type StackItem =
  | 'any'
  | 'None'
  | 'bool'
  | 'buffer'
  | 'bytearray'
  | 'bytes'
  | 'bytes_or_str'
  | 'dict'
  | 'float'
  | 'frozenset'
  | 'int'
  | 'int_or_bool'
  | 'list'
  | 'mark'
  | 'set'
  | 'stackslice'
  | 'str'
  | 'tuple'

/** One instruction of the set. */
export interface Opcode {
  /** The byte that stands for it. */
  readonly code: number
  /** The first protocol that has it. */
  readonly protocol: number
  /** What follows the byte. */
  readonly argument: ArgumentKind
  /** What it takes from the stack, bottom first; `stackslice` is all that lies above the mark. */
  readonly pops: readonly StackItem[]
  /** What it leaves in place of that, bottom first. */
  readonly pushes: readonly StackItem[]
  /** What it does, in one clause. */
  readonly says: string
}

/**
 * The instruction set: 68 rows, in the order of their bytes.
 *
 * @clause OP-STOP and its siblings
 */
// biome-ignore format: a table reads best as a table
export const opcodes = {
  MARK:             { code: 0x28, protocol: 0, argument: 'none',                   pops: [],                             pushes: ['mark'],         says: 'a mark is laid on the stack' },
  EMPTY_TUPLE:      { code: 0x29, protocol: 1, argument: 'none',                   pops: [],                             pushes: ['tuple'],        says: 'the tuple of no items' },
  STOP:             { code: 0x2e, protocol: 0, argument: 'none',                   pops: ['any'],                        pushes: [],               says: 'the machine halts; the top of the stack is the result' },
  POP:              { code: 0x30, protocol: 0, argument: 'none',                   pops: ['any'],                        pushes: [],               says: 'the top of the stack is dropped, be it a mark' },
  POP_MARK:         { code: 0x31, protocol: 1, argument: 'none',                   pops: ['mark', 'stackslice'],         pushes: [],               says: 'everything down to the mark is dropped, and the mark' },
  DUP:              { code: 0x32, protocol: 0, argument: 'none',                   pops: ['any'],                        pushes: ['any', 'any'],   says: 'the top of the stack is laid on it again' },
  BINBYTES:         { code: 0x42, protocol: 3, argument: 'bytes4',                 pops: [],                             pushes: ['bytes'],        says: 'bytes, counted in four bytes' },
  SHORT_BINBYTES:   { code: 0x43, protocol: 3, argument: 'bytes1',                 pops: [],                             pushes: ['bytes'],        says: 'bytes, counted in one byte' },
  FLOAT:            { code: 0x46, protocol: 0, argument: 'floatnl',                pops: [],                             pushes: ['float'],        says: 'a float in decimal text' },
  BINFLOAT:         { code: 0x47, protocol: 1, argument: 'float8',                 pops: [],                             pushes: ['float'],        says: 'a float in its eight bytes' },
  INT:              { code: 0x49, protocol: 0, argument: 'decimalnl_short',        pops: [],                             pushes: ['int_or_bool'],  says: 'an int in decimal text; 00 is False and 01 is True' },
  BININT:           { code: 0x4a, protocol: 1, argument: 'int4',                   pops: [],                             pushes: ['int'],          says: 'an int in four bytes, with sign' },
  BININT1:          { code: 0x4b, protocol: 1, argument: 'uint1',                  pops: [],                             pushes: ['int'],          says: 'an int in one byte, without sign' },
  LONG:             { code: 0x4c, protocol: 0, argument: 'decimalnl_long',         pops: [],                             pushes: ['int'],          says: 'an int of any size in decimal text, an L behind it' },
  BININT2:          { code: 0x4d, protocol: 1, argument: 'uint2',                  pops: [],                             pushes: ['int'],          says: 'an int in two bytes, without sign' },
  NONE:             { code: 0x4e, protocol: 0, argument: 'none',                   pops: [],                             pushes: ['None'],         says: 'None' },
  PERSID:           { code: 0x50, protocol: 0, argument: 'stringnl_noescape',      pops: [],                             pushes: ['any'],          says: 'the object that the outside knows by this line of text' },
  BINPERSID:        { code: 0x51, protocol: 1, argument: 'none',                   pops: ['any'],                        pushes: ['any'],          says: 'the object that the outside knows by the top of the stack' },
  REDUCE:           { code: 0x52, protocol: 0, argument: 'none',                   pops: ['any', 'any'],                 pushes: ['any'],          says: 'a callable and its argument tuple give way to the result of the call' },
  STRING:           { code: 0x53, protocol: 0, argument: 'stringnl',               pops: [],                             pushes: ['bytes_or_str'], says: 'a string of Python 2, quoted and escaped' },
  BINSTRING:        { code: 0x54, protocol: 1, argument: 'string4',                pops: [],                             pushes: ['bytes_or_str'], says: 'a string of Python 2, counted in four bytes with sign' },
  SHORT_BINSTRING:  { code: 0x55, protocol: 1, argument: 'string1',                pops: [],                             pushes: ['bytes_or_str'], says: 'a string of Python 2, counted in one byte' },
  UNICODE:          { code: 0x56, protocol: 0, argument: 'unicodestringnl',        pops: [],                             pushes: ['str'],          says: 'a str on a line, in raw-unicode-escape' },
  BINUNICODE:       { code: 0x58, protocol: 1, argument: 'unicodestring4',         pops: [],                             pushes: ['str'],          says: 'a str in UTF-8, counted in four bytes' },
  EMPTY_LIST:       { code: 0x5d, protocol: 1, argument: 'none',                   pops: [],                             pushes: ['list'],         says: 'a new, empty list' },
  APPEND:           { code: 0x61, protocol: 0, argument: 'none',                   pops: ['list', 'any'],                pushes: ['list'],         says: 'the top of the stack joins the list below it' },
  BUILD:            { code: 0x62, protocol: 0, argument: 'none',                   pops: ['any', 'any'],                 pushes: ['any'],          says: 'the top of the stack becomes the state of the object below it' },
  GLOBAL:           { code: 0x63, protocol: 0, argument: 'stringnl_noescape_pair', pops: [],                             pushes: ['any'],          says: 'what a module holds under a name, both given as lines' },
  DICT:             { code: 0x64, protocol: 0, argument: 'none',                   pops: ['mark', 'stackslice'],         pushes: ['dict'],         says: 'everything above the mark, by twos, is a new dict' },
  APPENDS:          { code: 0x65, protocol: 1, argument: 'none',                   pops: ['list', 'mark', 'stackslice'], pushes: ['list'],         says: 'everything above the mark joins the list below it' },
  GET:              { code: 0x67, protocol: 0, argument: 'decimalnl_short',        pops: [],                             pushes: ['any'],          says: 'a memo entry, its index in decimal text' },
  BINGET:           { code: 0x68, protocol: 1, argument: 'uint1',                  pops: [],                             pushes: ['any'],          says: 'a memo entry, its index in one byte' },
  INST:             { code: 0x69, protocol: 0, argument: 'stringnl_noescape_pair', pops: ['mark', 'stackslice'],         pushes: ['any'],          says: 'everything above the mark are arguments to the class named by two lines' },
  LONG_BINGET:      { code: 0x6a, protocol: 1, argument: 'uint4',                  pops: [],                             pushes: ['any'],          says: 'a memo entry, its index in four bytes' },
  LIST:             { code: 0x6c, protocol: 0, argument: 'none',                   pops: ['mark', 'stackslice'],         pushes: ['list'],         says: 'everything above the mark is a new list' },
  OBJ:              { code: 0x6f, protocol: 1, argument: 'none',                   pops: ['mark', 'any', 'stackslice'],  pushes: ['any'],          says: 'above the mark lie a class and its arguments; the instance replaces them' },
  PUT:              { code: 0x70, protocol: 0, argument: 'decimalnl_short',        pops: [],                             pushes: [],               says: 'the top of the stack enters the memo, the index in decimal text' },
  BINPUT:           { code: 0x71, protocol: 1, argument: 'uint1',                  pops: [],                             pushes: [],               says: 'the top of the stack enters the memo, the index in one byte' },
  LONG_BINPUT:      { code: 0x72, protocol: 1, argument: 'uint4',                  pops: [],                             pushes: [],               says: 'the top of the stack enters the memo, the index in four bytes' },
  SETITEM:          { code: 0x73, protocol: 0, argument: 'none',                   pops: ['dict', 'any', 'any'],         pushes: ['dict'],         says: 'a key and a value enter the dict below them' },
  TUPLE:            { code: 0x74, protocol: 0, argument: 'none',                   pops: ['mark', 'stackslice'],         pushes: ['tuple'],        says: 'everything above the mark is a tuple' },
  SETITEMS:         { code: 0x75, protocol: 1, argument: 'none',                   pops: ['dict', 'mark', 'stackslice'], pushes: ['dict'],         says: 'everything above the mark, by twos, enters the dict below it' },
  EMPTY_DICT:       { code: 0x7d, protocol: 1, argument: 'none',                   pops: [],                             pushes: ['dict'],         says: 'a new, empty dict' },
  PROTO:            { code: 0x80, protocol: 2, argument: 'uint1',                  pops: [],                             pushes: [],               says: 'the protocol of what follows' },
  NEWOBJ:           { code: 0x81, protocol: 2, argument: 'none',                   pops: ['any', 'any'],                 pushes: ['any'],          says: 'a class and an argument tuple give way to what __new__ makes of them' },
  EXT1:             { code: 0x82, protocol: 2, argument: 'uint1',                  pops: [],                             pushes: ['any'],          says: 'what the extension registry holds under a code of one byte' },
  EXT2:             { code: 0x83, protocol: 2, argument: 'uint2',                  pops: [],                             pushes: ['any'],          says: 'what the extension registry holds under a code of two bytes' },
  EXT4:             { code: 0x84, protocol: 2, argument: 'int4',                   pops: [],                             pushes: ['any'],          says: 'what the extension registry holds under a code of four bytes with sign' },
  TUPLE1:           { code: 0x85, protocol: 2, argument: 'none',                   pops: ['any'],                        pushes: ['tuple'],        says: 'the top of the stack alone is a tuple' },
  TUPLE2:           { code: 0x86, protocol: 2, argument: 'none',                   pops: ['any', 'any'],                 pushes: ['tuple'],        says: 'the topmost two are a tuple' },
  TUPLE3:           { code: 0x87, protocol: 2, argument: 'none',                   pops: ['any', 'any', 'any'],          pushes: ['tuple'],        says: 'the topmost three are a tuple' },
  NEWTRUE:          { code: 0x88, protocol: 2, argument: 'none',                   pops: [],                             pushes: ['bool'],         says: 'True' },
  NEWFALSE:         { code: 0x89, protocol: 2, argument: 'none',                   pops: [],                             pushes: ['bool'],         says: 'False' },
  LONG1:            { code: 0x8a, protocol: 2, argument: 'long1',                  pops: [],                             pushes: ['int'],          says: 'an int in two\'s complement, counted in one byte' },
  LONG4:            { code: 0x8b, protocol: 2, argument: 'long4',                  pops: [],                             pushes: ['int'],          says: 'an int in two\'s complement, counted in four bytes with sign' },
  SHORT_BINUNICODE: { code: 0x8c, protocol: 4, argument: 'unicodestring1',         pops: [],                             pushes: ['str'],          says: 'a str in UTF-8, counted in one byte' },
  BINUNICODE8:      { code: 0x8d, protocol: 4, argument: 'unicodestring8',         pops: [],                             pushes: ['str'],          says: 'a str in UTF-8, counted in eight bytes' },
  BINBYTES8:        { code: 0x8e, protocol: 4, argument: 'bytes8',                 pops: [],                             pushes: ['bytes'],        says: 'bytes, counted in eight bytes' },
  EMPTY_SET:        { code: 0x8f, protocol: 4, argument: 'none',                   pops: [],                             pushes: ['set'],          says: 'a new, empty set' },
  ADDITEMS:         { code: 0x90, protocol: 4, argument: 'none',                   pops: ['set', 'mark', 'stackslice'],  pushes: ['set'],          says: 'everything above the mark enters the set below it' },
  FROZENSET:        { code: 0x91, protocol: 4, argument: 'none',                   pops: ['mark', 'stackslice'],         pushes: ['frozenset'],    says: 'everything above the mark is a frozenset' },
  NEWOBJ_EX:        { code: 0x92, protocol: 4, argument: 'none',                   pops: ['any', 'any', 'any'],          pushes: ['any'],          says: 'a class, an argument tuple and a keyword dict give way to what __new__ makes of them' },
  STACK_GLOBAL:     { code: 0x93, protocol: 4, argument: 'none',                   pops: ['str', 'str'],                 pushes: ['any'],          says: 'what a module holds under a name, both taken from the stack' },
  MEMOIZE:          { code: 0x94, protocol: 4, argument: 'none',                   pops: ['any'],                        pushes: ['any'],          says: 'the top of the stack enters the memo at the next index' },
  FRAME:            { code: 0x95, protocol: 4, argument: 'uint8',                  pops: [],                             pushes: [],               says: 'so many of the following bytes may be read at once' },
  BYTEARRAY8:       { code: 0x96, protocol: 5, argument: 'bytearray8',             pops: [],                             pushes: ['bytearray'],    says: 'a bytearray, counted in eight bytes' },
  NEXT_BUFFER:      { code: 0x97, protocol: 5, argument: 'none',                   pops: [],                             pushes: ['buffer'],       says: 'the next of the buffers handed over beside the pickle' },
  READONLY_BUFFER:  { code: 0x98, protocol: 5, argument: 'none',                   pops: ['buffer'],                     pushes: ['buffer'],       says: 'the buffer on top of the stack becomes read-only' },
} as const satisfies Record<string, Opcode>

/** The name of an instruction, as `pickletools` spells it. */
export type OpcodeName = keyof typeof opcodes

/** The names of all instructions, in the order of their bytes. */
export const opcodeNames = Object.keys(opcodes) as readonly OpcodeName[] // keys of a literal

const namesByCode: readonly (OpcodeName | undefined)[] = Array.from({ length: 256 }, (_, code) =>
  opcodeNames.find((name) => opcodes[name].code === code),
)

/** The instruction that a byte stands for; undefined for the 188 bytes that stand for none. */
export function opcodeOfCode(code: number): OpcodeName | undefined {
  return namesByCode[code]
}

/** Whether a text is the name of an instruction. */
export function isOpcodeName(text: string): text is OpcodeName {
  return Object.hasOwn(opcodes, text)
}
