import { type Draw, happens, oneOf } from './draw.ts'
import { littleEndian } from './little-endian.ts'
import type { StackMachine } from './machine.ts'

/**
 * Calls that the world of names carries out: what is called, and arguments as instructions that build a tuple.
 * What a random walk over the stack seldom comes by.
 */
// biome-ignore format: a table reads best as a table
const calls: readonly (readonly [module: string, name: string, args: readonly string[]])[] = [
  ['builtins', 'int', [')', 'K\x05\x85', '\x8c\x0212\x85', '\x8c\x02ffK\x10\x86', 'C\x0212\x85', 'G@\x0c\0\0\0\0\0\0\x85', '\x8c\x05 0x1fK\0\x86', 'N\x85', '\x88\x85', '\x8c\x031_0\x85']],
  ['builtins', 'float', [')', '\x8c\x031.5\x85', 'K\x01\x85', 'C\x031e3\x85', '\x8c\x03nan\x85', '\x8a\x01\xff\x85', '\x8c\x01x\x85', 'N\x85']],
  ['builtins', 'complex', [')', 'K\x01\x85', 'K\x01K\x02\x86', '\x8c\x041+2j\x85', 'G?\xf0\0\0\0\0\0\0G@\0\0\0\0\0\0\0\x86', '\x8c\x01x\x85', 'NN\x86']],
  ['builtins', 'bool', [')', 'K\0\x85', '\x8c\0\x85', ']\x85', 'K\x01K\x02\x86', 'G\x7f\xf8\0\0\0\0\0\0\x85']],
  ['builtins', 'str', [')', 'K\x05\x85', 'N\x85', 'C\x02ab\x8c\x06latin1\x86', 'C\x01\xff\x8c\x05ascii\x8c\x07replace\x87', ']K\x01a\x85', '\x8c\x01x\x85', '}\x8c\x01aK\x01s\x85', 'C\x01a\x85', 'G@\x0c\0\0\0\0\0\0\x85']],
  ['builtins', 'bytes', [')', 'K\x03\x85', '](K\x01K\x02e\x85', '\x8c\x02ab\x8c\x05ascii\x86', 'C\x01a\x85', 'J\xff\xff\xff\xff\x85', '\x8c\x01a\x85', ']M\0\x01a\x85', 'N\x85']],
  ['builtins', 'bytearray', [')', 'K\x03\x85', 'C\x02ab\x85', '\x8c\x02\xc3\xa9\x8c\x05utf-8\x86', '](K\x01K\x02e\x85', '\x8c\x01x\x85', '\x8c\x02ab\x8c\x06latin1\x8c\x06strict\x87']],
  ['builtins', 'range', ['K\x05\x85', 'K\x01K\x05\x86', 'K\x05K\0J\xff\xff\xff\xff\x87', 'K\0K\x05K\0\x87', ')', '\x8c\x01x\x85', '\x88\x85', 'G@\0\0\0\0\0\0\0\x85']],
  ['builtins', 'slice', ['K\x05\x85', 'NN\x86', 'K\x01K\x02K\x03\x87', ')', ']\x85']],
  ['builtins', 'list', [')', '(K\x01K\x02l\x85', '\x8c\x02ab\x85', 'C\x02ab\x85', '}K\x01Ns\x85', 'K\x01\x85', 'NN\x86', 'cbuiltins\nrange\nK\x03\x85R\x85']],
  ['builtins', 'tuple', [')', '](K\x01K\x02e\x85', '\x8c\x02ab\x85', 'N\x85', ')\x85']],
  ['builtins', 'dict', [')', '}K\x01K\x02s\x85', ']K\x01K\x02\x86a\x85', ']\x8c\x02aba\x85', ']K\x01a\x85', ']K\x01\x85a\x85', 'N\x85']],
  ['builtins', 'set', [')', ']K\x01a\x85', 'K\x01\x85', ']]a\x85', '\x8c\x01a\x85']],
  ['builtins', 'frozenset', [')', ']K\x01a\x85', '(\x91\x85', 'K\x01\x85', ']}a\x85']],
  ['builtins', 'object', [')', 'K\x01\x85']],
  ['builtins', 'Exception', [')', 'K\x01\x85', '\x8c\x01a]\x86', 'K\x01K\x02K\x03\x87']],
  ['builtins', 'KeyError', [')', 'K\x01\x85', '\x8c\x01a\x85']],
  ['builtins', 'OSError', [')', 'K\x02\x85', 'K\x02\x8c\x01a\x86', 'K\x11\x8c\x01a\x8c\x01b\x87', '(K\x02\x8c\x01a\x8c\x01bN\x8c\x01ct', 'M\xe7\x03\x8c\x01x\x86']],
  ['builtins', 'UnicodeDecodeError', ['(\x8c\x05utf-8C\x01\xffK\0K\x01\x8c\x01xt', ')', '(K\x01K\x02K\x03K\x04K\x05t']],
  ['builtins', 'UnicodeEncodeError', ['(\x8c\x05ascii\x8c\x01aK\0K\x01\x8c\x01xt', 'K\x01\x85']],
  ['builtins', 'UnicodeTranslateError', ['(\x8c\x01aK\0K\x01\x8c\x01xt', ')']],
  ['builtins', 'SyntaxError', ['\x8c\x01a\x85', '\x8c\x01a(\x8c\x01fK\x01K\x02\x8c\x01tt\x86', '\x8c\x01aN\x86', ')']],
  ['builtins', 'StopIteration', [')', 'K\x01\x85', 'K\x01K\x02\x86']],
  ['builtins', 'SystemExit', [')', 'K\x01\x85', 'K\x01K\x02\x86']],
  ['builtins', 'ImportError', [')', '\x8c\x01a\x85', 'K\x01K\x02\x86']],
  ['builtins', 'AttributeError', [')', '\x8c\x01a\x85']],
  ['builtins', 'ExceptionGroup', ['\x8c\x01a]cbuiltins\nValueError\n)Ra\x86', '\x8c\x01a]\x86', ')', '\x8c\x01a]K\x01a\x86']],
  ['builtins', 'BaseExceptionGroup', ['\x8c\x01a]cbuiltins\nKeyError\n)Ra\x86', '\x8c\x01acbuiltins\nSystemExit\n)R\x85\x86']],
  ['collections', 'OrderedDict', [')', ']\x85', '](K\x01K\x02\x86K\x03K\x04\x86e\x85', '}\x8c\x01aNs\x85', 'N\x85', '))\x86']],
  ['copyreg', '_reconstructor', ['cbuiltins\nobject\ncbuiltins\nobject\nN\x87', 'cbuiltins\nlist\ncbuiltins\nlist\n]K\x01a\x87', 'cbuiltins\nint\ncbuiltins\nobject\nN\x87', 'cbuiltins\ndict\ncbuiltins\ndict\n}\x87', ')', 'NNN\x87', 'cbuiltins\nint\ncbuiltins\nint\nK\x05\x87']],
  ['copyreg', '__newobj__', ['cbuiltins\nlist\n\x85', 'cbuiltins\nint\nK\x05\x86', 'N\x85', ')', 'cbuiltins\nobject\nK\x01\x86']],
  ['copyreg', '__newobj_ex__', ['cbuiltins\nint\n)}\x87', 'cbuiltins\nlist\n)}\x8c\x01aK\x01s\x87', 'cfoo\nbar\n)}\x87', 'NN\x86', 'cbuiltins\nstr\n)}\x8c\x06objectK\x01s\x87']],
  ['_codecs', 'encode', ['\x8c\x02ab\x8c\x06latin1\x86', '\x8c\x02\xc3\xa9\x8c\x05ascii\x86', '\x8c\x01a\x85', 'N\x85', '\x8c\x02\xc3\xa9\x8c\x05ascii\x8c\x06ignore\x87', '\x8c\x01a\x8c\x03foo\x86', ')']],
]

/** Lays a callable and a tuple of arguments on the stack; what is built there is not followed further. */
export function addCall(machine: StackMachine, draw: Draw): void {
  // The table has rows.
  const [module, name, args] = oneOf(draw, calls as [(typeof calls)[number]])
  if (happens(draw, 70)) machine.add('GLOBAL', `${module}\n${name}\n`)
  else {
    machine.add('SHORT_BINUNICODE', littleEndian(module.length, 1) + module)
    machine.add('SHORT_BINUNICODE', littleEndian(name.length, 1) + name)
    machine.add('STACK_GLOBAL', '')
  }
  machine.addWhole(oneOf(draw, args as readonly [string]), { kind: 'tuple', isHashable: false })
  if (happens(draw, 85)) machine.add(happens(draw, 80) ? 'REDUCE' : 'NEWOBJ', '')
}
