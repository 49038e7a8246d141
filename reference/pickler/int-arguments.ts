import { textOfStr } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import type { Profile } from '../profiles.ts'
import { indexOf } from '../values/index-of.ts'
import { typeNameOf } from '../values/type-of.ts'
import { PyObject, PyStr, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { WordSize } from '../word-size.ts'
import { floatOf, intOf } from './subclasses.ts'

/** The highest protocol there is. @clause PROTO-01 */
export const highestProtocol = 5

/**
 * The protocol that an argument asks for.
 *
 * @clause PROTO-01 PROTO-02 PROTO-03
 * @throws {PickleError} ValueError above the highest, TypeError and OverflowError for what is no int
 */
export function protocolOf(
  world: World,
  profile: Profile,
  argument: PyValue | undefined,
  wordSize: WordSize,
): number {
  if (argument === undefined || argument === null) return profile.defaultProtocol
  const number =
    profile.protocolArgument === 'number'
      ? comparable(argument)
      : cLong(world, profile, argument, wordSize)
  if (number < 0) return highestProtocol
  if (!(number <= highestProtocol)) {
    throw new PickleError('ValueError', `pickle protocol must be <= ${highestProtocol}`)
  }
  return Math.trunc(Number(number))
}

/** A number as Python compares it with others. */
function comparable(argument: PyValue): number | bigint {
  const number = intOf(argument) ?? floatOf(argument) ?? decimalOf(argument) ?? fractionOf(argument)
  if (number !== undefined) return number
  throw new PickleError(
    'TypeError',
    `'<' not supported between instances of '${typeNameOf(argument)}' and 'int'`,
  )
}

/** What C's `PyLong_AsLong` gives, or refuses: an index, and until 3.9 a float or a decimal, cut off. */
function cLong(
  world: World,
  profile: Profile,
  argument: PyValue,
  wordSize: WordSize,
): number | bigint {
  const isOld = profile.protocolArgument === 'index or float'
  const float = floatOf(argument) ?? decimalOf(argument)
  const cut = isOld && float !== undefined ? cutOff(float) : undefined
  const number = intOf(argument) ?? cut ?? indexOf(world, argument)
  if (number === undefined) {
    const typeName = typeNameOf(argument)
    throw new PickleError(
      'TypeError',
      isOld
        ? `an integer is required (got type ${typeName})`
        : `'${typeName}' object cannot be interpreted as an integer`,
    )
  }
  const limit = 1n << BigInt(wordSize - 1)
  if (number >= limit || number < -limit) {
    throw new PickleError('OverflowError', 'Python int too large to convert to C long')
  }
  return number
}

/** The value of a Decimal, where its text is known. */
function decimalOf(value: PyValue): number | undefined {
  const text = partsOf(value, 'decimal:Decimal')?.get('text')
  return text instanceof PyStr ? Number(textOfStr(text.content)) : undefined
}

/** The value of a Fraction, where its two parts are known. */
function fractionOf(value: PyValue): number | undefined {
  const parts = partsOf(value, 'fractions:Fraction')
  return parts === null
    ? undefined
    : Number(parts.get('numerator')) / Number(parts.get('denominator'))
}

function partsOf(value: PyValue, type: string): Map<string, PyValue> | null {
  const isOne = value instanceof PyObject && value.type.library?.name === type
  return isOne ? value.slots : null
}

function cutOff(float: number): bigint {
  if (Number.isNaN(float)) {
    throw new PickleError('ValueError', 'cannot convert float NaN to integer')
  }
  if (!Number.isFinite(float)) {
    throw new PickleError('OverflowError', 'cannot convert float infinity to integer')
  }
  return BigInt(Math.trunc(float))
}

/** What C keeps of an int that is assigned to `fast`: its low 32 bits. @clause FAST-03 */
export function fastInt(
  world: World,
  profile: Profile,
  value: PyValue,
  wordSize: WordSize,
): number {
  return Number(BigInt.asIntN(32, BigInt(cLong(world, profile, value, wordSize))))
}
