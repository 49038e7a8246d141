import { isAtLeast, type PythonVersion } from '../codecs/python-version.ts'
import { byteArrayRepr, bytesRepr, floatRepr, intRepr, strAscii, strRepr } from '../codecs/repr.ts'
import { codePointsOf } from '../codecs/str-content.ts'
import type { Argument } from '../opcodes/arguments.ts'
import type { OpcodeName } from '../opcodes/opcodes.ts'

const strings: ReadonlySet<OpcodeName> = new Set(['STRING', 'BINSTRING', 'SHORT_BINSTRING'])

/**
 * An argument, read by `genops`, as `pickletools.dis` prints it; `None` where there is none.
 *
 * @clause OPT-23
 * @throws {PickleError} ValueError, for an int of more than 4300 digits
 */
export function argumentRepr(
  opcode: OpcodeName,
  argument: Argument,
  python: PythonVersion,
): string {
  switch (argument.kind) {
    case 'none':
      return 'None'
    case 'bool':
      return argument.value ? 'True' : 'False'
    case 'int':
      return intRepr(argument.value)
    case 'float':
      return floatRepr(argument.value)
    case 'str':
      return strings.has(opcode) && isAtLeast(python, '3.14')
        ? strAscii(argument.value)
        : strRepr(argument.value, python)
    case 'bytes':
      return opcode === 'BYTEARRAY8' ? byteArrayRepr(argument.value) : bytesRepr(argument.value)
    case 'global':
      // Both are one text, a blank between them.
      return strRepr(
        [...codePointsOf(argument.module), 0x20, ...codePointsOf(argument.name)],
        python,
      )
  }
}
