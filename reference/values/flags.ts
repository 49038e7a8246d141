import { PyInt, PyObject, type PyValue } from './value.ts'
import type { World } from './world.ts'

/** The value of a member of a Flag; undefined for what is none. */
export function flagValue({ slots, type }: PyObject): PyValue | undefined {
  const isFlag = type.mro.some((cls) => cls.library?.name === 'enum:Flag')
  return isFlag ? slots?.get('_value_') : undefined
}

/**
 * What a member of a Flag gives when it is iterated, from 3.11 on: for each bit that members have and it
 * has, too, the member that is this bit, None where there is none; by definition where members do not
 * stand in the order of their values. Undefined for what is no flag.
 */
export function flagsIn(world: World, object: PyObject): PyValue[] | undefined {
  const value = flagValue(object)
  if (world.release[1] < 11 || value === undefined) return undefined
  const members = [...object.type.namespace.values()].flatMap((member) => {
    const isMember = member instanceof PyObject && member.type === object.type
    return isMember ? [{ member, own: bitsOf(flagValue(member)) }] : []
  })
  const mask = members.reduce((all, { own }) => all | own, 0n)
  const bits = bitsOf(value) & mask
  const isInOrder = members.every(({ own }, at) => own >= (members[at - 1]?.own ?? 0n))
  const found: { readonly member: PyValue; readonly at: number }[] = []
  for (let bit = 1n; bit <= bits; bit <<= 1n) {
    if ((bits & bit) === 0n) continue
    const at = members.findIndex(({ own }) => own === bit)
    found.push({ member: members[at]?.member ?? null, at })
  }
  if (!isInOrder) found.sort((one, other) => one.at - other.at)
  return found.map(({ member }) => member)
}

/** From 3.11 on the value of a flag is a whole number that is not negative. */
const bitsOf = (value: PyValue | undefined): bigint =>
  BigInt(value instanceof PyInt ? value.value : (value as number))
