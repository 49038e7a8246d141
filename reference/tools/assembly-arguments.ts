import { floatRepr, isNumberEnough, parseFloatStrictly } from '../codecs/float.ts'
import { hexOfBytes } from '../codecs/hex.ts'
import { codePointsOf, type StrContent } from '../codecs/str-content.ts'
import { decodeLatin1, encodeLatin1 } from '../codecs/text.ts'
import { asPickleError, messageOf } from '../errors.ts'
import { type Argument, floatArgumentOf } from '../opcodes/arguments.ts'
import { type OpcodeName, opcodes } from '../opcodes/opcodes.ts'
import type { AssemblyScanner } from './assembly-scanner.ts'
import { argumentFormOf } from './instructions.ts'

/** From this length on, one thing repeated is written as that thing and a number. */
const fillFrom = 65

const lf = 0x0a

/**
 * The assembly of an argument, given as the bytes it has in the pickle; '' where there is none.
 *
 * The plain value, where Python's own spelling of it gives these bytes; else the bytes themselves.
 */
export function argumentText(opcode: OpcodeName, payload: Uint8Array): string {
  const { layout, decode, encode } = argumentFormOf(opcode)
  try {
    const argument = decode(payload)
    if (sameBytes(encode(argument), payload)) return plainText(opcode, argument)
  } catch (error) {
    // What Python would refuse still has bytes.
    asPickleError(error)
  }
  if (layout.by === 'count') return bytesText(payload)
  return `raw ${linesOf(payload, opcode)
    .map((line) => strText(decodeLatin1(line)))
    .join(' ')}`
}

function linesOf(payload: Uint8Array, opcode: OpcodeName): Uint8Array[] {
  if (!isPair(opcode)) return [payload]
  const middle = payload.indexOf(lf)
  return [payload.subarray(0, middle), payload.subarray(middle + 1)]
}

function isPair(opcode: OpcodeName): boolean {
  return opcodes[opcode].argument === 'stringnl_noescape_pair'
}

function plainText(opcode: OpcodeName, argument: Argument): string {
  switch (argument.kind) {
    case 'none':
      return ''
    case 'int':
      return String(argument.value)
    case 'bool':
      return argument.value ? '01' : '00'
    case 'float':
      return isNumberEnough(argument.bits)
        ? floatRepr(argument.value)
        : `0x${argument.bits.toString(16).padStart(16, '0')}`
    case 'str':
      return strText(argument.value)
    case 'bytes':
      return isString(opcode) ? strText(decodeLatin1(argument.value)) : bytesText(argument.value)
    case 'global':
      return `${strText(argument.module)} ${strText(argument.name)}`
  }
}

/** Whether the argument is a string of Python 2, which is written as latin-1 text. */
function isString(opcode: OpcodeName): boolean {
  return opcodes[opcode].argument.startsWith('string')
}

function strText(content: StrContent): string {
  if (typeof content !== 'string') return `[${content.join(', ')}]`
  const [first] = content
  if (first !== undefined) {
    const times = content.length / first.length
    if (times >= fillFrom && content === first.repeat(times))
      return `${JSON.stringify(first)}*${times}`
  }
  return JSON.stringify(content)
}

