import { isAtLeast, type PythonVersion } from '../codecs/python-version.ts'
import type { OpcodeName } from '../opcodes/opcodes.ts'

/** What `pickletools.dis` says of each instruction when it is asked to annotate. */
const annotations = {
  MARK: 'Push markobject onto the stack.',
  EMPTY_TUPLE: 'Push an empty tuple.',
  STOP: 'Stop the unpickling machine.',
  POP: 'Discard the top stack item, shrinking the stack by one item.',
  POP_MARK: 'Pop all the stack objects at and above the topmost markobject.',
  DUP: 'Push the top stack item onto the stack again, duplicating it.',
  BINBYTES: 'Push a Python bytes object.',
  SHORT_BINBYTES: 'Push a Python bytes object.',
  FLOAT: 'Newline-terminated decimal float literal.',
  BINFLOAT: 'Float stored in binary form, with 8 bytes of data.',
  INT: 'Push an integer or bool.',
  BININT: 'Push a four-byte signed integer.',
  BININT1: 'Push a one-byte unsigned integer.',
  LONG: 'Push a long integer.',
  BININT2: 'Push a two-byte unsigned integer.',
  NONE: 'Push None on the stack.',
  PERSID: 'Push an object identified by a persistent ID.',
  BINPERSID: 'Push an object identified by a persistent ID.',
  REDUCE: 'Push an object built from a callable and an argument tuple.',
  STRING: 'Push a Python string object.',
  BINSTRING: 'Push a Python string object.',
  SHORT_BINSTRING: 'Push a Python string object.',
  UNICODE: 'Push a Python Unicode string object.',
  BINUNICODE: 'Push a Python Unicode string object.',
  EMPTY_LIST: 'Push an empty list.',
  APPEND: 'Append an object to a list.',
  BUILD: 'Finish building an object, via __setstate__ or dict update.',
  GLOBAL: 'Push a global object (module.attr) on the stack.',
  DICT: 'Build a dict out of the topmost stack slice, after markobject.',
  APPENDS: 'Extend a list by a slice of stack objects.',
  GET: 'Read an object from the memo and push it on the stack.',
  BINGET: 'Read an object from the memo and push it on the stack.',
  INST: 'Build a class instance.',
  LONG_BINGET: 'Read an object from the memo and push it on the stack.',
  LIST: 'Build a list out of the topmost stack slice, after markobject.',
  OBJ: 'Build a class instance.',
  PUT: 'Store the stack top into the memo.  The stack is not popped.',
  BINPUT: 'Store the stack top into the memo.  The stack is not popped.',
  LONG_BINPUT: 'Store the stack top into the memo.  The stack is not popped.',
  SETITEM: 'Add a key+value pair to an existing dict.',
  TUPLE: 'Build a tuple out of the topmost stack slice, after markobject.',
  SETITEMS: 'Add an arbitrary number of key+value pairs to an existing dict.',
  EMPTY_DICT: 'Push an empty dict.',
  PROTO: 'Protocol version indicator.',
  NEWOBJ: 'Build an object instance.',
  EXT1: 'Extension code.',
  EXT2: 'Extension code.',
  EXT4: 'Extension code.',
  TUPLE1: 'Build a one-tuple out of the topmost item on the stack.',
  TUPLE2: 'Build a two-tuple out of the top two items on the stack.',
  TUPLE3: 'Build a three-tuple out of the top three items on the stack.',
  NEWTRUE: 'Push True onto the stack.',
  NEWFALSE: 'Push False onto the stack.',
  LONG1: 'Long integer using one-byte length.',
  LONG4: 'Long integer using four-byte length.',
  SHORT_BINUNICODE: 'Push a Python Unicode string object.',
  BINUNICODE8: 'Push a Python Unicode string object.',
  BINBYTES8: 'Push a Python bytes object.',
  EMPTY_SET: 'Push an empty set.',
  ADDITEMS: 'Add an arbitrary number of items to an existing set.',
  FROZENSET: 'Build a frozenset out of the topmost slice, after markobject.',
  NEWOBJ_EX: 'Build an object instance.',
  STACK_GLOBAL: 'Push a global object (module.attr) on the stack.',
  MEMOIZE: 'Store the stack top into the memo.  The stack is not popped.',
  FRAME: 'Indicate the beginning of a new frame.',
  BYTEARRAY8: 'Push a Python bytearray object.',
  NEXT_BUFFER: 'Push an out-of-band buffer object.',
  READONLY_BUFFER: 'Make an out-of-band buffer object read-only.',
} as const satisfies Record<OpcodeName, string>

/**
 * The annotation of an instruction: the first line of what `pickletools` documents of it.
 *
 * @clause OPT-23
 */
export function annotationOf(opcode: OpcodeName, python: PythonVersion): string {
  // A slip of the releases before 3.13.
  if (opcode === 'LONG4' && !isAtLeast(python, '3.13'))
    return 'Long integer using found-byte length.'
  return annotations[opcode]
}
