import { isAtLeast, type PythonVersion } from '../codecs/python-version.ts'
import { escapedBytes, escapedStr, quoteFor } from '../codecs/repr.ts'
import { decodeLatin1, decodeUtf8 } from '../codecs/text.ts'
import { asPickleError, PickleError } from '../errors.ts'
import type { Argument } from '../opcodes/arguments.ts'
import { opcodes } from '../opcodes/opcodes.ts'
import { argumentRepr } from './argument-repr.ts'
import { genopsArgument, inWordsOf } from './genops.ts'
import type { RawInstruction } from './instructions.ts'

/** From this many bytes on an argument is not made into one text, but written piece by piece. */
const pieceBytes = 64 * 1024

/** An int of more bytes than these, signs and zeros in front left out, has more than 4300 digits. */
const printableLongBytes = 1786

const singleQuote = 0x27

/** The argument of an instruction, read, and a way to print it. */
export interface ReadArgument {
  /** What the stack and the memo need to know of it; `none` for a long text, which is no memo index. */
  readonly argument: Argument
  /**
   * Gives out its `repr`, in one piece or in several.
   *
   * @throws {PickleError} ValueError, for an int of more than 4300 digits
   */
  readonly print: (write: (text: string) => void) => void
}

/**
 * Reads an argument as `genops` does, long texts and bytes without making them into one string;
 * undefined for an instruction that has none.
 *
 * @clause OPT-23
 * @throws {PickleError} with the offset of the opcode, when it is malformed
 */
export function readArgument(raw: RawInstruction, python: PythonVersion): ReadArgument | undefined {
  if (raw.payload.length >= pieceBytes) {
    const print = piecewise(raw, python)
    if (print !== undefined) return { argument: { kind: 'none' }, print }
  }
  const argument = genopsArgument(raw, python)
  if (argument.kind === 'none') return undefined
  return {
    argument,
    print: (write) => write(reprOf(raw, argument, python)),
  }
}

function reprOf(raw: RawInstruction, argument: Argument, python: PythonVersion): string {
  try {
    return argumentRepr(raw.opcode, argument, python)
  } catch (error) {
    const { type, message } = asPickleError(error)
    throw new PickleError(type, inWordsOf(message, python), { offset: raw.offset })
  }
}

function piecewise(raw: RawInstruction, python: PythonVersion): ReadArgument['print'] | undefined {
  const { opcode, payload } = raw
  const kind = opcodes[opcode].argument
  switch (kind) {
    case 'bytes4':
    case 'bytes8':
      return printer('b', payload, quoteFor(payload), '', (piece, quote) =>
        escapedBytes(piece, quote),
      )
    case 'bytearray8':
      return printer('bytearray(b', payload, quoteFor(payload), ')', (piece) =>
        escapedBytes(piece, singleQuote),
      )
    case 'string4':
      return printer('', payload, quoteFor(payload), '', (piece, quote) =>
        // From 3.14 on as `ascii` has it, which is how bytes are escaped.
        isAtLeast(python, '3.14')
          ? escapedBytes(piece, quote)
          : escapedStr(decodeLatin1(piece), quote, python),
      )
    case 'unicodestring4':
    case 'unicodestring8':
      requireUtf8(raw, python)
      return printer('', payload, quoteFor(payload), '', (piece, quote) =>
        escapedStr(decodeUtf8(piece), quote, python),
      )
    case 'long4':
      return significantBytes(payload) > printableLongBytes ? refusing(raw, python) : undefined
    default:
      return undefined
  }
}

function printer(
  before: string,
  payload: Uint8Array,
  quote: number,
  after: string,
  text: (piece: Uint8Array, quote: number) => string,
): ReadArgument['print'] {
  const mark = String.fromCharCode(quote)
  return (write) => {
    write(before + mark)
    for (const piece of pieces(payload)) write(text(piece, quote))
    write(mark + after)
  }
}

/** The payload in pieces that end where a character of UTF-8 does, if it is UTF-8. */
function* pieces(payload: Uint8Array): Generator<Uint8Array, void, void> {
  for (let start = 0; start < payload.length; ) {
    let end = Math.min(start + pieceBytes, payload.length)
    // At most three bytes go on with a character.
    for (let more = 0; more < 3 && ((payload[end] ?? 0) & 0xc0) === 0x80; more++) end++
    yield payload.subarray(start, end)
    start = end
  }
}

function requireUtf8(raw: RawInstruction, python: PythonVersion): void {
  try {
    for (const piece of pieces(raw.payload)) decodeUtf8(piece)
  } catch {
    // Only the whole has the right places in its message.
    genopsArgument(raw, python)
  }
}

function significantBytes(payload: Uint8Array): number {
  const top = payload.at(-1)
  if (top !== 0 && top !== 0xff) return payload.length
  let length = payload.length
  while (length > 0 && payload[length - 1] === top) length--
  return length
}

function refusing({ offset }: RawInstruction, python: PythonVersion): ReadArgument['print'] {
  const message =
    'Exceeds the limit (4300 digits) for integer string conversion; ' +
    'use sys.set_int_max_str_digits() to increase the limit'
  return () => {
    throw new PickleError('ValueError', inWordsOf(message, python), { offset })
  }
}
