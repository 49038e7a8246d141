import { PickleError } from '../errors.ts'
import { repr } from '../values/repr.ts'
import { isTruthy } from '../values/truth.ts'
import { typeNameOf } from '../values/type-of.ts'
import type { PyValue } from '../values/value.ts'
import { EXT1, EXT2, EXT4 } from './codes.ts'
import { type Found, textOfValue } from './find-global.ts'
import type { Pickling } from './pickling.ts'
import { intOf } from './subclasses.ts'

const greatestCode = 0x7fff_ffff

/**
 * Writes the extension code of a global, if one is registered, and says whether it did. What is
 * written so never enters the memo.
 *
 * @clause EXT-01
 * @throws {PickleError} when what is registered is no code
 */
export function saveExtension(p: Pickling, value: PyValue, found: Found): boolean {
  const { extensionCodes } = p.world
  if (extensionCodes.size === 0) return false
  const key = `${textOfValue(p, found.moduleName)}\0${textOfValue(p, found.name)}`
  const registered = extensionCodes.get(key)
  if (registered === undefined) return false
  const code = checkedCode(p, value, registered)
  if (code === undefined) return false

  const { writer } = p
  if (code <= 0xff) {
    writer.u8(EXT1)
    writer.u8(code)
  } else if (code <= 0xffff) {
    writer.u8(EXT2)
    writer.u16le(code)
  } else {
    writer.u8(EXT4)
    writer.u32le(code)
  }
  p.framer.endPiece()
  return true
}

/**
 * The code as a number from 1 to 2^31 - 1; undefined where a false one counts as none.
 *
 * @clause EXT-02
 */
function checkedCode(p: Pickling, value: PyValue, registered: PyValue): number | undefined {
  const code = intOf(registered)
  if (typeof code === 'number' && code > 0 && code <= greatestCode) return code
  switch (p.profile.extensionCodeChecks) {
    case 'PicklingError':
      throw refusedByC(p, value, registered, code)
    case 'its own error':
      throw p.profile.engine === 'c'
        ? typeOrRangeError(registered, code)
        : structError(registered, code)
    case 'absent when false':
      if (!isTruthy(p.world, registered)) return undefined
      throw assertionError(registered, code)
  }
}

function refusedByC(
  p: Pickling,
  value: PyValue,
  registered: PyValue,
  code: number | bigint | undefined,
): PickleError {
  const what = repr(p.world, registered)
  const why = code === undefined ? `${what} isn't an integer` : `${code} is out of range`
  const text = `Can't pickle ${repr(p.world, value)}: extension code ${why}`
  return new PickleError('PicklingError', text)
}

function typeOrRangeError(registered: PyValue, code: number | bigint | undefined): PickleError {
  return code === undefined
    ? new PickleError(
        'TypeError',
        `'${typeNameOf(registered)}' object cannot be interpreted as an integer`,
      )
    : new PickleError('RuntimeError', `extension code ${code} is out of range`)
}

function structError(registered: PyValue, code: number | bigint | undefined): PickleError {
  if (code === undefined) {
    return typeof registered === 'object' && registered?.kind === 'float'
      ? new PickleError('error', 'required argument is not an integer')
      : notComparable('<=', registered)
  }
  if (code === 0) return new PickleError('RuntimeError', 'extension code 0 is out of range')
  return code < 0
    ? new PickleError('error', "'B' format requires 0 <= number <= 255")
    : beyondInt32()
}

function assertionError(registered: PyValue, code: number | bigint | undefined): PickleError {
  if (code === undefined) {
    return typeof registered === 'object' && registered?.kind === 'float'
      ? new PickleError('error', 'required argument is not an integer')
      : notComparable('>', registered)
  }
  return code < 0 ? new PickleError('AssertionError', '') : beyondInt32()
}

const beyondInt32 = (): PickleError =>
  new PickleError('error', "'i' format requires -2147483648 <= number <= 2147483647")

const notComparable = (operator: string, value: PyValue): PickleError =>
  new PickleError(
    'TypeError',
    `'${operator}' not supported between instances of '${typeNameOf(value)}' and 'int'`,
  )