function bytesText(bytes: Uint8Array): string {
  const [first] = bytes
  const isUniform = bytes.length >= fillFrom && bytes.every((byte) => byte === first)
  return isUniform
    ? `x'${hexOfBytes(bytes.subarray(0, 1))}'*${bytes.length}`
    : `x'${hexOfBytes(bytes)}'`
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

/** What assembling needs to know besides the lines. */
export interface AssemblySettings {
  /** The protocol that `PROTO n` stands for. */
  readonly protocol?: number
}

/**
 * Reads the assembly of an argument, and gives back the bytes it has in the pickle.
 *
 * @throws {NotationError} when it is none for this instruction
 */
export function scanArgument(
  scanner: AssemblyScanner,
  opcode: OpcodeName,
  settings: AssemblySettings,
): Uint8Array {
  const { layout, encode } = argumentFormOf(opcode)
  if (layout.by === 'count' && scanner.isAtBytes) return scanner.bytes()
  if (layout.by === 'lines' && scanner.passes('raw')) return scanLines(scanner, opcode)
  const { column } = scanner
  const argument = scanPlain(scanner, opcode, settings)
  try {
    return encode(argument)
  } catch (error) {
    throw scanner.error(messageOf(error), column)
  }
}

function scanLines(scanner: AssemblyScanner, opcode: OpcodeName): Uint8Array {
  const first = scanBytesAsText(scanner)
  if (!isPair(opcode)) return first
  const second = scanBytesAsText(scanner)
  const payload = new Uint8Array(first.length + 1 + second.length)
  payload.set(first)
  payload[first.length] = lf
  payload.set(second, first.length + 1)
  return payload
}

function scanBytesAsText(scanner: AssemblyScanner): Uint8Array {
  const { column } = scanner
  const content = scanner.str()
  const strange = codePointsOf(content).find((codePoint) => codePoint > 0xff)
  if (strange === undefined) return encodeLatin1(content)
  const found = `U+${strange.toString(16).toUpperCase().padStart(4, '0')}`
  throw scanner.error(`${found} is not a byte: wanted characters up to U+00FF`, column)
}

function scanPlain(
  scanner: AssemblyScanner,
  opcode: OpcodeName,
  settings: AssemblySettings,
): Argument {
  const kind = opcodes[opcode].argument
  switch (kind) {
    case 'none':
      return { kind: 'none' }
    case 'float8':
    case 'floatnl':
      return scanFloat(scanner)
    case 'unicodestringnl':
    case 'unicodestring1':
    case 'unicodestring4':
    case 'unicodestring8':
    case 'stringnl_noescape':
      return { kind: 'str', value: scanner.str() }
    case 'stringnl_noescape_pair':
      return { kind: 'global', module: scanner.str(), name: scanner.str() }
    case 'stringnl':
    case 'string1':
    case 'string4':
      return { kind: 'bytes', value: scanBytesAsText(scanner) }
    case 'bytes1':
    case 'bytes4':
    case 'bytes8':
    case 'bytearray8':
      return { kind: 'bytes', value: scanner.bytes() }
    case 'uint1':
    case 'uint2':
    case 'int4':
    case 'uint4':
    case 'uint8':
    case 'decimalnl_short':
    case 'decimalnl_long':
    case 'long1':
    case 'long4':
      return scanInt(scanner, opcode, settings)
  }
}

function scanInt(
  scanner: AssemblyScanner,
  opcode: OpcodeName,
  { protocol }: AssemblySettings,
): Argument {
  const { column } = scanner
  const word = scanner.word('a decimal int')
  if (opcode === 'PROTO' && word === 'n') {
    if (protocol === undefined) throw scanner.error('n stands for no protocol here', column)
    return { kind: 'int', value: protocol }
  }
  if (opcodes[opcode].argument === 'decimalnl_short' && /^0[01]$/.test(word)) {
    return { kind: 'bool', value: word === '01' }
  }
  if (!/^(?:0|-?[1-9]\d*)$/.test(word)) {
    throw scanner.error(`found ${JSON.stringify(word)}, wanted a decimal int`, column)
  }
  return { kind: 'int', value: BigInt(word) }
}

function scanFloat(scanner: AssemblyScanner): Argument {
  const { column } = scanner
  const word = scanner.word('a float')
  const bits = /^0x[0-9a-f]{16}$/.test(word) ? BigInt(word) : parseFloatStrictly(word)
  if (bits !== undefined) return floatArgumentOf(bits)
  throw scanner.error(
    `found ${JSON.stringify(word)}, wanted a float or 0x and 16 hex digits`,
    column,
  )
}
