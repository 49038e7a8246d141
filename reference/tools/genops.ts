import type { PythonInt } from '../codecs/long.ts'
import { isAtLeast, type PythonVersion } from '../codecs/python-version.ts'
import { bytesRepr } from '../codecs/repr.ts'
import type { StrContent } from '../codecs/str-content.ts'
import { decodeAscii, decodeLatin1, decodeStringEscapes, decodeUtf8 } from '../codecs/text.ts'
import { asPickleError, PickleError } from '../errors.ts'
import type { Argument, ArgumentKind } from '../opcodes/arguments.ts'
import { type OpcodeName, opcodes } from '../opcodes/opcodes.ts'
import {
  argumentFormOf,
  type Instruction,
  type RawInstruction,
  rawInstructions,
} from './instructions.ts'

/** Which `pickletools` is followed. */
export interface PickletoolsSettings {
  /** The release of Python that has it; 3.14 unless given. */
  readonly python?: PythonVersion
}

/** The release whose `pickletools` is followed unless another is asked for. */
export const defaultPython: PythonVersion = '3.14'

const lf = 0x0a

/**
 * Where `pickletools` reads an argument otherwise than the machine does: strings of Python 2 are
 * text, and escapes are undone even in lines that have none.
 *
 * @clause OPT-08, OPT-21, OPT-22
 */
const otherReadings: Partial<
  Record<ArgumentKind, (payload: Uint8Array, python: PythonVersion) => Argument>
> = {
  string1: (payload) => strArgument(decodeLatin1(payload)),
  string4: (payload) => strArgument(decodeLatin1(payload)),
  stringnl: (payload, python) => {
    const bytes = decodeStringEscapes(unquoted(payload, python))
    return strArgument(isAtLeast(python, '3.14') ? decodeLatin1(bytes) : decodeAscii(bytes))
  },
  stringnl_noescape: (payload, python) => strArgument(readLine(payload, python)),
  stringnl_noescape_pair: (payload, python) => {
    const middle = payload.indexOf(lf)
    const module = readLine(payload.subarray(0, middle), python)
    return { kind: 'global', module, name: readLine(payload.subarray(middle + 1), python) }
  },
}

const strArgument = (value: StrContent): Argument => ({ kind: 'str', value })

function readLine(line: Uint8Array, python: PythonVersion): StrContent {
  const bytes = decodeStringEscapes(line)
  return isAtLeast(python, '3.14') ? decodeUtf8(bytes, 'strict') : decodeAscii(bytes)
}

function unquoted(payload: Uint8Array, python: PythonVersion): Uint8Array {
  const [quote] = payload
  if (quote !== 0x22 && quote !== 0x27) {
    throw new PickleError('ValueError', `no string quotes around ${bytesRepr(payload)}`)
  }
  if (payload.at(-1) !== quote) {
    // The spelling is that of the releases before 3.14.
    const what = isAtLeast(python, '3.14') ? 'string' : 'strinq'
    const found = `${what} quote ${bytesRepr(Uint8Array.of(quote))}`
    throw new PickleError('ValueError', `${found} not found at both ends of ${bytesRepr(payload)}`)
  }
  return payload.subarray(1, -1)
}

/** The kinds of argument that `genops` can refuse for what they say: text of any sort. */
const refusable: ReadonlySet<ArgumentKind> = new Set([
  ...(['decimalnl_short', 'decimalnl_long', 'floatnl', 'stringnl', 'stringnl_noescape'] as const),
  ...(['stringnl_noescape_pair', 'unicodestringnl'] as const),
  ...(['unicodestring1', 'unicodestring4', 'unicodestring8'] as const),
])

/** Whether `genops` can refuse the argument of such an instruction for what it says. */
export function canBeMalformed(opcode: OpcodeName): boolean {
  return refusable.has(opcodes[opcode].argument)
}

/**
 * The instructions up to and including the first STOP, read as `pickletools.genops` reads them.
 *
 * Messages are those of a 64-bit CPython. Where a GLOBAL is both malformed in its first line and cut
 * short, the second is named.
 *
 * @clause OPT-20
 * @throws {PickleError} ValueError or UnicodeDecodeError, with the offset of the opcode
 */
export function* genops(
  bytes: Uint8Array,
  { python = defaultPython }: PickletoolsSettings = {},
): Generator<Instruction, void, void> {
  for (const raw of rawInstructions(bytes)) {
    const { opcode, offset, length } = raw
    yield { opcode, argument: genopsArgument(raw, python), offset, length }
  }
}

/**
 * The argument of an instruction, as `genops` reads it.
 *
 * @clause OPT-21, OPT-22
 * @throws {PickleError} with the offset of the opcode, when it is malformed
 */
export function genopsArgument(raw: RawInstruction, python: PythonVersion): Argument {
  if (opcodes[raw.opcode].argument === 'none') return noArgument
  try {
    const read = otherReadings[opcodes[raw.opcode].argument]
    return read === undefined
      ? argumentFormOf(raw.opcode).decode(raw.payload)
      : read(raw.payload, python)
  } catch (error) {
    const { type, message } = asPickleError(error)
    const cause = asPickleError(error)
    throw new PickleError(type, inWordsOf(message, python), { offset: raw.offset, cause })
  }
}

const noArgument: Argument = { kind: 'none' }

/** A message as this release words it: CPython 3.8 to 3.10 and 3.8 to 3.9 have one each otherwise. */
export function inWordsOf(message: string, python: PythonVersion): string {
  const words = isAtLeast(python, '3.11')
    ? message
    : message.replace('Exceeds the limit (4300 digits)', 'Exceeds the limit (4300)')
  if (isAtLeast(python, '3.10')) return words
  return words.replace(/^(could not convert string to float: )b''$/, "$1''")
}

/** The memo index that a PUT or GET carries: Python's True is 1, also as a key of the memo. */
export function memoIndexOf(argument: Argument): PythonInt {
  return argument.kind === 'int'
    ? argument.value
    : Number(argument.kind === 'bool' && argument.value)
}
