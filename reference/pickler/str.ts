import { textOfStr } from '../codecs/str-content.ts'
import { getAttribute } from '../values/attributes.ts'
import { isEnum, repr } from '../values/repr.ts'
import { PyObject, PyTuple, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { contentOfStr } from './subclasses.ts'

/**
 * `str(value)`: a repr but for a str, the member of an enum and an exception.
 *
 * @throws {PickleError} what a repr raises
 */
export function str(world: World, value: PyValue): string {
  if (value instanceof PyObject) {
    const { type } = value
    if (isEnum(type)) return `${type.name}.${str(world, getAttribute(world, value, '_name_'))}`
    if (type.layout === 'exception') return strOfException(world, value)
  }
  const content = contentOfStr(value)
  return content === undefined ? repr(world, value) : textOfStr(content)
}

/** Its only argument, which a KeyError writes as a repr, or all of them as a tuple. */
function strOfException(world: World, { type, value }: PyObject): string {
  const { items } = value instanceof PyTuple ? value : new PyTuple([])
  const [only, ...others] = items
  if (only === undefined) return ''
  if (others.length > 0) return repr(world, new PyTuple(items))
  const keyError = world.known('builtins:KeyError')
  const isKeyError = type.mro.some((cls) => cls === keyError)
  return isKeyError ? repr(world, only) : str(world, only)
}
