import { textOfStr } from '../codecs/str-content.ts'
import { getAttribute } from './attributes.ts'
import { drain, iterate } from './iterate.ts'
import { isEnum, repr } from './repr.ts'
import { PyObject, PyStr, PyTuple, type PyValue } from './value.ts'
import type { World } from './world.ts'

/**
 * `str(value)`: a repr but for a str, the member of an enum, an exception, a date, a decimal and a
 * fraction.
 *
 * @throws {PickleError} what a repr raises
 */
export function str(world: World, value: PyValue): string {
  if (value instanceof PyObject) {
    const { type } = value
    if (isEnum(type)) return strOfMember(world, value)
    if (type.layout === 'exception') return strOfException(world, value)
    const own = ownText(value)
    if (own !== undefined) return own
    if (type.layout === 'str' && value.value instanceof PyStr) return textOfStr(value.value.content)
  }
  return value instanceof PyStr ? textOfStr(value.content) : repr(world, value)
}

/** `Color.RED`; of IntEnum and IntFlag from 3.11 on what their values are. */
function strOfMember(world: World, member: PyObject): string {
  const { mro, name } = member.type
  const isAsItsValue = mro.some((cls) => cls.library?.name === 'enum:ReprEnum')
  if (isAsItsValue) return str(world, getAttribute(world, member, '_value_'))
  return `${name}.${str(world, getAttribute(world, member, '_name_'))}`
}

/** `2020-04-01`, `1.5` and `1/3`. */
function ownText({ slots, type }: PyObject): string | undefined {
  switch (type.library?.name) {
    case 'datetime:date': {
      const [year, month, day] = [...(slots?.values() ?? [])].map(String)
      return day === undefined
        ? undefined
        : `${year?.padStart(4, '0')}-${month?.padStart(2, '0')}-${day.padStart(2, '0')}`
    }
    case 'decimal:Decimal': {
      const text = slots?.get('text')
      return text instanceof PyStr ? textOfStr(text.content) : undefined
    }
    case 'fractions:Fraction':
      return slots === null ? undefined : [...slots.values()].join('/').replace(/\/1$/, '')
    default:
      return undefined
  }
}

/** Its only argument, which a KeyError writes as a repr, or all of them as a tuple. */
function strOfException(world: World, exception: PyObject): string {
  const { type } = exception
  const items = drain(iterate(world, getAttribute(world, exception, 'args')))
  const [only, ...others] = items
  if (only === undefined) return ''
  if (others.length > 0) return repr(world, new PyTuple(items))
  const keyError = world.known('builtins:KeyError')
  const isKeyError = type.mro.some((cls) => cls === keyError)
  return isKeyError ? repr(world, only) : str(world, only)
}
