import { textOfStr } from '../codecs/str-content.ts'
import { getAttribute } from '../values/attributes.ts'
import { drain, iterate } from '../values/iterate.ts'
import { isEnum, repr } from '../values/repr.ts'
import { PyObject, PyStr, PyTuple, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { contentOfStr } from './subclasses.ts'

/**
 * `str(value)`: a repr but for a str, the member of an enum, an exception, a date, a decimal and a
 * fraction.
 *
 * @throws {PickleError} what a repr raises
 */
export function str(world: World, value: PyValue): string {
  if (value instanceof PyObject) {
    const { type } = value
    if (isEnum(type)) return `${type.name}.${str(world, getAttribute(world, value, '_name_'))}`
    if (type.layout === 'exception') return strOfException(world, value)
    const own = ownText(value)
    if (own !== undefined) return own
  }
  const content = contentOfStr(value)
  return content === undefined ? repr(world, value) : textOfStr(content)
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
